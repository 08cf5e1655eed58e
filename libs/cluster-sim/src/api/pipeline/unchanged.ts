import type { KubeObject } from '@kubedrill/kube-model';

/** Whether writing the object would change nothing: GuaranteedUpdate then leaves the stored one, and its version, alone. */
export function isUnchanged(object: KubeObject, stored: KubeObject): boolean {
  return sameValue(object, stored, true);
}

function sameValue(left: unknown, right: unknown, isObject: boolean): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) return sameList(left, right);
  const [before, after] = [left as Readonly<Record<string, unknown>>, right as Readonly<Record<string, unknown>>];
  for (const key of Object.keys(before))
    if (!sameMember(key, before[key], Object.hasOwn(after, key) ? after[key] : undefined, isObject)) return false;
  for (const key of Object.keys(after))
    if (!Object.hasOwn(before, key) && !sameMember(key, undefined, after[key], isObject)) return false;
  return true;
}

function sameMember(key: string, left: unknown, right: unknown, ofObject: boolean): boolean {
  if (ofObject && key === 'metadata') return sameMetadata(left, right);
  return sameValue(left, right, false);
}

function sameMetadata(left: unknown, right: unknown): boolean {
  return sameValue(withoutBookkeeping(left), withoutBookkeeping(right), false);
}

function withoutBookkeeping(metadata: unknown): unknown {
  const { ...rest } = metadata as Record<string, unknown>;
  return { ...rest, resourceVersion: undefined, managedFields: undefined };
}

function sameList(left: object, right: object): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((element, index) => sameValue(element, right[index], false));
}
