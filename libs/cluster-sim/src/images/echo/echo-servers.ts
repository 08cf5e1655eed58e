import { alpineTools, debianTools } from '../../exec/program-sets.ts';
import { goStopCode, serve, stoppable } from '../../exec/program.ts';
import type { ExecEnvironment, Program } from '../../exec/program.ts';
import type { HttpRequest, HttpResponse } from '../../network/flow.ts';
import { goResponse, headerOf, httpDate, httpListener, httpResponse, pathOf, queryOf } from '../http-application.ts';
import { defineImage } from '../image-definition.ts';
import type { ConnectionContext } from '../image-model.ts';

type Answer = (request: HttpRequest, connection: ConnectionContext, environment: ExecEnvironment) => HttpResponse;

/** What they do when they are told to stop, by program: node handles no signal of itself. */
const stopCodes: ReadonlyMap<string, number> = new Map([
  ['echo-server', goStopCode],
  ['nginx', 0],
  ['gunicorn', 0],
]);

/** A server with one port that a variable may change. */
function echoServer(name: string, port: number, variable: string | undefined, answer: Answer): Program {
  return {
    name,
    run(_argv, _stdin, environment) {
      const chosen = Number((variable && environment.variables.get(variable)) ?? port);
      const serving = serve([httpListener(chosen, (request, connection) => answer(request, connection, environment))]);
      const stopCode = stopCodes.get(name);
      return stopCode === undefined ? serving : stoppable(serving, stopCode);
    },
  };
}

function headerText(request: HttpRequest, separator: string): string {
  return Object.entries(request.headers ?? {})
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([name, value]) => `${name}${separator}${value}\n`)
    .join('');
}

/** jmalloc/echo-server, which minikube's tutorials use as kicbase/echo-server. */
const goEcho = echoServer('echo-server', 8_080, 'PORT', (request, { now }, { hostname }) => {
  const host = headerOf(request, 'Host') ?? '';
  const others = Object.entries(request.headers ?? {})
    .filter(([name]) => name.toLowerCase() !== 'host')
    .sort(([first], [second]) => (first < second ? -1 : 1));
  const lines = [`Host: ${host}`, ...others.map(([name, value]) => `${name}: ${value}`)];
  return goResponse(
    request,
    now,
    `Request served by ${hostname}\n\n${request.method} ${request.path} HTTP/1.1\n\n${lines.join('\n')}\n${request.body ?? ''}`,
  );
});

/** kubernetes/kubernetes test/images/echoserver (nginx with Lua), as of 1.10. */
const luaEcho = echoServer('nginx', 8_080, undefined, (request, connection, { hostname }) => {
  const body = [
    `\n\nHostname: ${hostname}\n\nPod Information:\n\t-no pod information available-\n`,
    `\nServer values:\n\tserver_version=nginx: 1.13.3 - lua: 10008\n`,
    `\nRequest Information:\n\tclient_address=${connection.clientAddress}\n\tmethod=${request.method}\n\treal path=${request.path}\n\tquery=${request.path.split('?')[1] ?? ''}\n\trequest_version=1.1\n\trequest_scheme=http\n\trequest_uri=http://${headerOf(request, 'Host') ?? ''}:8080${request.path}\n`,
    `\nRequest Headers:\n${headerText(request, '=').toLowerCase().replace(/^/gm, '\t').replace(/\t$/, '')}`,
    `\nRequest Body:\n${request.body ?? '\t-no body in request-'}\n\n`,
  ].join('');
  return httpResponse(
    request,
    200,
    { Server: 'echoserver', Date: httpDate(connection.now), 'Content-Type': 'text/plain', Connection: 'keep-alive' },
    body,
  );
});

/** Ealenn/Echo-Server: everything about the request as JSON. */
const jsonEcho = echoServer('node', 80, 'PORT', (request, connection, { hostname, variables }) => {
  const description = {
    host: {
      hostname: (headerOf(request, 'Host') ?? '').split(':', 1)[0],
      ip: `::ffff:${connection.clientAddress}`,
      ips: [],
    },
    http: { method: request.method, baseUrl: '', originalUrl: request.path, protocol: 'http' },
    request: {
      params: { '0': pathOf(request) },
      query: Object.fromEntries(queryOf(request)),
      cookies: {},
      body: {},
      headers: lowerCased(request),
    },
    environment: { HOSTNAME: hostname, ...Object.fromEntries(variables) },
  };
  return httpResponse(
    request,
    200,
    { 'Content-Type': 'application/json; charset=utf-8', Date: httpDate(connection.now), Connection: 'keep-alive' },
    JSON.stringify(description),
  );
});

