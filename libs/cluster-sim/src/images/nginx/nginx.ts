import { curlTools } from '../../exec/program-sets.ts';
import { absolutePath } from '../../exec/file-system.ts';
import { hostAddress } from '../../exec/networking.ts';
import { fail, serve, stoppable, succeed } from '../../exec/program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../../exec/program.ts';
import { httpListener } from '../http-application.ts';
import { defineImageWithAlpine, entrypointScript } from '../image-definition.ts';
import type { Listener } from '../image-model.ts';
import { argumentOf, parseConfiguration, serversOf } from './configuration.ts';
import type { Directive, ServerBlock } from './configuration.ts';
import { welcomePage } from './pages.ts';
import { respondAsNginx } from './respond.ts';
import type { NginxSite } from './exchange.ts';

/** The mainline release that the models speak as. */
const nginxVersion = '1.29.3';

const mainFile = '/etc/nginx/nginx.conf';
const siteDirectory = '/etc/nginx/conf.d';

/** /etc/nginx/nginx.conf of the image, reduced to what decides behaviour. */
const mainConfiguration = `user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;

events {
    worker_connections  1024;
}

http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    access_log  /var/log/nginx/access.log;

    sendfile        on;

    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;

function defaultSite(port: number): string {
  return `server {
    listen       ${port};
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;
}

type Loaded =
  { readonly ok: true; readonly directives: readonly Directive[] } | { readonly ok: false; readonly error: string };

const nginx: Program = {
  name: 'nginx',
  run(argv, _stdin, environment) {
    const options = argv.slice(1);
    if (options.includes('-v') || options.includes('-V'))
      return { ...succeed(), stderr: `nginx version: nginx/${nginxVersion}\n` };
    const configuration = options.includes('-c') ? (options[options.indexOf('-c') + 1] ?? mainFile) : mainFile;
    const loaded = load(environment, absolutePath(configuration, '/etc/nginx'));
    const checks = options.includes('-t');
    if (!loaded.ok) return emergency(loaded.error, checks ? configuration : undefined);
    const missing = missingUpstream(loaded.directives, environment);
    if (missing) return emergency(missing, checks ? configuration : undefined);
    if (checks)
      return {
        ...succeed(),
        stderr: `nginx: the configuration file ${configuration} syntax is ok\nnginx: configuration file ${configuration} test is successful\n`,
      };
    if (options.includes('-s')) return succeed();
    return serveSite(loaded.directives, environment);
  },
};

function serveSite(directives: readonly Directive[], environment: ExecEnvironment): ProgramResult {
  const servers = serversOf(directives);
  const upstreams = upstreamsOf(directives);
  const site: NginxSite = {
    version: nginxVersion,
    servers,
    upstreams,
    files: environment.files,
    hostname: environment.hostname,
  };
  // The image's STOPSIGNAL is SIGQUIT.
  return stoppable(serve(socketsOf(servers, site), `nginx/${nginxVersion}: start worker processes\n`), 0);
}

function emergency(error: string, checkedFile: string | undefined): ProgramResult {
  const verdict = checkedFile === undefined ? '' : `nginx: configuration file ${checkedFile} test failed\n`;
  return fail(1, `nginx: [emerg] ${error}\n${verdict}`);
}

/** Reads the main file and, in the place of `include conf.d/*.conf`, the files of that directory by name. */
function load(environment: ExecEnvironment, path: string, depth = 0): Loaded {
  const text = environment.files.read(path);
  if (!environment.files.isFile(path))
    return { ok: false, error: `open() "${path}" failed (2: No such file or directory)` };
  const parsed = parseConfiguration(text);
  if (!parsed.ok) return { ok: false, error: `${parsed.message} in ${path}:${parsed.line}` };
  return depth > 3 ? parsed : resolveIncludes(parsed.directives, environment, path, depth);
}

function resolveIncludes(
  directives: readonly Directive[],
  environment: ExecEnvironment,
  path: string,
  depth: number,
): Loaded {
  const result: Directive[] = [];
  for (const entry of directives) {
    const unknown = unknownDirective(entry, path);
    if (unknown) return { ok: false, error: unknown };
    if (entry.name === 'include') {
      for (const file of includedFiles(entry.args[0] ?? '', environment)) {
        const included = load(environment, file, depth + 1);
        if (!included.ok) return included;
        result.push(...included.directives);
      }
    } else if (entry.block && (entry.name === 'http' || entry.name === 'server')) {
      const inner = resolveIncludes(entry.block, environment, path, depth);
      if (!inner.ok) return inner;
      result.push({ ...entry, block: inner.directives });
    } else result.push(entry);
  }
  return { ok: true, directives: result };
}

