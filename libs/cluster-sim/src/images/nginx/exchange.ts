import type { FileSystem } from '../../exec/file-system.ts';
import type { HttpRequest, HttpResponse } from '../../network/flow.ts';
import { headerOf, httpDate, httpResponse, pathOf } from '../http-application.ts';
import type { ConnectionContext } from '../image-model.ts';
import type { ServerBlock } from './configuration.ts';
import { errorPage } from './pages.ts';

export interface NginxSite {
  readonly version: string;
  readonly servers: readonly ServerBlock[];
  /** `upstream` blocks by name: the first server of each. */
  readonly upstreams: ReadonlyMap<string, string>;
  readonly files: FileSystem;
  readonly hostname: string;
}

export interface Exchange {
  readonly site: NginxSite;
  readonly server: ServerBlock;
  readonly request: HttpRequest;
  readonly connection: ConnectionContext;
}

export function plainResponse(
  { site, request, connection }: Exchange,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const own = {
    Server: `nginx/${site.version}`,
    Date: httpDate(connection.now),
    'Content-Type': type,
    Connection: 'keep-alive',
  };
  return httpResponse(request, status, { ...own, ...headers }, body);
}

export function errorResponse(
  exchange: Exchange,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return plainResponse(exchange, status, 'text/html', errorPage(status, `nginx/${exchange.site.version}`), headers);
}

/** nginx's variables that configurations of tutorials print. */
export function expand(text: string, { site, server, request, connection }: Exchange): string {
  if (!text.includes('$')) return text;
  const host = headerOf(request, 'Host') ?? connection.serverAddress;
  const question = request.path.indexOf('?');
  const variables: ReadonlyMap<string, string> = new Map([
    ['hostname', site.hostname],
    ['host', host.split(':', 1)[0] ?? ''],
    ['http_host', host],
    ['server_name', server.names[0] ?? ''],
    ['server_addr', connection.serverAddress],
    ['server_port', String(connection.serverPort)],
    ['remote_addr', connection.clientAddress],
    ['remote_port', String(connection.clientPort)],
    [
      'proxy_add_x_forwarded_for',
      [headerOf(request, 'X-Forwarded-For'), connection.clientAddress].filter(Boolean).join(', '),
    ],
    ['scheme', 'http'],
    ['uri', pathOf(request)],
    ['request_uri', request.path],
    ['args', question < 0 ? '' : request.path.slice(question + 1)],
    ['request_method', request.method],
    ['nginx_version', site.version],
  ]);
  return text.replace(/\$\{?([a-z0-9_]+)\}?/g, (_, name: string) => {
    if (name.startsWith('http_') && name !== 'http_host')
      return headerOf(request, name.slice(5).replaceAll('_', '-')) ?? '';
    return variables.get(name) ?? '';
  });
}
