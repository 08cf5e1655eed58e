import { feltOutcome } from '../../network/felt-outcome.ts';
import type { HttpResponse } from '../../network/flow.ts';
import { httpDate } from '../http-application.ts';
import type { Directive } from './configuration.ts';
import { errorResponse, expand } from './exchange.ts';
import type { Exchange } from './exchange.ts';

/** `proxy_pass`: the request goes on to the upstream; 502 when it refuses, 504 when it does not answer. */
export function forward(
  exchange: Exchange,
  prefix: string,
  upstream: string,
  location: readonly Directive[],
): HttpResponse {
  const { site, request, connection } = exchange;
  const target = /^https?:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(expand(upstream, exchange));
  if (!target || !connection.network) return errorResponse(exchange, 502);
  const [, name = '', declaredPort, uri] = target;
  const [host = name, upstreamPort] = (site.upstreams.get(name) ?? name).split(':');
  const path = uri === undefined ? request.path : uri + request.path.slice(prefix.length);
  const set = location
    .filter((entry) => entry.name === 'proxy_set_header')
    .map(({ args }) => [args[0] ?? '', expand(args[1] ?? '', exchange)]);
  const headers: Record<string, string> = {
    Host: name,
    Connection: 'close',
    ...(Object.fromEntries(set) as Record<string, string>),
  };
  const { outcome: met } = connection.network.connect({
    host,
    port: Number(upstreamPort ?? declaredPort ?? 80),
    protocol: 'TCP',
    http: { method: request.method, path, headers, ...(request.body !== undefined && { body: request.body }) },
  });
  const outcome = feltOutcome(met);
  if (outcome.kind === 'timedOut') return errorResponse(exchange, 504);
  if (outcome.kind !== 'delivered' || !outcome.response) return errorResponse(exchange, 502);
  const { status, headers: answered, body } = outcome.response;
  const own = { Server: `nginx/${site.version}`, Date: httpDate(connection.now), Connection: 'keep-alive' };
  return { status, headers: { ...answered, ...own }, body };
}
