import type { KubeObject, ManagedFieldsEntry } from '@kubedrill/kube-model';
import { formatTime } from '../../engine/time.ts';
import { withMetadata, type Write } from './backend.ts';

/**
 * Who wrote to an object, and when: one entry per manager, operation and subresource. Which fields a manager owns is not
 * followed yet; fieldsV1 stays empty. What clients send in metadata.managedFields is not believed.
 */
export function withManager(
  object: KubeObject,
  old: KubeObject | undefined,
  write: Write,
  subresource?: string,
): KubeObject {
  const before = old?.metadata.managedFields;
  if (write.fieldManager === undefined) {
    return object.metadata.managedFields === before ? object : withMetadata(object, { managedFields: before });
  }
  const entry: ManagedFieldsEntry = {
    manager: write.fieldManager,
    operation: 'Update',
    apiVersion: object.apiVersion,
    time: formatTime(write.backend.clock.now()),
    fieldsType: 'FieldsV1',
    fieldsV1: {},
    ...(subresource === undefined ? {} : { subresource }),
  };
  const others = (before ?? []).filter(
    (other) => other.manager !== entry.manager || other.operation !== 'Update' || other.subresource !== subresource,
  );
  return withMetadata(object, { managedFields: [...others, entry] });
}
