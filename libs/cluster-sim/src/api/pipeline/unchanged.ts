import type { KubeObject } from '@kubedrill/kube-model';

type Members = Readonly<Record<string, unknown>>;

const metadata: ReadonlySet<string> = new Set(['metadata']);
/** What every write changes in the metadata; alone it is no change. */
const bookkeeping: ReadonlySet<string> = new Set(['resourceVersion', 'managedFields']);
const nothing: ReadonlySet<string> = new Set();

/** Whether writing the object would change nothing: GuaranteedUpdate then leaves the stored one, and its version, alone. */
export function isUnchanged(object: KubeObject, stored: KubeObject): boolean {
  return (
    sameMembers(object as unknown as Members, stored as unknown as Members, metadata) &&
    sameMembers(object.metadata as unknown as Members, stored.metadata as unknown as Members, bookkeeping)
  );
}

function sameMembers(left: Members, right: Members, except: ReadonlySet<string>): boolean {
  if (left === right) return true;
  for (const key of Object.keys(left)) {
    const other = Object.hasOwn(right, key) ? right[key] : undefined;
    if (left[key] !== other && !except.has(key) && !sameValue(left[key], other)) return false;
  }
  for (const key of Object.keys(right)) {
    if (!Object.hasOwn(left, key) && right[key] !== undefined && !except.has(key)) return false;
  }
  return true;
}

function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) return sameList(left, right);
  return sameMembers(left as Members, right as Members, nothing);
}

function sameList(left: object, right: object): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((element, index) => sameValue(element, right[index]));
}
