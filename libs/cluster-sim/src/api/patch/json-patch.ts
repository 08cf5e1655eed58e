import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { jsonKind } from '../go-text.ts';
import { deepEqual, jsonSize } from './json-value.ts';
import { pathTokens, readAt, rewriteContainer, insertInto, removeFrom, replaceIn } from './json-pointer.ts';
import type { PatchResult } from './patch-result.ts';
import { badRequest, unprocessable } from './patch-result.ts';

/** k8s.io/apiserver/pkg/endpoints/handlers/patch.go */
const maxOperations = 10_000;

/** Bytes that all copy operations of a patch may add: JSONPatchMaxCopyBytes of k8s.io/apiserver/pkg/server/config.go. */
const maxCopiedBytes = 3 * 1024 * 1024;

/**
 * RFC 6902, with the liberties of github.com/evanphx/json-patch v4: negative indexes count from the end, and replacing a
 * member that is absent adds it. Whatever fails, the client only learns that its request was in error.
 */
export function applyJsonPatch(current: JsonObject, patch: Json): PatchResult {
  const operations = decodeOperations(patch);
  if (!operations.ok) return operations;
  if (operations.list.length > maxOperations) {
    const message = `Request entity is too large: The allowed maximum operations in a JSON patch is ${maxOperations}, got ${operations.list.length}`;
    return { ok: false, code: 413, reason: 'RequestEntityTooLarge', message };
  }
  let document: Json | undefined = current;
  const budget = { bytes: maxCopiedBytes };
  for (const operation of operations.list) {
    document = applyOperation(document, operation, budget);
    if (document === undefined) return unprocessable;
  }
  return operations.strictErrors.length === 0
    ? { ok: true, value: document }
    : { ok: true, value: document, strictErrors: operations.strictErrors };
}

interface Operation {
  readonly op: string;
  readonly path: string | undefined;
  readonly from: string | undefined;
  readonly value: Json | undefined;
}

type Operations = { readonly ok: true; readonly list: readonly Operation[]; readonly strictErrors: readonly string[] };

function decodeOperations(patch: Json): Operations | (PatchResult & { readonly ok: false }) {
  if (patch === null) return { ok: true, list: [], strictErrors: [] };
  if (!Array.isArray(patch)) return undecodable(`${jsonKind(patch)} into Go value of type []handlers.jsonPatchOp`);
  const list: Operation[] = [];
  const strictErrors: string[] = [];
  for (const [index, entry] of (patch as readonly Json[]).entries()) {
    if (entry !== null && !isJsonObject(entry))
      return undecodable(`${jsonKind(entry)} into Go value of type handlers.jsonPatchOp`);
    const members = entry ?? {};
    for (const name of ['op', 'path', 'from'] as const) {
      const member = ownMember(members, name) ?? null;
      if (member !== null && typeof member !== 'string') {
        return undecodable(`${jsonKind(member)} into Go struct field jsonPatchOp.${name} of type string`);
      }
    }
    strictErrors.push(...unknownMembers(members, index));
    list.push({
      op: text(members, 'op') ?? 'unknown',
      path: text(members, 'path'),
      from: text(members, 'from'),
      value: ownMember(members, 'value'),
    });
  }
  return { ok: true, list, strictErrors };
}

function undecodable(what: string): PatchResult & { readonly ok: false } {
  return badRequest(`error decoding patch: json: cannot unmarshal ${what}`);
}

function ownMember(members: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

function text(members: JsonObject, name: string): string | undefined {
  const member = ownMember(members, name);
  return typeof member === 'string' ? member : undefined;
}

const operationMembers = new Set(['op', 'path', 'from', 'value']);

function unknownMembers(members: JsonObject, index: number): string[] {
  return Object.keys(members)
    .filter((name) => !operationMembers.has(name))
    .map((name) => `json patch unknown field "[${index}].${name}"`);
}

/** undefined: the operation does not apply. */
function applyOperation(document: Json, operation: Operation, budget: { bytes: number }): Json | undefined {
  const { op, path, from, value } = operation;
  if (path === undefined) return undefined;
  switch (op) {
    case 'add':
      return rewriteContainer(document, pathTokens(path), (container, token) =>
        insertInto(container, token, value ?? null),
      );
    case 'remove':
      return rewriteContainer(document, pathTokens(path), removeFrom);
    case 'replace':
      if (path === '') return Array.isArray(value) || isJsonObject(value) ? value : undefined;
      return rewriteContainer(document, pathTokens(path), (container, token) =>
        replaceIn(container, token, value ?? null),
      );
    case 'test':
      return passesTest(document, path, value) ? document : undefined;
    case 'move':
      return move(document, from, path);
    case 'copy':
      return copy(document, from, path, budget);
    default:
      return undefined;
  }
}

function move(document: Json, from: string | undefined, path: string): Json | undefined {
  if (from === undefined) return undefined;
  const moved = readAt(document, pathTokens(from));
  if (!moved.found) return undefined;
  const without = rewriteContainer(document, pathTokens(from), removeFrom);
  if (without === undefined) return undefined;
  return rewriteContainer(without, pathTokens(path), (container, token) => insertInto(container, token, moved.value));
}

function copy(document: Json, from: string | undefined, path: string, budget: { bytes: number }): Json | undefined {
  if (from === undefined) return undefined;
  const source = readAt(document, pathTokens(from));
  if (!source.found) return undefined;
  budget.bytes -= jsonSize(source.value, budget.bytes + 1);
  if (budget.bytes < 0) return undefined;
  return rewriteContainer(document, pathTokens(path), (container, token) => insertInto(container, token, source.value));
}

function passesTest(document: Json, path: string, expected: Json | undefined): boolean {
  if (path === '') return expected !== undefined && deepEqual(document, expected);
  const actual = readAt(document, pathTokens(path));
  return actual.found && expected !== undefined && deepEqual(actual.value, expected);
}
