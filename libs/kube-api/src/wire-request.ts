import type { IncomingMessage } from 'node:http';
import type { WireRequest } from './wire.ts';

/** A request without its connection. Throws for an address that is none. */
export function wireRequest(incoming: IncomingMessage, body: Uint8Array): WireRequest {
  const { method = 'GET', url = '/', headers } = incoming;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  return {
    method,
    path: decoded(pathname),
    url,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')])),
    query: searchParams,
    accept: headers.accept ?? '',
    contentType: headers['content-type'] ?? '',
    userAgent: headers['user-agent'] ?? '',
    body,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
