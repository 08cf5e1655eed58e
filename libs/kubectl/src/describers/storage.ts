import { accessModesText, classOfVolume, formatLabels, isDefaultClass, timeSince } from '@kubedrill/cluster-sim';
import type { ObjectMeta, PersistentVolume, PersistentVolumeClaim, Pod } from '@kubedrill/kube-model';
import type { Describer, DescriptionContext } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { goList, longTime, orUnset, type Sheet } from './sheet.ts';
import { classOf, describeDataSource } from './volume-claims.ts';
import { describePersistentSource } from './volumes.ts';

function describeStatus(
  sheet: Sheet,
  { deletionTimestamp }: ObjectMeta,
  phase: string,
  { now }: DescriptionContext,
): void {
  const isGoing = deletionTimestamp !== undefined;
  sheet.field('Status', isGoing ? `Terminating (lasts ${timeSince(deletionTimestamp, now)})` : phase);
}

/** describePersistentVolume. */
export const describePersistentVolume: Describer<'PersistentVolume'> = (sheet, volume, context) => {
  const { metadata, spec, status } = volume;
  sheet.field('Name', metadata.name);
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('Finalizers', goList(metadata.finalizers));
  sheet.field('StorageClass', classOfVolume(volume));
  describeStatus(sheet, metadata, status.phase, context);
  const { claimRef } = spec;
  sheet.field('Claim', claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : '');
  sheet.field('Reclaim Policy', spec.persistentVolumeReclaimPolicy ?? '');
  sheet.field('Access Modes', accessModesText(spec.accessModes));
  if (spec.volumeMode !== undefined) sheet.field('VolumeMode', spec.volumeMode);
  sheet.field('Capacity', spec.capacity?.storage ?? '0');
  describeAffinity(sheet, spec);
  sheet.field('Message', status.message ?? '');
  sheet.line('Source:');
  describePersistentSource(sheet, spec);
  describeEvents(sheet, volume, context);
};

/** printVolumeNodeAffinity. */
function describeAffinity(sheet: Sheet, { nodeAffinity }: PersistentVolume['spec']): void {
  const terms = nodeAffinity?.required?.nodeSelectorTerms;
  sheet.line(`Node Affinity:\t${terms ? '' : '<none>'}`);
  if (!terms) return;
  sheet.line(`Required Terms:\t${terms.length === 0 ? '<none>' : ''}`, 1);
  for (const [index, { matchExpressions = [] }] of terms.entries()) {
    sheet.write(`Term ${index}:\t`, 2);
    describeRequirements(
      sheet,
      matchExpressions.map(({ key, operator, values = [] }) => listed(`${key} ${operator.toLowerCase()}`, values)),
      2,
    );
  }
}

function listed(text: string, values: readonly string[]): string {
  return values.length > 0 ? `${text} [${values.join(', ')}]` : text;
}

function describeRequirements(sheet: Sheet, texts: readonly string[], level: number): void {
  if (texts.length === 0) sheet.line('<none>');
  for (const [index, text] of texts.entries()) {
    if (index > 0) sheet.write('\t', level);
    sheet.line(text);
  }
}

/** describePersistentVolumeClaim. */
export const describePersistentVolumeClaim: Describer<'PersistentVolumeClaim'> = (sheet, claim, context) => {
  const { metadata, spec, status } = claim;
  const isPlaced = Boolean(spec.volumeName);
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.field('StorageClass', classOf(claim));
  describeStatus(sheet, metadata, status.phase, context);
  sheet.field('Volume', spec.volumeName ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('Finalizers', goList(metadata.finalizers));
  sheet.field('Capacity', isPlaced ? (status.capacity?.storage ?? '0') : '');
  sheet.field('Access Modes', isPlaced ? accessModesText(status.accessModes) : '');
  if (spec.volumeMode !== undefined) sheet.field('VolumeMode', spec.volumeMode);
  describeDataSource(sheet, spec);
  sheet.lines('Used By', podsUsing(claim, context));
  describeConditions(sheet, claim);
  describeEvents(sheet, claim, context);
};

/** getPodsForPVC: those that name it, and those that own it. */
function podsUsing({ metadata }: PersistentVolumeClaim, { reader }: DescriptionContext): readonly string[] {
  const owners = new Set((metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Pod').map(({ uid }) => uid));
  const uses = ({ metadata: { uid }, spec }: Pod): boolean =>
    owners.has(uid) ||
    (spec.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === metadata.name);
  const pods = reader.needed('Pod', metadata.namespace ?? '').filter(uses);
  return pods.map(({ metadata: { name } }) => name).sort();
}

function describeConditions(sheet: Sheet, { status: { conditions = [] } }: PersistentVolumeClaim): void {
  if (conditions.length === 0) return;
  sheet.line('Conditions:');
  sheet.row(['Type', 'Status', 'LastProbeTime', 'LastTransitionTime', 'Reason', 'Message'], 1);
  sheet.row(['----', '------', '-----------------', '------------------', '------', '-------'], 1);
  for (const { type, status, lastProbeTime, lastTransitionTime, reason = '', message = '' } of conditions) {
    const cells = [type, status, longTime(lastProbeTime), longTime(lastTransitionTime), reason];
    sheet.row([...cells.map((cell) => `${cell} `), message], 1);
  }
}

/** describeStorageClass. */
export const describeStorageClass: Describer<'StorageClass'> = (sheet, storageClass, context) => {
  const { metadata, provisioner, parameters, mountOptions = [], reclaimPolicy, volumeBindingMode } = storageClass;
  const { allowVolumeExpansion, allowedTopologies } = storageClass;
  sheet.field('Name', metadata.name);
  sheet.field('IsDefaultClass', isDefaultClass(storageClass) ? 'Yes' : 'No');
  sheet.field('Annotations', formatLabels(metadata.annotations));
  sheet.field('Provisioner', provisioner);
  sheet.field('Parameters', formatLabels(parameters));
  const expansion = allowVolumeExpansion === undefined ? undefined : allowVolumeExpansion ? 'True' : 'False';
  sheet.field('AllowVolumeExpansion', orUnset(expansion));
  sheet.line(`MountOptions:${mountOptions.length === 0 ? '\t<none>' : ''}`);
  for (const option of mountOptions) sheet.line(option, 1);
  if (reclaimPolicy !== undefined) sheet.field('ReclaimPolicy', reclaimPolicy);
  if (volumeBindingMode !== undefined) sheet.field('VolumeBindingMode', volumeBindingMode);
  if (allowedTopologies) {
    sheet.line('AllowedTopologies:\t');
    for (const [index, { matchLabelExpressions = [] }] of allowedTopologies.entries()) {
      sheet.write(`Term ${index}:\t`, 1);
      describeRequirements(
        sheet,
        matchLabelExpressions.map(({ key, values }) => listed(`${key} in`, values ?? [])),
        1,
      );
    }
  }
  describeEvents(sheet, storageClass, context);
};
