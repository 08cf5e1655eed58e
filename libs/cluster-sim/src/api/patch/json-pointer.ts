import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** RFC 6901: "/a~1b/0" -> ['a/b', '0']. The empty pointer, the whole document, has no tokens. */
export function pathTokens(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => (token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token));
}

export type Container = JsonObject | readonly Json[];

/** What stands there. A member that an object lacks is found as null, as in evanphx/json-patch; an element has to exist. */
export function readAt(
  document: Json,
  tokens: readonly string[],
): { readonly found: true; readonly value: Json } | { readonly found: false } {
  if (tokens.length === 0) return { found: false };
  let value: Json = document;
  for (const [position, token] of tokens.entries()) {
    if (Array.isArray(value)) {
      const index = elementIndex(token, (value as readonly Json[]).length);
      const element: Json | undefined = index === undefined ? undefined : (value as readonly Json[])[index];
      if (element === undefined) return { found: false };
      value = element;
    } else if (isJsonObject(value)) {
      const member: Json | undefined = Object.hasOwn(value, token) ? value[token] : undefined;
      if (member === undefined && position < tokens.length - 1) return { found: false };
      value = member ?? null;
    } else return { found: false };
  }
  return { found: true, value };
}

/**
 * The document with the container of the last token rewritten; undefined where the way there is missing or the rewriting
 * fails. Copies the containers on the way only.
 */
export function rewriteContainer(
  document: Json,
  tokens: readonly string[],
  rewrite: (container: Container, token: string) => Container | undefined,
  depth = 0,
): Json | undefined {
  const token = tokens[depth];
  if (token === undefined) return undefined;
  if (!Array.isArray(document) && !isJsonObject(document)) return undefined;
  const container = document as Container;
  if (depth === tokens.length - 1) return rewrite(container, token);
  const child = readAt(container, [token]);
  if (!child.found) return undefined;
  const rewritten = rewriteContainer(child.value, tokens, rewrite, depth + 1);
  return rewritten === undefined ? undefined : replaceIn(container, token, rewritten);
}

export function insertInto(container: Container, token: string, value: Json): Container | undefined {
  if (!isList(container)) return withMember(container, token, value);
  if (token === '-') return [...container, value];
  const index = elementIndex(token, container.length + 1);
  return index === undefined ? undefined : container.toSpliced(index, 0, value);
}

export function removeFrom(container: Container, token: string): Container | undefined {
  if (isList(container)) {
    const index = elementIndex(token, container.length);
    return index === undefined ? undefined : container.toSpliced(index, 1);
  }
  if (!Object.hasOwn(container, token)) return undefined;
  return Object.fromEntries(Object.entries(container).filter(([key]) => key !== token));
}

export function replaceIn(container: Container, token: string, value: Json): Container | undefined {
  if (!isList(container)) return withMember(container, token, value);
  const index = elementIndex(token, container.length);
  return index === undefined ? undefined : container.with(index, value);
}

function isList(container: Container): container is readonly Json[] {
  return Array.isArray(container);
}

/** Through entries, so that a member named __proto__ is a member and nothing else. */
function withMember(object: JsonObject, key: string, value: Json): JsonObject {
  if (key !== '__proto__') return { ...object, [key]: value };
  return Object.fromEntries([...Object.entries(object).filter(([name]) => name !== key), [key, value]]);
}

/** Go's strconv.Atoi, within the list; negative numbers count from its end. */
function elementIndex(token: string, length: number): number | undefined {
  if (!/^[+-]?[0-9]{1,10}$/.test(token)) return undefined;
  const index = Number(token) < 0 ? Number(token) + length : Number(token);
  return index >= 0 && index < length ? index : undefined;
}