function includedFiles(pattern: string, { files }: ExecEnvironment): readonly string[] {
  const path = absolutePath(pattern, '/etc/nginx');
  if (!path.includes('*')) return path.endsWith('mime.types') ? [] : [path];
  const directory = path.slice(0, path.lastIndexOf('/'));
  const suffix = path.slice(path.indexOf('*') + 1);
  return files
    .list(directory)
    .filter((name) => name.endsWith(suffix) && !name.startsWith('.'))
    .map((name) => `${directory}/${name}`);
}

/** A misspelt directive is what learners meet most; only names near to none that nginx knows are refused. */
function unknownDirective({ name, line }: Directive, path: string): string | undefined {
  return /^[a-z][a-z0-9_]*$/.test(name) ? undefined : `unknown directive "${name}" in ${path}:${line}`;
}

/** nginx resolves literal upstream names once, when it starts, and does not start without them. */
function missingUpstream(directives: readonly Directive[], environment: ExecEnvironment): string | undefined {
  if (!environment.network) return undefined;
  const upstreams = upstreamsOf(directives);
  for (const server of serversOf(directives)) {
    for (const location of server.body.filter(({ name }) => name === 'location')) {
      const target = location.block?.find(({ name }) => name === 'proxy_pass');
      const host = /^https?:\/\/([^/:$]+)(?::\d+)?(?:\/|$)/.exec(target?.args[0] ?? '')?.[1];
      if (!target || host === undefined || upstreams.has(host) || /^[\d.]+$/.test(host)) continue;
      if (hostAddress(host, environment).kind !== 'address') {
        return `host not found in upstream "${host}" in ${siteDirectory}/default.conf:${target.line}`;
      }
    }
  }
  return undefined;
}

function upstreamsOf(directives: readonly Directive[]): ReadonlyMap<string, string> {
  const upstreams = new Map<string, string>();
  for (const entry of directives) {
    if (entry.name === 'http') for (const [name, server] of upstreamsOf(entry.block ?? [])) upstreams.set(name, server);
    if (entry.name === 'upstream' && entry.args[0] !== undefined)
      upstreams.set(entry.args[0], argumentOf(entry.block ?? [], 'server') ?? '');
  }
  return upstreams;
}

function socketsOf(servers: readonly ServerBlock[], site: NginxSite): Listener[] {
  const addresses = new Map<number, Listener['address']>();
  for (const { listens } of servers) {
    for (const { port, address } of listens) if (addresses.get(port) !== '0.0.0.0') addresses.set(port, address);
  }
  return [...addresses].map(([port, address]) =>
    httpListener(port, (request, connection) => respondAsNginx(site, port, request, connection), address),
  );
}

function nginxImage(repositories: readonly string[], port: number, index = welcomePage) {
  const definition = {
    repositories,
    tags: /^(latest|stable|mainline|perl|otel|alpine|bookworm|trixie|1(\.(\d|1\d|2\d)(\.\d{1,2})?)?)(-(alpine(-slim|-perl|-otel)?(\d\.\d+)?(-slim)?|alpine\d\.\d+(-slim|-perl|-otel)?|perl|otel|bookworm|trixie|bullseye|buster)(-(perl|otel))?)?$/,
    entrypoint: ['/docker-entrypoint.sh'],
    cmd: ['nginx', '-g', 'daemon off;'],
    files: {
      [mainFile]: mainConfiguration,
      [`${siteDirectory}/default.conf`]: defaultSite(port),
      '/usr/share/nginx/html/index.html': index,
    },
  };
  return defineImageWithAlpine(definition, [nginx, ...curlTools, entrypointScript('docker-entrypoint.sh', 'nginx')]);
}

export const nginxImages = [
  nginxImage(['nginx', 'public.ecr.aws/nginx/nginx'], 80),
  nginxImage(['nginxinc/nginx-unprivileged'], 8080),
];
