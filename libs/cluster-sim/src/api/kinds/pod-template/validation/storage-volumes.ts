import { invalid, notSupported, notSupportedText, required } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { FieldError } from '../../../validation/field-error.ts';
import { formatted, inOrder, type Rule } from '../../../validation/rule.ts';
import { dns1123Label } from '../../../validation/text-format.ts';

/** Volumes from storage over the network or from a cloud: the validate...VolumeSource functions of pkg/apis/core/validation/validation.go. */

type Source = Readonly<Record<string, unknown>>;

function textOf(source: Source, name: string): string {
  const value = source[name];
  return typeof value === 'string' ? value : '';
}

function listOf(source: Source, name: string): readonly unknown[] {
  const value = source[name];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function numberOf(source: Source, name: string): number {
  const value = source[name];
  return typeof value === 'number' ? value : 0;
}

const needs =
  (...names: readonly string[]): Rule<Source> =>
  (source, at, report) => {
    for (const name of names)
      if (textOf(source, name) === '' && listOf(source, name).length === 0) report.push(required(at.child(name)));
  };

/** The words begin at 1, although 0 is taken. */
const partition: Rule<Source> = (source, at, report) => {
  const number = numberOf(source, 'partition');
  if (number < 0 || number > 255)
    report.push(invalid(at.child('partition'), number, 'must be between 1 and 255, inclusive'));
};

function lun(number: number, at: Path, report: FieldError[]): void {
  if (number < 0 || number > 255) report.push(invalid(at, number, 'must be between 0 and 255, inclusive'));
}

const namedSecret: Rule<Source> = ({ secretRef }, at, report) => {
  if (secretRef !== undefined && textOf(secretRef as Source, 'name') === '')
    report.push(required(at.child('secretRef').child('name')));
};

const initiatorFormats: readonly (readonly [prefix: string, format: RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.([A-Za-z0-9\-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
];

const initiator: Rule<string> = (name, at, report) => {
  const [, format] = initiatorFormats.find(([prefix]) => name.startsWith(prefix)) ?? [];
  if (!format) report.push(invalid(at, name, 'must be valid format starting with iqn, eui, or naa'));
  else if (!format.test(name)) report.push(invalid(at, name, 'must be valid format'));
};

const iscsi: Rule<Source> = (source, at, report) => {
  const { initiatorName, secretRef, chapAuthDiscovery, chapAuthSession } = source;
  needs('targetPortal')(source, at, report);
  if (textOf(source, 'iqn') === '') report.push(required(at.child('iqn')));
  else initiator(textOf(source, 'iqn'), at.child('iqn'), report);
  lun(numberOf(source, 'lun'), at.child('lun'), report);
  if ((chapAuthDiscovery === true || chapAuthSession === true) && secretRef === undefined)
    report.push(required(at.child('secretRef')));
  if (typeof initiatorName === 'string') initiator(initiatorName, at.child('initiatorname'), report);
};

const fibreChannel: Rule<Source> = (source, at, report) => {
  const place = at.child('targetWWNs');
  const [targets, wwids] = [listOf(source, 'targetWWNs'), listOf(source, 'wwids')];
  if (targets.length === 0 && wwids.length === 0)
    report.push(required(place, 'must specify either targetWWNs or wwids, but not both'));
  if (targets.length > 0 && wwids.length > 0)
    report.push(invalid(place, targets, 'targetWWNs and wwids can not be specified simultaneously'));
  if (targets.length === 0) return;
  if (source.lun === undefined) report.push(required(at.child('lun'), 'lun is required if targetWWNs is specified'));
  else lun(numberOf(source, 'lun'), at.child('lun'), report);
};

const flocker: Rule<Source> = (source, at, report) => {
  const [name, uuid] = [textOf(source, 'datasetName'), textOf(source, 'datasetUUID')];
  if (name === '' && uuid === '') report.push(required(at, 'one of datasetName and datasetUUID is required'));
  if (name !== '' && uuid !== '')
    report.push(invalid(at, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
  if (name.includes('/')) report.push(invalid(at.child('datasetName'), name, "must not contain '/'"));
};

const hostAndPort = /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/;

const quobyte: Rule<Source> = (source, at, report) => {
  const registry = textOf(source, 'registry');
  const words = 'must be a host:port pair or multiple pairs separated by commas';
  if (registry === '') report.push(required(at.child('registry'), words));
  else if (textOf(source, 'tenant').length >= 65)
    report.push(required(at.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters'));
  else
    for (const pair of registry.split(','))
      if (!hostAndPort.test(pair)) report.push(invalid(at.child('registry'), registry, words));
  needs('volume')(source, at, report);
};

const flexVolume: Rule<Source> = (source, at, report) => {
  needs('driver')(source, at, report);
  for (const key of Object.keys(source.options ?? {})) {
    const owner = `.${(key.includes('/') ? key.slice(0, key.indexOf('/')) : key).toLowerCase()}`;
    if (owner.endsWith('.kubernetes.io') || owner.endsWith('.k8s.io'))
      report.push(invalid(at.child('options').key(key), key, 'kubernetes.io and k8s.io namespaces are reserved'));
  }
};

const cachingModes = ['None', 'ReadOnly', 'ReadWrite'];
const diskKinds = ['Dedicated', 'Managed', 'Shared'];
const managedDisk = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const blobDisk = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

const azureDisk: Rule<Source> = (source, at, report) => {
  const { cachingMode, kind } = source;
  const uri = textOf(source, 'diskURI');
  needs('diskName', 'diskURI')(source, at, report);
  if (typeof cachingMode === 'string' && !cachingModes.includes(cachingMode))
    report.push(notSupported(at.child('cachingMode'), cachingMode, cachingModes));
  if (typeof kind !== 'string') return;
  if (!diskKinds.includes(kind)) report.push(notSupported(at.child('kind'), kind, diskKinds));
  const [start, form] = kind === 'Managed' ? ['/subscriptions/', managedDisk] : ['https://', blobDisk];
  if (!uri.startsWith(start)) report.push(notSupportedText(at.child('diskURI'), uri, [form]));
};

const storageOS: Rule<Source> = (source, at, report) => {
  const [name, namespace] = [textOf(source, 'volumeName'), textOf(source, 'volumeNamespace')];
  if (name === '') report.push(required(at.child('volumeName')));
  else formatted(dns1123Label)(name, at.child('volumeName'), report);
  if (namespace !== '') formatted(dns1123Label)(namespace, at.child('volumeNamespace'), report);
  namedSecret(source, at, report);
};

const storageRules = new Map<string, Rule<Source>>([
  ['gcePersistentDisk', inOrder(needs('pdName'), partition)],
  ['awsElasticBlockStore', inOrder(needs('volumeID'), partition)],
  ['iscsi', iscsi],
  ['glusterfs', needs('endpoints', 'path')],
  ['flocker', flocker],
  ['rbd', needs('monitors', 'image')],
  ['cinder', inOrder(needs('volumeID'), namedSecret)],
  ['cephfs', needs('monitors')],
  ['quobyte', quobyte],
  ['fc', fibreChannel],
  ['flexVolume', flexVolume],
  ['azureFile', needs('secretName', 'shareName')],
  ['vsphereVolume', needs('volumePath')],
  ['photonPersistentDisk', needs('pdID')],
  ['portworxVolume', needs('volumeID')],
  ['azureDisk', azureDisk],
  ['storageos', storageOS],
  ['scaleIO', needs('gateway', 'system', 'volumeName')],
]);

/** What Kubernetes calls a source where it finds fault with it. */
const places: Readonly<Record<string, string>> = { gcePersistentDisk: 'persistentDisk' };

export function storageVolume(name: string, source: unknown, volume: Path, report: FieldError[]): void {
  storageRules.get(name)?.(source as Source, volume.child(places[name] ?? name), report);
}
