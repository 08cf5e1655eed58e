import type { FieldError } from '../../../validation/field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required, tooLong } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
import { each, field, formatted, given, inOrder, requiredText } from '../../../validation/rule.ts';
import { byteLength, dns1123Label, dns1123Subdomain } from '../../../validation/text-format.ts';
import { fileMode, localPath, withoutBacksteps } from './paths.ts';
import type { Volume } from './pod-spec-shape.ts';
import { downwardApiFile, keyToPath, projectedSources } from './projected-volumes.ts';
import { pullPolicy } from './pull-policy.ts';
import { claimTemplate } from './volume-claim.ts';
import { storageVolume } from './storage-volumes.ts';
import type { VolumesByName } from './volume-mounts.ts';

type Source<N extends keyof Volume> = NonNullable<Volume[N]>;

const text: Rule<string> = () => undefined;

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

export const hostPath: Rule<Source<'hostPath'>> = ({ path, type }, at, report) => {
  if (path === '') return void report.push(required(at.child('path')));
  withoutBacksteps(path, at.child('path'), report);
  if (type !== undefined && !hostPathTypes.includes(type))
    report.push(notSupported(at.child('type'), type, hostPathTypes));
};

const gitRepo: Rule<Source<'gitRepo'>> = ({ repository, directory = '' }, at, report) => {
  if (repository === '') report.push(required(at.child('repository')));
  localPath(directory, at.child('directory'), report);
};

const secret = inOrder<Source<'secret'>>(
  field('secretName', requiredText(text)),
  field('defaultMode', given(fileMode)),
  field('items', each(keyToPath)),
);

const configMap = inOrder<Source<'configMap'>>(
  field('name', requiredText(text)),
  field('defaultMode', given(fileMode)),
  field('items', each(keyToPath)),
);

export const nfs = inOrder<Source<'nfs'>>(
  field('server', requiredText(text)),
  field('path', requiredText(text)),
  ({ path }, at, report) => {
    if (!path.startsWith('/')) report.push(invalid(at.child('path'), path, 'must be an absolute path'));
  },
);

const downwardApi = inOrder<Source<'downwardAPI'>>(field('defaultMode', given(fileMode)), ({ items }, at, report) => {
  for (const file of items ?? []) downwardApiFile(file, at, report);
});

const projected = inOrder<Source<'projected'>>(field('defaultMode', given(fileMode)), projectedSources);

/** ValidateCSIDriverName. */
export const csiDriver: Rule<string> = (driver, at, report) => {
  if (driver === '') return void report.push(required(at));
  if (byteLength(driver) > 63) report.push(tooLong(at, 63));
  for (const message of dns1123Subdomain(driver.toLowerCase())) report.push(invalid(at, driver, message));
};

const csi: Rule<Source<'csi'>> = ({ driver, nodePublishSecretRef }, at, report) => {
  csiDriver(driver, at.child('driver'), report);
  if (!nodePublishSecretRef) return;
  const { name = '' } = nodePublishSecretRef;
  if (name === '') report.push(required(at.child('nodePublishSecretRef').child('name')));
  else formatted(dns1123Subdomain)(name, at.child('name'), report);
};

const ephemeral: Rule<Source<'ephemeral'>> = ({ volumeClaimTemplate }, at, report) => {
  const place = at.child('volumeClaimTemplate');
  if (volumeClaimTemplate === undefined) report.push(required(place));
  else claimTemplate(volumeClaimTemplate, place, report);
};

const claim = inOrder<Source<'persistentVolumeClaim'>>(field('claimName', requiredText(text)));

function image(isPod: boolean): Rule<Source<'image'>> {
  return ({ reference, pullPolicy: policy }, at, report) => {
    if (isPod && !reference) report.push(required(at.child('reference')));
    pullPolicy(policy, at.child('pullPolicy'), report);
  };
}

/** Sources in the order in which Kubernetes looks at them. */
const sourceNames = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'secret',
  'nfs',
  'iscsi',
  'glusterfs',
  'flocker',
  'persistentVolumeClaim',
  'rbd',
  'cinder',
  'cephfs',
  'quobyte',
  'downwardAPI',
  'fc',
  'flexVolume',
  'configMap',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
  'projected',
  'scaleIO',
  'csi',
  'ephemeral',
  'image',
] as const;

function sourceRule(volume: Volume, name: string, isPod: boolean, place: Path, report: FieldError[]): void {
  const at = place.child(name);
  if (volume.hostPath && name === 'hostPath') hostPath(volume.hostPath, at, report);
  else if (volume.gitRepo && name === 'gitRepo') gitRepo(volume.gitRepo, at, report);
  else if (volume.secret && name === 'secret') secret(volume.secret, at, report);
  else if (volume.nfs && name === 'nfs') nfs(volume.nfs, at, report);
  else if (volume.persistentVolumeClaim && name === 'persistentVolumeClaim')
    claim(volume.persistentVolumeClaim, at, report);
  else if (volume.downwardAPI && name === 'downwardAPI') downwardApi(volume.downwardAPI, at, report);
  else if (volume.configMap && name === 'configMap') configMap(volume.configMap, at, report);
  else if (volume.projected && name === 'projected') projected(volume.projected, at, report);
  else if (volume.csi && name === 'csi') csi(volume.csi, at, report);
  else if (volume.ephemeral && name === 'ephemeral') ephemeral(volume.ephemeral, at, report);
  else if (volume.image && name === 'image') image(isPod)(volume.image, at, report);
  else storageVolume(name, volume[name], place, report);
}

function longInitiator({ name, iscsi }: Volume, at: Path, report: FieldError[]): void {
  const { initiatorName, targetPortal = '' } = iscsi as {
    readonly initiatorName?: string;
    readonly targetPortal?: string;
  };
  const words =
    'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
  if (initiatorName !== undefined && byteLength(`${name}:${targetPortal}`) > 64)
    report.push(invalid(at.child('name'), name, words));
}

/** What the path of a second source is called in Kubernetes, where it is not its name. */
const misspelt: Readonly<Record<string, string>> = { downwardAPI: 'downwarAPI', cephfs: 'cephFS' };

/** validateVolumeSource: exactly one source. */
function source(volume: Volume, isPod: boolean, at: Path, report: FieldError[]): void {
  let count = 0;
  if (volume.emptyDir?.sizeLimit?.startsWith('-')) {
    report.push(
      forbidden(at.child('emptyDir').child('sizeLimit'), 'SizeLimit field must be a valid resource quantity'),
    );
  }
  for (const name of sourceNames) {
    if (volume[name] === undefined) continue;
    if (count === 0) sourceRule(volume, name, isPod, at, report);
    else report.push(forbidden(at.child(misspelt[name] ?? name), 'may not specify more than 1 volume type'));
    if (name === 'iscsi') longInitiator(volume, at, report);
    count += 1;
  }
  if (count === 0) report.push(required(at, 'must specify a volume type'));
}

/** ValidateVolumes. A volume with an error can't be mounted: its mounts are "not found" besides. */
export function volumes(
  list: readonly Volume[] | undefined,
  isPod: boolean,
  at: Path,
  report: FieldError[],
): VolumesByName {
  const valid = new Map<string, Volume>();
  for (const [index, volume] of (list ?? []).entries()) {
    const before = report.length;
    const place = at.index(index);
    source(volume, isPod, place, report);
    requiredText(formatted(dns1123Label))(volume.name, place.child('name'), report);
    if (valid.has(volume.name)) report.push(duplicate(place.child('name'), volume.name));
    if (report.length === before) valid.set(volume.name, volume);
  }
  return valid;
}
