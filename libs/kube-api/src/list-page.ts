import { badRequest, type ApiStatus } from '@kubedrill/cluster-sim';
import type { JsonObject, KubeObject } from '@kubedrill/kube-model';

export type ListPage =
  | { readonly ok: true; readonly items: readonly KubeObject[]; readonly metadata: JsonObject }
  | { readonly ok: false; readonly status: ApiStatus };

/** Where the next page begins: apiserver/pkg/storage/continue.go. */
interface Continuation {
  readonly start: string;
}

/** The part of a list that `limit` and `continue` ask for. */
export function page(all: readonly KubeObject[], resourceVersion: string, query: URLSearchParams): ListPage {
  const token = query.get('continue') ?? '';
  const from = token === '' ? { start: '' } : readContinuation(token);
  if (!from) return { ok: false, status: badRequest('continue key is not valid: the token is not one of this server') };
  const left = all.filter((object) => keyOf(object) > from.start);
  const limit = Number(query.get('limit') ?? '0');
  if (!Number.isInteger(limit) || limit <= 0 || left.length <= limit)
    return { ok: true, items: left, metadata: { resourceVersion } };
  const items = left.slice(0, limit);
  const last = items.at(-1);
  const next = Buffer.from(JSON.stringify({ start: last ? keyOf(last) : '' })).toString('base64url');
  return { ok: true, items, metadata: { resourceVersion, continue: next, remainingItemCount: left.length - limit } };
}

function readContinuation(token: string): Continuation | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    const start = typeof read === 'object' && read !== null && 'start' in read ? read.start : undefined;
    return typeof start === 'string' ? { start } : undefined;
  } catch {
    return undefined;
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
