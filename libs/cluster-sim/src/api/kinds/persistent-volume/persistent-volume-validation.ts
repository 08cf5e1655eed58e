import type {
  PersistentCsiVolume,
  PersistentVolume,
  PersistentVolumeSpec,
  SecretReference,
} from '@kubedrill/kube-model';
import { parseQuantity } from '../../quantity.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { immutable, semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { metadataPath, root, specPath, type Path } from '../../validation/path.ts';
import { formatted, nonEmpty } from '../../validation/rule.ts';
import { dns1123Label, dns1123Subdomain } from '../../validation/text-format.ts';
import { nonNegativeAmounts } from '../persistent-volume-claim/persistent-volume-claim-validation.ts';
import { withoutBacksteps } from '../pod-template/validation/paths.ts';
import { requiredNodes } from '../pod-template/validation/scheduling.ts';
import { accessModes, volumeMode } from '../pod-template/validation/volume-claim.ts';
import { csiDriver, hostPath, nfs } from '../pod-template/validation/volumes.ts';
import { internalDiff } from '../pod/pod-spec-diff.ts';
import { shownInside } from '../pod/internal/internal-struct.ts';
import { internalAffinity, internalSource } from './internal-source.ts';

/** pkg/apis/core/validation/validation.go: PersistentVolumes. */

export function validateNewPersistentVolume(volume: PersistentVolume): FieldError[] {
  const report: FieldError[] = [];
  validateVolume(volume, report);
  mountOptions(volume, report);
  return report;
}

function validateVolume({ metadata, spec }: PersistentVolume, report: FieldError[]): void {
  validateMetadata(metadata, false, dns1123Subdomain, report);
  validateSpec(spec, specPath, report);
}

const policies = ['Delete', 'Recycle', 'Retain'];

/** ValidatePersistentVolumeSpec. */
function validateSpec(spec: PersistentVolumeSpec, at: Path, report: FieldError[]): void {
  const { persistentVolumeReclaimPolicy: policy, nodeAffinity, volumeAttributesClassName } = spec;
  if (!spec.accessModes?.length) report.push(required(at.child('accessModes')));
  accessModes(spec.accessModes, at.child('accessModes'), report);
  validateCapacity(spec, at.child('capacity'), report);
  if (policy && !policies.includes(policy))
    report.push(notSupported(at.child('persistentVolumeReclaimPolicy'), policy, policies));
  const affinityPlace = at.child('nodeAffinity').child('required');
  if (nodeAffinity?.required) requiredNodes(nodeAffinity.required, affinityPlace, report);
  else if (nodeAffinity) report.push(required(affinityPlace, 'must specify required node constraints'));
  validateSource(spec, at, report);
  if (spec.hostPath && /^\/(\.?\/)*\.?$/.test(spec.hostPath.path) && policy === 'Recycle')
    report.push(
      forbidden(at.child('persistentVolumeReclaimPolicy'), "may not be 'recycle' for a hostPath mount of '/'"),
    );
  nonEmpty(formatted(dns1123Subdomain))(spec.storageClassName, at.child('storageClassName'), report);
  volumeMode(spec.volumeMode, at.child('volumeMode'), report);
  if (volumeAttributesClassName === undefined) return;
  const place = at.child('volumeAttributesClassName');
  if (volumeAttributesClassName === '') report.push(required(place, 'an empty string is disallowed'));
  else formatted(dns1123Subdomain)(volumeAttributesClassName, place, report);
  if (!spec.csi) report.push(required(at.child('csi'), 'has to be specified when using volumeAttributesClassName'));
}

function validateCapacity({ capacity = {} }: PersistentVolumeSpec, at: Path, report: FieldError[]): void {
  const names = Object.keys(capacity);
  if (names.length === 0) report.push(required(at));
  if (names.length !== 1 || names[0] !== 'storage')
    report.push(notSupported(at, names.length === 0 ? null : capacity, ['storage']));
  for (const [name, text] of Object.entries(capacity)) {
    nonNegativeAmounts({ [name]: text }, at, report);
    const parsed = parseQuantity(text);
    if (parsed.ok && parsed.quantity.nano <= 0n)
      report.push(invalid(at.key(name), parsed.quantity.text, 'must be greater than zero'));
  }
}

/** In the order in which Kubernetes looks at them, with the places that it names; a second flexVolume is not noticed. */
const sources: readonly (readonly [name: string, place: string])[] = [
  ['hostPath', 'hostPath'],
  ['gcePersistentDisk', 'gcePersistentDisk'],
  ['awsElasticBlockStore', 'awsElasticBlockStore'],
  ['glusterfs', 'glusterfs'],
  ['flocker', 'flocker'],
  ['nfs', 'nfs'],
  ['rbd', 'rbd'],
  ['quobyte', 'quobyte'],
  ['cephfs', 'cephFS'],
  ['iscsi', 'iscsi'],
  ['cinder', 'cinder'],
  ['fc', 'fc'],
  ['flexVolume', ''],
  ['azureFile', 'azureFile'],
  ['vsphereVolume', 'vsphereVolume'],
  ['photonPersistentDisk', 'photonPersistentDisk'],
  ['portworxVolume', 'portworxVolume'],
  ['azureDisk', 'azureDisk'],
  ['scaleIO', 'scaleIO'],
  ['local', 'local'],
  ['storageos', 'storageos'],
  ['csi', 'csi'],
];

