import type { ManagedFieldsEntry } from '@kubedrill/kube-model';
import { FieldSet } from './field-set.ts';
import { decodeFieldsV1, encodeFieldsV1 } from './fields-v1.ts';

/** Who a set of fields belongs to. */
export interface ManagerName {
  readonly manager: string;
  readonly operation: ManagedFieldsEntry['operation'];
  readonly apiVersion: string;
  readonly subresource: string | undefined;
}

export interface Manager extends ManagerName {
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

/** The managers of an object's fields, by identity. */
export type Managers = ReadonlyMap<string, Manager>;

/** BuildManagerIdentifier of apimachinery/pkg/util/managedfields/internal: an applier is the same in every version. */
export function identityOf({ manager, operation, apiVersion, subresource }: ManagerName): string {
  return JSON.stringify({
    ...(manager === '' ? {} : { manager }),
    operation,
    ...(operation === 'Apply' ? {} : { apiVersion }),
    ...(subresource === undefined ? {} : { subresource }),
  });
}

/** Undefined for entries that Kubernetes does not understand either (DecodeManagedFields). */
export function decodeManagers(entries: readonly ManagedFieldsEntry[]): Managers | undefined {
  const managers = new Map<string, Manager>();
  for (const entry of entries) {
    const manager = decodeManager(entry);
    if (!manager) return undefined;
    managers.set(identityOf(manager), manager);
  }
  return managers;
}

/** What a client sent has been decoded, so its members are of the right types, but any can be absent. */
function decodeManager(entry: Partial<ManagedFieldsEntry>): Manager | undefined {
  const { manager = '', operation, apiVersion, time, fieldsType, fieldsV1, subresource } = entry;
  if (operation !== 'Apply' && operation !== 'Update') return undefined;
  if (apiVersion === undefined || apiVersion === '' || fieldsType !== 'FieldsV1') return undefined;
  const fields = fieldsV1 === undefined ? FieldSet.empty : decodeFieldsV1(fieldsV1);
  return fields && { manager, operation, apiVersion, time, subresource: subresource || undefined, fields };
}

/** In Kubernetes' order: appliers first, then by time, name, version and subresource. */
export function encodeManagers(managers: Managers): readonly ManagedFieldsEntry[] {
  return [...managers.values()].sort(compareManagers).map(({ manager, operation, apiVersion, ...rest }) => ({
    manager,
    operation,
    apiVersion,
    ...(rest.time === undefined ? {} : { time: rest.time }),
    fieldsType: 'FieldsV1',
    fieldsV1: encodeFieldsV1(rest.fields),
    ...(rest.subresource === undefined ? {} : { subresource: rest.subresource }),
  }));
}

function compareManagers(left: Manager, right: Manager): number {
  for (const order of [
    compareTexts(left.operation, right.operation),
    compareTexts(left.time ?? '', right.time ?? ''),
    compareTexts(left.manager, right.manager),
    compareTexts(left.apiVersion, right.apiVersion),
  ])
    if (order !== 0) return order;
  return compareTexts(left.subresource ?? '', right.subresource ?? '');
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const maxUpdateManagers = 10;
const ancientChanges = 'ancient-changes';

/** The oldest of more than ten updaters become one: capmanagers.go. */
export function capped(managers: Managers): Managers {
  const updaters = [...managers.values()].filter(({ operation }) => operation === 'Update').sort(byAge);
  let surplus = updaters.length - maxUpdateManagers;
  if (surplus <= 0) return managers;
  const kept = new Map(managers);
  const firsts = new Map<string, Manager>();
  for (const updater of updaters) {
    if (surplus <= 0) break;
    const { apiVersion } = updater;
    const first = firsts.get(apiVersion);
    if (!first) {
      firsts.set(apiVersion, updater);
      continue;
    }
    const name = { manager: ancientChanges, operation: 'Update', apiVersion, subresource: undefined } as const;
    const bucket = kept.get(identityOf(name));
    if (!bucket) kept.delete(identityOf(first));
    kept.delete(identityOf(updater));
    const fields = updater.fields.union((bucket ?? first).fields);
    kept.set(identityOf(name), { ...name, time: updater.time, fields });
    surplus -= 1;
  }
  return kept;
}

function byAge(left: Manager, right: Manager): number {
  return compareTexts(left.time ?? '', right.time ?? '') || compareTexts(identityOf(left), identityOf(right));
}
