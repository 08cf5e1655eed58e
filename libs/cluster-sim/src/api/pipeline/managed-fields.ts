import type { JsonObject, KubeObject, ManagedFieldsEntry } from '@kubedrill/kube-model';
import { formatTime } from '../../engine/time.ts';
import { absentObject, managersAfterUpdate, type Writer } from '../apply/field-manager.ts';
import { laterManagedList, managedListOf, managersOf, nobody } from '../apply/managed-list.ts';
import type { Managers } from '../apply/managers.ts';
import type { Rules } from '../apply/ownership.ts';
import { resetFieldsOf, type WrittenPart } from '../apply/reset-fields.ts';
import { typeErrors } from '../apply/typed-validation.ts';
import { documentSchema } from '../apply/typed-value.ts';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { encoded, withMetadata, type Write } from './backend.ts';

/** The subresource that a write goes through; 'scale' writes the object itself. */
export type WrittenSubresource = Exclude<WrittenPart, undefined> | 'scale' | undefined;

/**
 * The object as a client sent it, with defaults, now with the managers of its fields: apimachinery/pkg/util/managedfields, Update.
 * They are worked out when somebody reads them. Clients can reset or replace metadata.managedFields, except through subresources.
 * Controllers leave no trace.
 */
export function withManager(
  object: KubeObject,
  old: KubeObject | undefined,
  write: Write,
  subresource?: WrittenSubresource,
): KubeObject {
  const before = old?.metadata.managedFields;
  const sent = object.metadata.managedFields;
  if (write.fieldManager === undefined)
    return sent === before ? object : withMetadata(object, { managedFields: before });
  const isOwn = sent !== undefined && sent !== before && subresource === undefined;
  if (isOwn && isReset(sent)) return withMetadata(object, { managedFields: undefined });
  const base = isOwn && managersOf(sent).size > 0 ? sent : before;
  if (old && base === undefined)
    return sent === undefined ? object : withMetadata(object, { managedFields: undefined });
  const writer = writerOf(write, object, 'Update', subresource);
  const definition = write.backend.registry.of(object.kind);
  const rules = rulesOf(definition, subresource);
  const managers = (): Managers => {
    const live = old ? unmanaged(old) : absentObject(rules.schema, object);
    const next = unmanaged(encoded(write, definition, object));
    // UpdateNoErrors: objects that elude the schema have no managers.
    const isTyped = [live, next].every((value) => typeErrors(rules.schema, value, 'allowed') === undefined);
    return isTyped ? managersAfterUpdate(rules, live, next, managersOf(base), writer) : nobody;
  };
  const list = base === before ? laterManagedList(before, managers) : managedListOf(managers());
  return withMetadata(object, { managedFields: list });
}

/** isResetManagedFields: an empty list, or one empty entry. */
function isReset(sent: readonly ManagedFieldsEntry[]): boolean {
  const [first] = sent;
  return sent.length === 0 || (sent.length === 1 && first !== undefined && Object.keys(first).length === 0);
}

export function writerOf<O extends ManagedFieldsEntry['operation']>(
  write: Write,
  { apiVersion }: { readonly apiVersion: string },
  operation: O,
  subresource: WrittenSubresource,
): Writer & { readonly operation: O } {
  const time = formatTime(write.backend.clock.now());
  return { manager: write.fieldManager ?? '', operation, apiVersion, subresource, time };
}

export function rulesOf(definition: KindDefinition, subresource: WrittenSubresource): Rules {
  const part = subresource === 'scale' ? undefined : subresource;
  return {
    schema: documentSchema(definition.schema),
    resetFields: resetFieldsOf(definition.kind, definition.status !== undefined, part),
  };
}

/** The object without metadata.managedFields, as JSON. */
export function unmanaged(object: KubeObject): JsonObject {
  const bare =
    object.metadata.managedFields === undefined ? object : withMetadata(object, { managedFields: undefined });
  return bare as unknown as JsonObject;
}
