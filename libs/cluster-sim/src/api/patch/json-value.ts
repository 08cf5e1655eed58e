import type { Json } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** Equal as JSON: the order of members does not matter, that of elements does; an undefined member is absent. */
export function deepEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    return (left as readonly Json[]).every((element, index) => deepEqual(element, (right as readonly Json[])[index]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  let members = 0;
  for (const key of Object.keys(left)) {
    if (left[key] === undefined) continue;
    members += 1;
    if (!Object.hasOwn(right, key) || !deepEqual(left[key], right[key])) return false;
  }
  return Object.keys(right).reduce((count, key) => (right[key] === undefined ? count : count + 1), 0) === members;
}

/** Length of the value's JSON text in characters, or any number from `limit` on once that is reached. */
export function jsonSize(value: Json | undefined, limit: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 5;
  let size = 2;
  for (const [key, member] of Object.entries(value) as [string, Json | undefined][]) {
    size += (Array.isArray(value) ? 1 : key.length + 4) + jsonSize(member, limit - size);
    if (size >= limit) return size;
  }
  return size;
}
