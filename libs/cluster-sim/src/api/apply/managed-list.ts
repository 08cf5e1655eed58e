import type { Json, ManagedFieldsEntry } from '@kubedrill/kube-model';
import { deepEqual } from '../patch/json-value.ts';
import { deferredList } from './deferred-list.ts';
import { decodeManagers, encodeManagers, type Manager, type Managers } from './managers.ts';

/** metadata.managedFields, and the managers behind it; both are worked out as late as possible. */
type ManagedList = readonly ManagedFieldsEntry[];

interface Pending {
  readonly managers: () => Managers;
  /** How many lists before it are not worked out either. */
  readonly depth: number;
}

/** A longer chain of lists that nobody looked at would hold too many old objects. */
const maxPendingDepth = 16;
export const nobody: Managers = new Map();

const known = new WeakMap<ManagedList, Managers>();
const pending = new WeakMap<ManagedList, Pending>();

/** The managers of an object with that list; of nobody where Kubernetes would not understand it. */
export function managersOf(list: ManagedList | undefined): Managers {
  if (list === undefined) return nobody;
  let managers = known.get(list);
  if (!managers) {
    managers = pending.get(list)?.managers() ?? decodeManagers(list) ?? nobody;
    known.set(list, managers);
    pending.delete(list);
  }
  return managers;
}

/** Undefined where nobody owns anything. */
export function managedListOf(managers: Managers): ManagedList | undefined {
  if (managers.size === 0) return undefined;
  const list = deferredList(() => encodeManagers(managers));
  known.set(list, managers);
  return list;
}

/** The list that follows `before`, worked out on demand. */
export function laterManagedList(before: ManagedList | undefined, managers: () => Managers): ManagedList {
  const depth = before === undefined ? 0 : (pending.get(before)?.depth ?? -1) + 1;
  const list = lookedUpList();
  pending.set(list, { managers, depth });
  if (depth >= maxPendingDepth) managersOf(list);
  return list;
}

/** Apart from the above, so that a list which has been worked out holds no old objects. */
function lookedUpList(): ManagedList {
  const list: ManagedList = deferredList(() => encodeManagers(managersOf(list)));
  return list;
}

/** Whether the same managers own the same fields; when they wrote does not count. A list still to be worked out follows from the object. */
export function isSameOwnership(left: ManagedList | undefined, right: ManagedList | undefined): boolean {
  if (left === right || (left !== undefined && pending.has(left))) return true;
  const [lefts, rights] = [managersOf(left), managersOf(right)];
  if (lefts.size !== rights.size) return false;
  return [...lefts].every(([identity, manager]) => {
    const other = rights.get(identity);
    return other !== undefined && deepEqual(comparable(manager), comparable(other));
  });
}

function comparable(manager: Manager): Json {
  const [entry] = encodeManagers(new Map([['', { ...manager, time: undefined }]]));
  return entry as unknown as Json;
}
