import { reasonOf } from '../exec/http-reasons.ts';
import { byteLength } from '../exec/text.ts';
import type { Instant } from '../engine/time.ts';
import type { HttpRequest, HttpResponse } from '../network/flow.ts';
import type { ConnectionContext, Listener } from './image-model.ts';

export type Respond = (request: HttpRequest, connection: ConnectionContext) => HttpResponse | 'closed';

/** A TCP socket that speaks HTTP. */
export function httpListener(port: number, respond: Respond, address: Listener['address'] = '0.0.0.0'): Listener {
  return { port, protocol: 'TCP', address, application: { kind: 'http', respond } };
}

/** A TCP socket that accepts and waits for a protocol that is not modelled further. */
export function silentListener(port: number, address: Listener['address'] = '0.0.0.0'): Listener {
  return { port, protocol: 'TCP', address, application: { kind: 'silent' } };
}

/** A response with the length of its body; HEAD gets the headers alone. */
export function httpResponse(
  request: HttpRequest,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): HttpResponse {
  return {
    status,
    headers: { ...headers, 'Content-Length': String(byteLength(body)) },
    body: request.method === 'HEAD' ? '' : body,
  };
}

/** net/http's DetectContentType: the tags that make a text HTML. */
const htmlStart =
  /^\s*(?:<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[ >]|<!--)/i;

/** net/http's response of a Go program that only writes text: Date, length, and a sniffed type. */
export function goResponse(
  request: HttpRequest,
  now: Instant,
  body: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const type = htmlStart.test(body) ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8';
  const length = { 'Content-Length': String(byteLength(body)) };
  const defaults = body === '' ? length : { ...length, 'Content-Type': type };
  return {
    status,
    headers: { Date: httpDate(now), ...defaults, ...headers },
    body: request.method === 'HEAD' ? '' : body,
  };
}

/** net/http Error(): the text and a line end. */
export function goError(request: HttpRequest, now: Instant, status: number, text: string): HttpResponse {
  return goResponse(request, now, `${text}\n`, status, { 'X-Content-Type-Options': 'nosniff' });
}

/** net/http Redirect(): a relative location counts from the request's path; a GET gets a short page. */
export function goRedirect(request: HttpRequest, now: Instant, location: string, status: number): HttpResponse {
  const path = pathOf(request);
  const isRelative = !/^[a-z][a-z0-9+.-]*:/i.test(location) && !location.startsWith('/');
  const target = isRelative ? path.slice(0, path.lastIndexOf('/') + 1) + location : location;
  const escaped = target.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const page = request.method === 'GET' ? `<a href="${escaped}">${reasonOf(status)}</a>.\n\n` : '';
  return goResponse(request, now, page, status, { Location: target, 'Content-Type': 'text/html; charset=utf-8' });
}

/** IMF-fixdate of RFC 9110. */
export function httpDate(now: Instant): string {
  return new Date(now).toUTCString();
}

export function pathOf(request: HttpRequest): string {
  const question = request.path.indexOf('?');
  return question < 0 ? request.path : request.path.slice(0, question);
}

/** Query parameters, the first of each name; decoded as forms are. */
export function queryOf(request: HttpRequest): ReadonlyMap<string, string> {
  const question = request.path.indexOf('?');
  const query = new Map<string, string>();
  if (question < 0) return query;
  for (const pair of request.path.slice(question + 1).split('&')) {
    const equals = pair.indexOf('=');
    const name = decodeForm(equals < 0 ? pair : pair.slice(0, equals));
    if (!query.has(name)) query.set(name, equals < 0 ? '' : decodeForm(pair.slice(equals + 1)));
  }
  return query;
}

function decodeForm(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** A header of the request by its name in any case. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [header, value] of Object.entries(request.headers ?? {}))
    if (header.toLowerCase() === wanted) return value;
  return undefined;
}
