import { fail, goStopCode, serve, stoppable } from '../../exec/program.ts';
import type { ExecEnvironment, Program } from '../../exec/program.ts';
import type { HttpRequest, HttpResponse } from '../../network/flow.ts';
import { parseGoFlags } from '../go-flags.ts';
import { goResponse, headerOf, httpListener, pathOf } from '../http-application.ts';
import { defineImage } from '../image-definition.ts';
import type { ConnectionContext } from '../image-model.ts';

/** github.com/traefik/whoami: port by -port or WHOAMI_PORT_NUMBER, default 80; tells who answered and what was asked. */
const whoami: Program = {
  name: 'whoami',
  run(argv, _stdin, environment) {
    const flags = parseGoFlags(argv.slice(1), ['verbose']);
    if (!flags.ok) return fail(2, `${flags.message}\n`);
    const port = Number(flags.values.get('port') ?? environment.variables.get('WHOAMI_PORT_NUMBER') ?? 80);
    const name = flags.values.get('name') ?? environment.variables.get('WHOAMI_NAME') ?? '';
    const time = 'Starting up on port ';
    return stoppable(
      serve(
        [httpListener(port, (request, connection) => respond(request, connection, name, environment))],
        '',
        `${time}${port}\n`,
      ),
      goStopCode,
    );
  },
};

function respond(
  request: HttpRequest,
  connection: ConnectionContext,
  name: string,
  environment: ExecEnvironment,
): HttpResponse {
  const { now } = connection;
  switch (pathOf(request)) {
    case '/bench':
      return goResponse(request, now, '1');
    case '/health':
      return goResponse(request, now, '');
    case '/api': {
      const description = {
        hostname: environment.hostname,
        ip: ['127.0.0.1', '::1', connection.serverAddress],
        headers: listed(request),
        url: '/api',
        host: headerOf(request, 'Host') ?? '',
        method: request.method,
        ...(name !== '' && { name }),
        remoteAddr: `${connection.clientAddress}:${connection.clientPort}`,
      };
      return goResponse(request, now, `${JSON.stringify(description)}\n`, 200, { 'Content-Type': 'application/json' });
    }
    default:
      return goResponse(request, now, description(request, connection, name, environment));
  }
}

function description(
  request: HttpRequest,
  connection: ConnectionContext,
  name: string,
  { hostname, pod }: ExecEnvironment,
): string {
  const headers = Object.entries(listed(request)).map(([header, [value]]) => `${header}: ${value}\r\n`);
  return [
    name === '' ? '' : `Name: ${name}\n`,
    `Hostname: ${hostname}\nIP: 127.0.0.1\nIP: ::1\nIP: ${pod?.status.podIP ?? connection.serverAddress}\n`,
    `RemoteAddr: ${connection.clientAddress}:${connection.clientPort}\n`,
    `${request.method} ${request.path} HTTP/1.1\r\nHost: ${headerOf(request, 'Host') ?? ''}\r\n`,
    ...headers,
    '\r\n',
  ].join('');
}

/** Without Host, which Go keeps apart; in the order of their names, as http.Header writes them. */
function listed(request: HttpRequest): Readonly<Record<string, readonly [string]>> {
  const entries = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'host');
  return Object.fromEntries(
    entries.sort(([first], [second]) => (first < second ? -1 : 1)).map(([name, value]) => [name, [value] as const]),
  );
}

export const whoamiImage = defineImage({
  repositories: ['traefik/whoami', 'containous/whoami', 'jwilder/whoami', 'ghcr.io/traefik/whoami'],
  entrypoint: ['/whoami'],
  programs: [[whoami]],
});
