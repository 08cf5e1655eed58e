import { lastAppliedAnnotation } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** metav1.ManagedFieldsEntry, as far as it matters here. */
export interface ManagerEntry {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource?: string;
  readonly fieldsV1?: JsonObject;
}

export function managersOf({ metadata }: JsonObject): readonly ManagerEntry[] {
  const fields: unknown = isJsonObject(metadata) ? metadata.managedFields : undefined;
  return Array.isArray(fields) ? (fields as readonly ManagerEntry[]) : [];
}

/** Who wrote what was applied last: client-go/util/csaupgrade FindFieldsOwners. */
export function ownersOfAnnotation(object: JsonObject, operation: ManagerEntry['operation']): readonly ManagerEntry[] {
  return managersOf(object).filter((entry) => {
    const metadata = entry.fieldsV1?.['f:metadata'];
    const annotations = isJsonObject(metadata) ? metadata['f:annotations'] : undefined;
    return (
      entry.operation === operation &&
      isJsonObject(annotations) &&
      annotations[`f:${lastAppliedAnnotation}`] !== undefined
    );
  });
}

/** client-go/util/csaupgrade: what client-side managers own becomes the applying manager's. Undefined where nothing changes. */
export function upgradedManagers(
  entries: readonly ManagerEntry[],
  former: ReadonlySet<string>,
  manager: string,
): readonly ManagerEntry[] | undefined {
  let upgraded = entries;
  for (const name of former) upgraded = withoutFormer(upgraded, name, manager);
  return upgraded === entries ? undefined : upgraded;
}

function withoutFormer(entries: readonly ManagerEntry[], former: string, manager: string): readonly ManagerEntry[] {
  const isFormer = (entry: ManagerEntry): boolean =>
    entry.manager === former && entry.operation === 'Update' && (entry.subresource ?? '') === '';
  const source = entries.find(isFormer);
  if (!source) return entries;
  const own = entries.findIndex(
    (entry) => entry.manager === manager && entry.operation === 'Apply' && (entry.subresource ?? '') === '',
  );
  const changed = entries.map((entry, index): ManagerEntry => {
    if (index === own) return { ...entry, fieldsV1: union(entry.fieldsV1 ?? {}, source.fieldsV1 ?? {}) };
    return own < 0 && entry === source ? { ...entry, manager, operation: 'Apply' } : entry;
  });
  return changed.filter((entry) => !isFormer(entry));
}

function union(left: JsonObject, right: JsonObject): JsonObject {
  const merged: Record<string, JsonObject[string]> = { ...left };
  for (const [key, member] of Object.entries(right)) {
    const own = merged[key];
    merged[key] = isJsonObject(own) && isJsonObject(member) ? union(own, member) : (own ?? member);
  }
  return merged;
}
