import { parseQuantity } from '@kubedrill/cluster-sim';
import type { Volume } from '@kubedrill/kube-model';
import { describeClaim } from './volume-claims.ts';
import { sortedEntries, type Sheet } from './sheet.ts';

type Source = Readonly<Record<string, unknown>>;

/** How one source of volumes is shown. */
interface SourceText {
  readonly title: string;
  readonly describe: (sheet: Sheet, source: Source) => void;
}

/** A field by its title, its name in the object, and what stands where it is absent. */
type SourceField = readonly [title: string, name: string, absent?: string];

function plain(title: string, ...fields: readonly SourceField[]): SourceText {
  return {
    title,
    describe(sheet, source) {
      for (const [name, field, absent = ''] of fields) sheet.field(name, textOf(source[field], absent), 2);
    },
  };
}

function textOf(value: unknown, absent = ''): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : absent;
}

const emptyDirectory: SourceText = {
  title: "EmptyDir (a temporary directory that shares a pod's lifetime)",
  describe(sheet, { medium, sizeLimit }) {
    const limit = parseQuantity(textOf(sizeLimit, '0'));
    sheet.field('Medium', textOf(medium), 2);
    sheet.field('SizeLimit', limit.ok && limit.quantity.nano > 0n ? limit.quantity.text : '<unset>', 2);
  },
};

interface Projection {
  readonly secret?: Source;
  readonly downwardAPI?: Source;
  readonly configMap?: Source;
  readonly serviceAccountToken?: Source;
}

const projected: SourceText = {
  title: 'Projected (a volume that contains injected data from multiple sources)',
  describe(sheet, { sources }) {
    for (const { secret, downwardAPI, configMap, serviceAccountToken } of (sources ?? []) as readonly Projection[])
      if (secret ?? (!downwardAPI && configMap)) {
        const source = secret ?? configMap ?? {};
        sheet.field(secret ? 'SecretName' : 'ConfigMapName', textOf(source.name), 2);
        sheet.field('Optional', textOf(source.optional, 'false'), 2);
      } else if (downwardAPI) sheet.field('DownwardAPI', 'true', 2);
      else if (serviceAccountToken)
        sheet.field('TokenExpirationSeconds', textOf(serviceAccountToken.expirationSeconds), 2);
  },
};

interface DownwardItem {
  readonly path: string;
  readonly fieldRef?: { readonly fieldPath: string };
  readonly resourceFieldRef?: { readonly resource: string };
}

const downwardApi: SourceText = {
  title: 'DownwardAPI (a volume populated by information about the pod)',
  describe(sheet, { items }) {
    sheet.line('Items:', 2);
    for (const { path, fieldRef, resourceFieldRef } of (items ?? []) as readonly DownwardItem[]) {
      if (fieldRef) sheet.line(`${fieldRef.fieldPath} -> ${path}`, 3);
      if (resourceFieldRef) sheet.line(`${resourceFieldRef.resource} -> ${path}`, 3);
    }
  },
};

const ephemeral: SourceText = {
  title: 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
  describe(sheet, { volumeClaimTemplate }) {
    if (volumeClaimTemplate) describeClaim(sheet, volumeClaimTemplate, 2);
  },
};

const csi: SourceText = {
  title: 'CSI (a Container Storage Interface (CSI) volume source)',
  describe(sheet, { driver, fsType, readOnly, volumeAttributes }) {
    sheet.field('Driver', textOf(driver), 2);
    sheet.field('FSType', textOf(fsType), 2);
    sheet.field('ReadOnly', textOf(readOnly, 'false'), 2);
    describeAttributes(sheet, volumeAttributes);
  },
};

function describeAttributes(sheet: Sheet, attributes: unknown): void {
  const sorted = sortedEntries((attributes ?? {}) as Readonly<Record<string, string>>);
  sheet.lines(
    'VolumeAttributes',
    sorted.map(([key, value]) => `${key}=${value}`),
    '    ',
  );
}

/** Sources that only PersistentVolumes have, or show otherwise. */
const persistentSources: Readonly<Record<string, SourceText>> = {
  local: plain('LocalVolume (a persistent volume backed by local storage on a node)', ['Path', 'path']),
  csi: {
    ...csi,
    describe(sheet, { driver, fsType, volumeHandle, readOnly, volumeAttributes }) {
      sheet.field('Driver', textOf(driver), 2);
      sheet.field('FSType', textOf(fsType), 2);
      sheet.field('VolumeHandle', textOf(volumeHandle), 2);
      sheet.field('ReadOnly', textOf(readOnly, 'false'), 2);
      describeAttributes(sheet, volumeAttributes);
    },
  },
};

/** In the order in which kubectl looks for them. */
const sources: Readonly<Record<string, SourceText>> = {
  hostPath: plain('HostPath (bare host directory volume)', ['Path', 'path'], ['HostPathType', 'type', '<none>']),
  emptyDir: emptyDirectory,
  gcePersistentDisk: plain(
    'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    ['PDName', 'pdName'],
    ['FSType', 'fsType'],
    ['Partition', 'partition', '0'],
    ['ReadOnly', 'readOnly', 'false'],
  ),
  awsElasticBlockStore: plain(
    'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    ['VolumeID', 'volumeID'],
    ['FSType', 'fsType'],
    ['Partition', 'partition', '0'],
    ['ReadOnly', 'readOnly', 'false'],
  ),
  gitRepo: plain(
    'GitRepo (a volume that is pulled from git when the pod is created)',
    ['Repository', 'repository'],
    ['Revision', 'revision'],
  ),
  secret: plain(
    'Secret (a volume populated by a Secret)',
    ['SecretName', 'secretName'],
    ['Optional', 'optional', 'false'],
  ),
  configMap: plain(
    'ConfigMap (a volume populated by a ConfigMap)',
    ['Name', 'name'],
    ['Optional', 'optional', 'false'],
  ),
  nfs: plain(
    'NFS (an NFS mount that lasts the lifetime of a pod)',
    ['Server', 'server'],
    ['Path', 'path'],
    ['ReadOnly', 'readOnly', 'false'],
  ),
  persistentVolumeClaim: plain(
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    ['ClaimName', 'claimName'],
    ['ReadOnly', 'readOnly', 'false'],
  ),
  ephemeral,
  downwardAPI: downwardApi,
  projected,
  csi,
  image: plain('Image (a container image or OCI artifact)', ['Reference', 'reference'], ['PullPolicy', 'pullPolicy']),
};

/** describeVolumes; those of a template stand further in. */
export function describeVolumes(sheet: Sheet, volumes: readonly Volume[] = [], isTemplate: boolean): void {
  const indent = isTemplate ? '  ' : '';
  if (volumes.length === 0) {
    sheet.field(`${indent}Volumes`, '<none>');
    return;
  }
  sheet.line(`${indent}Volumes:`);
  for (const volume of volumes) {
    sheet.line(`${isTemplate ? ' ' : ''}${volume.name}:`, 1);
    if (!describeSource(sheet, volume, sources)) sheet.line('<unknown>', 1);
  }
}

/** The source of a PersistentVolume. */
export function describePersistentSource(sheet: Sheet, spec: object): void {
  if (!describeSource(sheet, spec as Source, { ...sources, ...persistentSources })) sheet.line('<unknown>', 1);
}

function describeSource(sheet: Sheet, volume: Source, known: typeof sources): boolean {
  const found = Object.entries(known).find(([member]) => volume[member] !== undefined);
  if (!found) return false;
  const [member, { title, describe }] = found;
  sheet.field('Type', title, 2);
  describe(sheet, volume[member] as Source);
  return true;
}