function lowerCased(request: HttpRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

/** nginxdemos/hello:plain-text; the page of the other tags says the same in HTML. */
const nginxHello = echoServer('nginx', 80, undefined, (request, connection, { hostname }) => {
  const time = new Date(connection.now).toUTCString();
  const date = `${time.slice(5, 7)}/${time.slice(8, 11)}/${time.slice(12, 16)}:${time.slice(17, 25)} +0000`;
  const body = `Server address: ${connection.serverAddress}:${connection.serverPort}\nServer name: ${hostname}\nDate: ${date}\nURI: ${request.path}\nRequest ID: 0f1e2d3c4b5a69788796a5b4c3d2e1f0\n`;
  return httpResponse(
    request,
    200,
    {
      Server: 'nginx/1.29.3',
      Date: httpDate(connection.now),
      'Content-Type': 'text/plain',
      Connection: 'keep-alive',
      'Cache-Control': 'no-cache',
    },
    body,
  );
});

/** httpbin: the paths that tutorials call. */
const httpbin = (port: number): Program =>
  echoServer('gunicorn', port, undefined, (request, connection) => {
    const headers = {
      Server: 'gunicorn/19.9.0',
      Date: httpDate(connection.now),
      Connection: 'keep-alive',
      'Content-Type': 'application/json',
    };
    const json = (value: unknown): HttpResponse =>
      httpResponse(request, 200, headers, `${JSON.stringify(value, null, 2)}\n`);
    const path = pathOf(request);
    const status = /^\/status\/(\d{3})$/.exec(path);
    const url = `http://${headerOf(request, 'Host') ?? ''}${request.path}`;
    if (status)
      return httpResponse(request, Number(status[1]), { ...headers, 'Content-Type': 'text/html; charset=utf-8' }, '');
    if (path === '/ip') return json({ origin: connection.clientAddress });
    if (path === '/headers') return json({ headers: request.headers ?? {} });
    if (path === '/user-agent') return json({ 'user-agent': headerOf(request, 'User-Agent') ?? '' });
    if (path === '/get' || path === '/anything')
      return json({
        args: Object.fromEntries(queryOf(request)),
        headers: request.headers ?? {},
        origin: connection.clientAddress,
        url,
      });
    if (path === '/')
      return httpResponse(
        request,
        200,
        { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
        '<!DOCTYPE html>\n<html lang="en">\n<head><title>httpbin.org</title></head>\n<body></body>\n</html>\n',
      );
    return httpResponse(
      request,
      404,
      { ...headers, 'Content-Type': 'text/html' },
      '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server.  If you entered the URL manually please check your spelling and try again.</p>\n',
    );
  });

const nodeHello = echoServer('node', 8_080, undefined, (request, { now }) =>
  httpResponse(request, 200, { Date: httpDate(now), Connection: 'keep-alive' }, 'Hello Kubernetes!'),
);

const helloKubernetes = echoServer('node', 8_080, 'PORT', (request, { now }, { hostname, variables }) => {
  const message = variables.get('MESSAGE') ?? 'Hello world!';
  const body = `<!DOCTYPE html>\n<html>\n<head>\n    <title>Hello Kubernetes!</title>\n</head>\n<body>\n<div class="main">\n    <div id="message">\n  ${message}\n    </div>\n    <table><tr><th>pod:</th><td>${hostname}</td></tr></table>\n</div>\n</body>\n</html>\n`;
  return httpResponse(
    request,
    200,
    { 'Content-Type': 'text/html; charset=utf-8', Date: httpDate(now), Connection: 'keep-alive' },
    body,
  );
});

/** Images whose one purpose is to say who answered. */
export const echoImages = [
  defineImage({
    repositories: ['jmalloc/echo-server', 'kicbase/echo-server'],
    entrypoint: ['/bin/echo-server'],
    programs: [[goEcho]],
  }),
  defineImage({
    repositories: [
      'k8s.gcr.io/echoserver',
      'registry.k8s.io/echoserver',
      'gcr.io/google_containers/echoserver',
      'gcr.io/google-containers/echoserver',
      'registry.k8s.io/e2e-test-images/echoserver',
    ],
    cmd: ['nginx'],
    programs: [debianTools, [luaEcho]],
  }),
  defineImage({ repositories: ['ealen/echo-server'], cmd: ['node', 'webserver'], programs: [alpineTools, [jsonEcho]] }),
  defineImage({
    repositories: ['nginxdemos/hello'],
    cmd: ['nginx', '-g', 'daemon off;'],
    programs: [alpineTools, [nginxHello]],
  }),
  defineImage({
    repositories: ['kennethreitz/httpbin'],
    cmd: ['gunicorn', '-b', '0.0.0.0:80', 'httpbin:app', '-k', 'gevent'],
    programs: [debianTools, [httpbin(80)]],
  }),
  defineImage({
    repositories: ['mccutchen/go-httpbin', 'ghcr.io/mccutchen/go-httpbin'],
    cmd: ['gunicorn'],
    programs: [[httpbin(8_080)]],
  }),
  defineImage({
    repositories: ['gcr.io/google-samples/node-hello'],
    cmd: ['node', 'server.js'],
    programs: [debianTools, [nodeHello]],
  }),
  defineImage({
    repositories: ['paulbouwer/hello-kubernetes'],
    cmd: ['node', 'server.js'],
    programs: [alpineTools, [helloKubernetes]],
  }),
];
