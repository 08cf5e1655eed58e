import { reasonOf } from '../exec/http-reasons.ts';
import type { HttpRequest, HttpResponse } from './flow.ts';

/** What stands at the beginning of the bytes that a server has got. */
export type ReadRequest =
  | { readonly kind: 'request'; readonly request: HttpRequest; readonly rest: string; readonly isLast: boolean }
  /** More is to come. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'malformed' };

/** net/http's DefaultMaxHeaderBytes, and as much of a body. */
const maxRequest = 1_048_576;

/** net/http server.go: the answer to what is no request. The connection ends with it. */
export const badRequestBytes =
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request';

/** RFC 9112: a request line, headers, a body of a known length or in chunks. Characters stand for bytes. */
export function readRequest(bytes: string): ReadRequest {
  if (bytes.length > maxRequest) return { kind: 'malformed' };
  const lineEnd = bytes.indexOf('\n');
  if (lineEnd < 0) return { kind: 'incomplete' };
  const line = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP\/1\.([01])\r?$/.exec(bytes.slice(0, lineEnd));
  if (!line) return { kind: 'malformed' };
  const [, method = '', target = '', minor] = line;
  const end = /\r?\n\r?\n/.exec(bytes.slice(lineEnd - 1));
  if (!end) return { kind: 'incomplete' };
  const headEnd = lineEnd - 1 + end.index;
  const headers: Record<string, string> = {};
  for (const field of bytes.slice(lineEnd + 1, Math.max(headEnd, lineEnd + 1)).split(/\r?\n/)) {
    if (field === '') continue;
    const colon = field.indexOf(':');
    if (colon <= 0) return { kind: 'malformed' };
    headers[field.slice(0, colon).trim()] = field.slice(colon + 1).trim();
  }
  const body = readBody(bytes.slice(headEnd + end[0].length), headers);
  if (body.kind !== 'body') return body;
  const path = target.replace(/^https?:\/\/[^/]*/i, '') || '/';
  const connection = (fieldOf(headers, 'connection') ?? '').toLowerCase();
  const isLast = connection === 'close' || (minor === '0' && connection !== 'keep-alive');
  const request = { method, path, headers, ...(body.text === '' ? {} : { body: body.text }) };
  return { kind: 'request', request, rest: body.rest, isLast };
}

type ReadBody =
  { readonly kind: 'body'; readonly text: string; readonly rest: string } | Exclude<ReadRequest, { kind: 'request' }>;

function readBody(bytes: string, headers: Readonly<Record<string, string>>): ReadBody {
  if (/chunked/i.test(fieldOf(headers, 'transfer-encoding') ?? '')) return readChunks(bytes);
  const length = Number(fieldOf(headers, 'content-length') ?? 0);
  if (!Number.isInteger(length) || length < 0 || length > maxRequest) return { kind: 'malformed' };
  if (bytes.length < length) return { kind: 'incomplete' };
  return { kind: 'body', text: bytes.slice(0, length), rest: bytes.slice(length) };
}

function readChunks(bytes: string): ReadBody {
  let text = '';
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return { kind: 'incomplete' };
    const size = Number.parseInt(bytes.slice(at, lineEnd), 16);
    if (Number.isNaN(size) || size < 0) return { kind: 'malformed' };
    const start = lineEnd + 2;
    if (bytes.length < start + size + 2) return { kind: 'incomplete' };
    if (size === 0) return { kind: 'body', text, rest: bytes.slice(start + 2) };
    text += bytes.slice(start, start + size);
    at = start + size + 2;
  }
}

function fieldOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([field]) => field.toLowerCase() === name)?.[1];
}

/** A response as it goes over the wire, its body with the length that it has. `body` holds a character for each byte. */
export function responseBytes(
  { status, headers }: HttpResponse,
  body: string,
  method: string,
  isLast: boolean,
): string {
  const own = new Map(Object.entries(headers).filter(([name]) => !/^(content-length|connection)$/i.test(name)));
  const length = method === 'HEAD' ? fieldOf(headers, 'content-length') : String(body.length);
  if (length !== undefined) own.set('Content-Length', length);
  if (isLast) own.set('Connection', 'close');
  const lines = [...own].map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reasonOf(status)}\r\n${lines.join('')}\r\n${method === 'HEAD' ? '' : body}`;
}
