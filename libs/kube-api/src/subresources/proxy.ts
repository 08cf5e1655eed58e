import { failure, type HttpResponse, type Outcome } from '@kubedrill/cluster-sim';
import { statusAnswer, type WireAnswer, type WireRequest } from '../wire.ts';
import type { ConnectBackend, ConnectTarget, Connector } from './connector.ts';
import { podLocation, serviceLocation, type ProxyLocation } from './proxy-location.ts';
import { rewrittenPage, rewrittenUrl, type PageOrigin } from './proxied-page.ts';

export const podProxy: Connector = (request, target, backend) =>
  proxied(request, target, backend, podLocation(backend.cluster, target));

export const serviceProxy: Connector = (request, target, backend) =>
  proxied(request, target, backend, serviceLocation(backend.cluster, target));

/** Headers that concern one connection only, and what the API server keeps to itself. */
const heldBack: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** apimachinery/pkg/util/proxy/upgradeaware.go ServeHTTP: the request is handed to the process, its answer to the client. */
function proxied(
  request: WireRequest,
  { rest }: ConnectTarget,
  { cluster, pulse }: ConnectBackend,
  location: ProxyLocation,
): WireAnswer {
  if (!location.ok) return statusAnswer(location.status);
  const question = request.url.indexOf('?');
  const query = question < 0 ? '' : request.url.slice(question);
  const ownPath = question < 0 ? request.url : request.url.slice(0, question);
  if (rest === '' && (request.method === 'GET' || request.method === 'HEAD'))
    return { kind: 'proxied', code: 301, headers: { location: `${ownPath}/${query}` }, text: '' };
  const prefix = request.path.slice(0, request.path.length - rest.length);
  const path = rest === '' ? '/' : rest;
  const { address, port, isSecure } = location;
  const number = port === '' ? (isSecure ? 443 : 80) : Number(port);
  const destination = `${address}:${port === '' ? number : port}`;
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    return unreachable(`dial tcp: lookup tcp/${port}: unknown port`);
  const kept = Object.entries(request.headers).filter(([name]) => !heldBack.has(name));
  const outcome = cluster.connect({
    from: { kind: 'node', name: cluster.options.nodes[0]?.name ?? '' },
    host: address,
    port: number,
    protocol: 'TCP',
    http: {
      method: request.method,
      path: `${encodeURI(path)}${query}`,
      headers: {
        ...Object.fromEntries(kept),
        Host: request.headers['host'] ?? destination,
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Uri': `${prefix}${path}`,
      },
      ...(request.body.length > 0 ? { body: new TextDecoder().decode(request.body) } : {}),
      ...(isSecure ? { isSecure } : {}),
    },
  }).outcome;
  pulse.beat();
  if (outcome.kind !== 'delivered' || !outcome.response)
    return unreachable(failureText(outcome, destination, isSecure));
  const clientHost = request.headers['host'] ?? '';
  return handedOn(outcome.response, { host: destination, clientHost, prefix });
}

function handedOn(response: HttpResponse, origin: PageOrigin): WireAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers))
    if (!heldBack.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  if (headers['location'] !== undefined) headers['location'] = rewrittenUrl(headers['location'], origin);
  const isPage =
    headers['location'] === undefined && (headers['content-type'] ?? '').split(';')[0]?.trim() === 'text/html';
  return {
    kind: 'proxied',
    code: response.status,
    headers,
    text: isPage ? rewrittenPage(response.body, origin) : response.body,
  };
}

function failureText(outcome: Outcome, destination: string, isSecure: boolean): string {
  switch (outcome.kind) {
    case 'refused':
      return `dial tcp ${destination}: connect: connection refused`;
    case 'unreachable':
      return `dial tcp ${destination}: connect: ${outcome.errno === 'ENETUNREACH' ? 'network is unreachable' : 'no route to host'}`;
    case 'closed':
    case 'delivered':
      return isSecure ? 'http: server gave HTTP response to HTTPS client' : 'EOF';
    default:
      return `dial tcp ${destination}: i/o timeout`;
  }
}

function unreachable(why: string): WireAnswer {
  return statusAnswer(failure(503, 'ServiceUnavailable', `error trying to reach service: ${why}`));
}
