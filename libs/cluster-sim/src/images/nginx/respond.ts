import type { HttpRequest, HttpResponse } from '../../network/flow.ts';
import { headerOf, pathOf } from '../http-application.ts';
import type { ConnectionContext } from '../image-model.ts';
import { contentType } from '../media-types.ts';
import { argumentOf } from './configuration.ts';
import type { Directive, ServerBlock } from './configuration.ts';
import { errorResponse, expand, plainResponse } from './exchange.ts';
import type { Exchange, NginxSite } from './exchange.ts';
import { forward } from './proxy.ts';

/** What nginx answers: the server by Host header, the location by longest prefix or expression, then return, proxy or file. */
export function respondAsNginx(
  site: NginxSite,
  port: number,
  request: HttpRequest,
  connection: ConnectionContext,
): HttpResponse {
  const server = chooseServer(site.servers, port, headerOf(request, 'Host') ?? '');
  if (!server) return errorResponse({ site, server: emptyServer, request, connection }, 404);
  const exchange: Exchange = { site, server, request, connection };
  const location = chooseLocation(server.body, pathOf(request));
  const returned =
    location?.block?.find(({ name }) => name === 'return') ?? server.body.find(({ name }) => name === 'return');
  if (returned) return returnedResponse(exchange, returned, location?.block ?? []);
  const upstream = argumentOf(location?.block ?? [], 'proxy_pass');
  if (upstream !== undefined) return forward(exchange, location?.args.at(-1) ?? '/', upstream, location?.block ?? []);
  if (location?.block?.some(({ name }) => name === 'stub_status')) return statusPage(exchange);
  return staticFile(exchange, location);
}

const emptyServer: ServerBlock = { listens: [], names: [], body: [] };

function chooseServer(servers: readonly ServerBlock[], port: number, host: string): ServerBlock | undefined {
  const name = host.split(':', 1)[0] ?? '';
  const listening = servers.filter(({ listens }) => listens.some((listen) => listen.port === port));
  return (
    listening.find(({ names }) => names.includes(name)) ??
    listening.find(({ names }) =>
      names.some((pattern) => pattern.startsWith('*.') && name.endsWith(pattern.slice(1))),
    ) ??
    listening.find(({ listens }) => listens.some((listen) => listen.port === port && listen.isDefault)) ??
    listening[0]
  );
}

function chooseLocation(body: readonly Directive[], path: string): Directive | undefined {
  const locations = body.filter(({ name }) => name === 'location');
  const exact = locations.find(({ args }) => args[0] === '=' && args[1] === path);
  if (exact) return exact;
  let longest: Directive | undefined;
  for (const location of locations) {
    const [modifier = '', prefix = modifier] = location.args;
    if (modifier === '=' || modifier.startsWith('~')) continue;
    if (path.startsWith(prefix) && prefix.length > (longest?.args.at(-1)?.length ?? -1)) longest = location;
  }
  if (longest?.args[0] === '^~') return longest;
  return (
    locations.find(
      ({ args }) => args.length === 2 && args[0]?.startsWith('~') && simpleExpressionMatches(args, path),
    ) ?? longest
  );
}

/** Expressions from a learner's file are not run as such: suffixes such as `\.php$` and prefixes such as `^/api` are. */
function simpleExpressionMatches([modifier, expression = '']: readonly string[], path: string): boolean {
  const literal = expression.replace(/^\^/, '').replace(/\$$/, '').replaceAll('\\', '');
  const [subject, wanted] = modifier === '~*' ? [path.toLowerCase(), literal.toLowerCase()] : [path, literal];
  if (expression.startsWith('^')) return expression.endsWith('$') ? subject === wanted : subject.startsWith(wanted);
  return expression.endsWith('$') ? subject.endsWith(wanted) : subject.includes(wanted);
}

function returnedResponse(exchange: Exchange, { args }: Directive, location: readonly Directive[]): HttpResponse {
  const status = /^\d{3}$/.test(args[0] ?? '') ? Number(args[0]) : 302;
  const text = /^\d{3}$/.test(args[0] ?? '') ? args[1] : args[0];
  if (status >= 301 && status <= 308 && status !== 304 && text !== undefined) {
    return errorResponse(exchange, status, { Location: expand(text, exchange) });
  }
  if (text === undefined && status >= 300) return errorResponse(exchange, status);
  const type =
    argumentOf(location, 'default_type') ??
    argumentOf(exchange.server.body, 'default_type') ??
    'application/octet-stream';
  return plainResponse(exchange, status, type, expand(text ?? '', exchange), addedHeaders(exchange, location));
}

function staticFile(exchange: Exchange, location: Directive | undefined): HttpResponse {
  const { site, server, request, connection } = exchange;
  const files = connection.files?.() ?? site.files;
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorResponse(exchange, 405);
  const block = location?.block ?? [];
  const path = pathOf(request);
  const alias = argumentOf(block, 'alias');
  const root = argumentOf(block, 'root') ?? argumentOf(server.body, 'root') ?? '/etc/nginx/html';
  const target = alias === undefined ? root + path : alias + path.slice(location?.args.at(-1)?.length ?? 0);
  const tried = block.find(({ name }) => name === 'try_files')?.args.map((file) => expand(file, exchange)) ?? [];
  const indexes = (block.find(({ name }) => name === 'index') ?? server.body.find(({ name }) => name === 'index'))
    ?.args ?? ['index.html'];
  for (const file of [target, ...tried.map((name) => root + name)]) {
    const found = file.endsWith('/') ? indexes.map((index) => file + index).find((name) => files.isFile(name)) : file;
    if (found === undefined || !files.isFile(found)) continue;
    const content = files.read(found);
    return plainResponse(exchange, 200, contentType(found), content, {
      ...addedHeaders(exchange, block),
      'Accept-Ranges': 'bytes',
    });
  }
  const fallback = tried.find((name) => /^=\d{3}$/.test(name));
  if (fallback) return errorResponse(exchange, Number(fallback.slice(1)));
  if (target.endsWith('/') && files.isDirectory(target.slice(0, -1))) return errorResponse(exchange, 403);
  return errorResponse(exchange, 404);
}

function statusPage(exchange: Exchange): HttpResponse {
  const text = 'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n';
  return plainResponse(exchange, 200, 'text/plain', text);
}

function addedHeaders(exchange: Exchange, location: readonly Directive[]): Record<string, string> {
  const own = location.filter(({ name }) => name === 'add_header');
  const inherited = own.length > 0 ? own : exchange.server.body.filter(({ name }) => name === 'add_header');
  return Object.fromEntries(inherited.map(({ args }) => [args[0] ?? '', expand(args[1] ?? '', exchange)]));
}
