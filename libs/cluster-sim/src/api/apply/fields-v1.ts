import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { FieldSet } from './field-set.ts';
import { decodeElement, encodeElement } from './path-element.ts';

/** A set of fields as metadata.managedFields holds it: structured-merge-diff/fieldpath/serialize.go. */

const maxDepth = 100;

export function encodeFieldsV1(set: FieldSet): JsonObject {
  return contents(set, false);
}

function contents(set: FieldSet, holdsItself: boolean): JsonObject {
  const members = set.sortedNodes().map(({ element, isMember, below }): [string, JsonObject] => {
    return [encodeElement(element), below ? contents(below, isMember) : {}];
  });
  return Object.fromEntries(holdsItself ? [['.', {}], ...members] : members);
}

/** Undefined for what is no set of fields. */
export function decodeFieldsV1(fields: unknown): FieldSet | undefined {
  return isJsonObject(fields) ? decodeLevel(fields, 0) : undefined;
}

function decodeLevel(fields: JsonObject, depth: number): FieldSet | undefined {
  if (depth > maxDepth) return undefined;
  const nodes: Parameters<typeof FieldSet.ofNodes>[0][number][] = [];
  for (const [text, below] of Object.entries(fields)) {
    if (text === '.') continue;
    const element = decodeElement(text);
    if (!element || !isJsonObject(below)) return undefined;
    const set = decodeLevel(below, depth + 1);
    if (!set) return undefined;
    nodes.push({ element, isMember: isItself(below) || set.isEmpty, below: set.isEmpty ? undefined : set });
  }
  return FieldSet.ofNodes(nodes);
}

function isItself(below: Readonly<Record<string, Json | undefined>>): boolean {
  return Object.hasOwn(below, '.');
}