/** Exactly one source; those without a rule are what a cloud or a storage system gives. */
function validateSource(spec: PersistentVolumeSpec, at: Path, report: FieldError[]): void {
  let count = 0;
  for (const [name, place] of sources) {
    if (!Object.hasOwn(spec, name)) continue;
    if (count > 0 && place !== '') report.push(forbidden(at.child(place), 'may not specify more than 1 volume type'));
    else {
      count += 1;
      sourceRule(spec, name, at.child(place), report);
      if (name === 'local' && !spec.nodeAffinity)
        report.push(required(at.child('nodeAffinity'), 'Local volume requires node affinity'));
    }
  }
  if (count === 0) report.push(required(at, 'must specify a volume type'));
}

function sourceRule(spec: PersistentVolumeSpec, name: string, at: Path, report: FieldError[]): void {
  if (name === 'hostPath' && spec.hostPath) hostPath(spec.hostPath, at, report);
  else if (name === 'nfs' && spec.nfs) nfs(spec.nfs, at, report);
  else if (name === 'csi' && spec.csi) validateCsi(spec.csi, at, report);
  else if (name === 'local' && spec.local) {
    if (spec.local.path === '') report.push(required(at.child('path')));
    else withoutBacksteps(spec.local.path, at.child('path'), report);
  }
}

const csiSecrets = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
] as const;

function validateCsi(csi: PersistentCsiVolume, at: Path, report: FieldError[]): void {
  csiDriver(csi.driver, at.child('driver'), report);
  if (csi.volumeHandle === '') report.push(required(at.child('volumeHandle')));
  for (const name of csiSecrets) if (csi[name]) validateSecret(csi[name], at.child(name), report);
}

/** validatePVSecretReference. */
function validateSecret({ name = '', namespace = '' }: SecretReference, at: Path, report: FieldError[]): void {
  if (name === '') report.push(required(at.child('name')));
  else formatted(dns1123Subdomain)(name, at.child('name'), report);
  if (namespace === '') report.push(required(at.child('namespace')));
  else formatted(dns1123Label)(namespace, at.child('namespace'), report);
}

const mountAnnotation = 'volume.beta.kubernetes.io/mount-options';
const mountable: ReadonlySet<string> = new Set([
  ...['gcePersistentDisk', 'awsElasticBlockStore', 'glusterfs', 'nfs', 'rbd', 'quobyte', 'iscsi', 'cinder', 'cephfs'],
  ...['azureFile', 'vsphereVolume', 'azureDisk', 'photonPersistentDisk'],
]);

/** pkg/volume/validation checkMountOption. */
function mountOptions({ metadata, spec }: PersistentVolume, report: FieldError[]): void {
  if (metadata.annotations?.[mountAnnotation] === undefined) return;
  if (Object.keys(spec).some((name) => mountable.has(name))) return;
  const place = metadataPath.child('annotations').child(mountAnnotation);
  report.push(forbidden(place, 'may not specify mount options for this volume type'));
}

/** ValidatePersistentVolumeUpdate, after the checks of a new one, which it repeats. */
export function validatePersistentVolumeUpdate(volume: PersistentVolume, old: PersistentVolume): FieldError[] {
  const report = validateNewPersistentVolume(volume);
  validateVolume(volume, report);
  const [now, before] = [sourceOf(withoutNewSecret(volume.spec, old.spec)), sourceOf(old.spec)];
  if (!semanticallyEqual(now, before)) {
    const words = 'spec.persistentvolumesource is immutable after creation';
    const place = specPath.child('persistentvolumesource');
    report.push(forbidden(place, `${words}\n${internalDiff(internalSource, before, now)}`));
  }
  immutable(volume.spec.volumeMode, old.spec.volumeMode, root.child('volumeMode'), report);
  const { nodeAffinity } = volume.spec;
  if (old.spec.nodeAffinity && !semanticallyEqual(nodeAffinity, old.spec.nodeAffinity))
    report.push(
      invalid(
        root.child('nodeAffinity'),
        nodeAffinity && shownInside(internalAffinity, nodeAffinity),
        'field is immutable, except for updating from beta label to GA',
      ),
    );
  if (old.spec.volumeAttributesClassName !== undefined && volume.spec.volumeAttributesClassName === undefined)
    report.push(
      forbidden(specPath.child('volumeAttributesClassName'), 'update from non-nil value to nil is forbidden'),
    );
  return report;
}

/** A Secret for expansion may be given later. */
function withoutNewSecret(spec: PersistentVolumeSpec, old: PersistentVolumeSpec): PersistentVolumeSpec {
  if (!spec.csi?.controllerExpandSecretRef || !old.csi || old.csi.controllerExpandSecretRef) return spec;
  const { controllerExpandSecretRef: _new, ...csi } = spec.csi;
  return { ...spec, csi };
}

function sourceOf(spec: PersistentVolumeSpec): Readonly<Record<string, unknown>> {
  const names = new Set(sources.map(([name]) => name));
  return Object.fromEntries(Object.entries(spec).filter(([name]) => names.has(name)));
}

/** ValidatePersistentVolumeStatusUpdate. */
export function validatePersistentVolumeStatus({ metadata }: PersistentVolume, old: PersistentVolume): FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(metadata, old.metadata, report);
  return report;
}
