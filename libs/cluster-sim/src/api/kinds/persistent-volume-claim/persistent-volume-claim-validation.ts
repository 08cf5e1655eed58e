import type { PersistentVolumeClaim, PersistentVolumeClaimSpec, StringMap } from '@kubedrill/kube-model';
import { parseQuantity } from '../../quantity.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { immutable, semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { metadataPath, root, specPath, statusPath, type Path } from '../../validation/path.ts';
import { dns1123Subdomain, qualifiedName } from '../../validation/text-format.ts';
import { claimSpec } from '../pod-template/validation/volume-claim.ts';
import { internalDiff } from '../pod/pod-spec-diff.ts';
import { internalClaimSpec } from './internal-claim-spec.ts';
import { classAnnotation } from './storage-class-name.ts';

/** pkg/apis/core/validation/validation.go: PersistentVolumeClaims. */

export function validateNewClaim({ metadata, spec }: PersistentVolumeClaim): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, true, dns1123Subdomain, report);
  claimSpec(spec, specPath, report);
  return report;
}

const sizePath = specPath.child('resources').child('requests').child('storage');
const attributesPath = specPath.child('volumeAttributesClassName');
const immutableSpec =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** ValidatePersistentVolumeClaimUpdate. */
export function validateClaimUpdate(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(claim.metadata, old.metadata, report);
  validateMetadata(claim.metadata, true, dns1123Subdomain, report);
  claimSpec(claim.spec, specPath, report);
  const changed = withChangeable(claim, old, report);
  const before = old.spec.volumeName ? old.spec : { ...old.spec, volumeName: changed.volumeName };
  if (!semanticallyEqual(changed, before))
    report.push(forbidden(specPath, `${immutableSpec}\n${internalDiff(internalClaimSpec, before, changed)}`));
  const [size, former] = [sizeOf(claim.spec.resources?.requests), sizeOf(old.spec.resources?.requests)];
  if (size < former && size <= sizeOf(old.status.capacity))
    report.push(forbidden(sizePath, 'field can not be less than status.capacity'));
  immutable(claim.spec.volumeMode, old.spec.volumeMode, root.child('volumeMode'), report);
  keptAttributesClass(claim, old, report);
  return report;
}

function sizeOf(amounts: StringMap | undefined): bigint {
  const parsed = parseQuantity(amounts?.storage ?? '0');
  return parsed.ok ? parsed.quantity.nano : 0n;
}

/** The spec with what may change as it was. */
function withChangeable(
  { metadata, spec, status }: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
  report: FieldError[],
): PersistentVolumeClaimSpec {
  const kept = withClassOf(metadata.annotations, spec, old, report);
  if (status.phase !== 'Bound') return kept;
  const { volumeAttributesClassName: _new, ...rest } = kept;
  const { requests } = spec.resources ?? {};
  const { volumeAttributesClassName } = old.spec;
  const size = old.spec.resources?.requests?.storage;
  return {
    ...rest,
    ...(requests &&
      size !== undefined && { resources: { ...rest.resources, requests: { ...requests, storage: size } } }),
    ...(volumeAttributesClassName !== undefined && { volumeAttributesClassName }),
  };
}

/** A class moves from the annotation to its field, or is given where there was none. */
function withClassOf(
  annotations: StringMap | undefined,
  spec: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaim,
  report: FieldError[],
): PersistentVolumeClaimSpec {
  const [now, before] = [annotations?.[classAnnotation], old.metadata.annotations?.[classAnnotation]];
  const { storageClassName: name, ...rest } = spec;
  const isNew = old.spec.storageClassName === undefined && name !== undefined;
  if (isNew && before !== undefined && name === before && (now === undefined || now === before)) return rest;
  const place = metadataPath.child('annotations').child(classAnnotation);
  if ((now ?? '') !== (before ?? '')) report.push(invalid(place, now ?? '', 'field is immutable'));
  return isNew && (before === undefined || name === before) ? rest : spec;
}

function keptAttributesClass({ spec }: PersistentVolumeClaim, old: PersistentVolumeClaim, report: FieldError[]): void {
  const { volumeAttributesClassName: name } = spec;
  if (name === old.spec.volumeAttributesClassName || old.status.currentVolumeAttributesClassName === undefined) return;
  const why = 'is forbidden when status.currentVolumeAttributesClassName is not nil';
  if (name === undefined) report.push(forbidden(attributesPath, `update to nil ${why}`));
  else if (name === '') report.push(forbidden(attributesPath, `update to empty string ${why}`));
}

const resizeStatuses = [
  'ControllerResizeInProgress',
  'ControllerResizeInfeasible',
  'NodeResizeInProgress',
  'NodeResizeInfeasible',
  'NodeResizePending',
].sort();

/** ValidatePersistentVolumeClaimStatusUpdate. */
export function validateClaimStatus(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const report: FieldError[] = [];
  const { metadata, spec, status } = claim;
  validateMetadataUpdate(metadata, old.metadata, report);
  if (!spec.accessModes?.length) report.push(required(root.child('Spec').child('accessModes')));
  nonNegativeAmounts(status.capacity, statusPath.child('capacity'), report);
  const statuses = statusPath.child('allocatedResourceStatuses');
  for (const [name, value] of Object.entries(status.allocatedResourceStatuses ?? {})) {
    storageOnly(name, statuses, report);
    if (!resizeStatuses.includes(value)) report.push(notSupported(statuses, name, resizeStatuses));
  }
  const allocated = statusPath.child('allocatedResources');
  for (const [name, text] of Object.entries(status.allocatedResources ?? {}))
    if (storageOnly(name, allocated, report)) nonNegativeAmounts({ [name]: text }, allocated, report);
  return report;
}

const nanos = 1_000_000_000n;

/** validateBasicResource. */
export function nonNegativeAmounts(list: StringMap | undefined, at: Path, report: FieldError[]): void {
  for (const [name, text] of Object.entries(list ?? {})) {
    const parsed = parseQuantity(text);
    if (!parsed.ok || parsed.quantity.nano > -nanos) continue;
    report.push(invalid(at.key(name), Number(parsed.quantity.nano / nanos), 'must be a valid resource quantity'));
  }
}

/** validatePersistentVolumeClaimResourceKey. */
function storageOnly(name: string, at: Path, report: FieldError[]): boolean {
  const messages = qualifiedName(name);
  for (const message of messages) report.push(invalid(at, name, message));
  if (messages.length > 0) return false;
  const isNative = !name.includes('/') || name.includes('kubernetes.io/');
  if (!isNative || name === 'storage') return true;
  report.push(notSupported(at, name, ['storage']));
  return false;
}
