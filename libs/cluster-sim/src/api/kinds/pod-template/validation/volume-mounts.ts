import type { FieldError } from '../../../validation/field-error.ts';
import { forbidden, invalid, notFound, notSupported, required } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import { localPath } from './paths.ts';
import type { FullContainer, Volume, VolumeMount } from './pod-spec-shape.ts';

/** The valid volumes of the pod by name: only they can be mounted. */
export type VolumesByName = ReadonlyMap<string, Volume>;

/** ValidateVolumeMounts. Some places are those of the list, not of the element, as in Kubernetes. */
export function volumeMounts(container: FullContainer, volumes: VolumesByName, at: Path, report: FieldError[]): void {
  const devices = container.volumeDevices ?? [];
  const paths = new Set<string>();
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const place = at.index(index);
    const { name, mountPath } = mount;
    if (name === '') report.push(required(place.child('name')));
    if (!volumes.has(name)) report.push(notFound(place.child('name'), name));
    if (mountPath === '') report.push(required(place.child('mountPath')));
    if (paths.has(mountPath)) report.push(invalid(place.child('mountPath'), mountPath, 'must be unique'));
    paths.add(mountPath);
    if (devices.some((device) => device.name === name))
      report.push(invalid(place.child('name'), name, 'must not already exist in volumeDevices'));
    if (devices.some((device) => device.devicePath === mountPath)) {
      report.push(invalid(place.child('mountPath'), mountPath, 'must not already exist as a path in volumeDevices'));
    }
    partOfVolume(mount, at, place, report);
    if (mount.mountPropagation !== undefined)
      propagation(mount.mountPropagation, container, at.child('mountPropagation'), report);
    recursiveReadOnly(mount, at.child('recursiveReadOnly'), report);
  }
}

function partOfVolume({ subPath, subPathExpr }: VolumeMount, list: Path, place: Path, report: FieldError[]): void {
  if (subPath) localPath(subPath, list.child('subPath'), report);
  if (!subPathExpr) return;
  if (subPath)
    report.push(invalid(place.child('subPathExpr'), subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
  localPath(subPathExpr, list.child('subPathExpr'), report);
}

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

function propagation(mode: string, { securityContext }: FullContainer, at: Path, report: FieldError[]): void {
  if (!propagations.includes(mode)) report.push(notSupported(at, mode, propagations));
  if (mode === 'Bidirectional' && securityContext?.privileged !== true) {
    report.push(forbidden(at, 'Bidirectional mount propagation is available only to privileged containers'));
  }
}

function recursiveReadOnly(mount: VolumeMount, at: Path, report: FieldError[]): void {
  switch (mount.recursiveReadOnly) {
    case undefined:
    case 'Disabled':
      return;
    case 'Enabled':
    case 'IfPossible':
      if (mount.readOnly !== true) report.push(forbidden(at, 'may only be specified when readOnly is true'));
      if (mount.mountPropagation !== undefined && mount.mountPropagation !== 'None') {
        report.push(forbidden(at, 'may only be specified when mountPropagation is None or not specified'));
      }
      return;
    default:
      report.push(notSupported(at, mount.recursiveReadOnly, ['Disabled', 'Enabled', 'IfPossible']));
  }
}

/** ValidateVolumeDevices: raw block devices come from claims. */
export function volumeDevices(container: FullContainer, volumes: VolumesByName, at: Path, report: FieldError[]): void {
  const mounts = container.volumeMounts ?? [];
  const [names, paths] = [new Set<string>(), new Set<string>()];
  for (const [index, { name, devicePath }] of (container.volumeDevices ?? []).entries()) {
    const [namePlace, pathPlace] = [at.index(index).child('name'), at.index(index).child('devicePath')];
    const volume = volumes.get(name);
    if (name === '') report.push(required(namePlace));
    if (names.has(name)) report.push(invalid(namePlace, name, 'must be unique'));
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral) {
      report.push(
        invalid(
          namePlace,
          name,
          'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
        ),
      );
    }
    if (!volume) report.push(notFound(namePlace, name));
    if (devicePath === '') report.push(required(pathPlace));
    if (paths.has(devicePath)) report.push(invalid(pathPlace, devicePath, 'must be unique'));
    if (devicePath.split('/').includes('..'))
      report.push(invalid(pathPlace, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    if (mounts.some((mount) => mount.name === name))
      report.push(invalid(namePlace, name, 'must not already exist in volumeMounts'));
    if (mounts.some((mount) => mount.mountPath === devicePath)) {
      report.push(invalid(pathPlace, devicePath, 'must not already exist as a path in volumeMounts'));
    }
    if (name !== '') names.add(name);
  }
}
