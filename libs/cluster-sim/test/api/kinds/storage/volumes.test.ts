import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { persistentVolumeClaimDefinition as claims } from '../../../../src/api/kinds/persistent-volume-claim/persistent-volume-claim-definition.ts';
import { persistentVolumeDefinition as volumes } from '../../../../src/api/kinds/persistent-volume/persistent-volume-definition.ts';
import { storageClassDefinition as classes } from '../../../../src/api/kinds/storage-class/storage-class-definition.ts';
import { context, decoded, errorsOf } from '../decoded.ts';

/** Expected texts follow from pkg/apis/core/validation/validation.go and pkg/apis/storage/validation of Kubernetes 1.36. */

function volume(spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  const usual = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' } };
  return { metadata: { name: 'v', resourceVersion: '7', ...metadata }, spec: { ...usual, ...spec } };
}

function claim(spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  const usual = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  return { metadata: { name: 'c', resourceVersion: '7', ...metadata }, spec: { ...usual, ...spec } };
}

const modes = 'supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"';

describe('PersistentVolume', () => {
  it('is kept and a file system unless it says otherwise', () => {
    expect(decoded(volumes, volume())).toMatchObject({
      spec: {
        persistentVolumeReclaimPolicy: 'Retain',
        volumeMode: 'Filesystem',
        hostPath: { path: '/data', type: '' },
      },
      status: { phase: 'Pending' },
    });
  });

  it('is protected as long as it is bound', () => {
    const admitted = volumes.admitCreate?.(decoded(volumes, volume()), context());
    expect(admitted).toMatchObject({ object: { metadata: { finalizers: ['kubernetes.io/pv-protection'] } } });
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['right', volume(), []],
    [
      'empty',
      { metadata: { name: 'v' }, spec: {} },
      [
        'spec.accessModes: Required value',
        'spec.capacity: Required value',
        'spec.capacity: Unsupported value: null: supported values: "storage"',
        'spec: Required value: must specify a volume type',
      ],
    ],
    [
      'modes, capacity and policy that do not exist',
      volume({
        accessModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'X'],
        capacity: { storage: '0', cpu: '1' },
        persistentVolumeReclaimPolicy: 'Keep',
      }),
      [
        `spec.accessModes: Unsupported value: "X": ${modes}`,
        'spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes',
        'spec.capacity: Unsupported value: {"cpu":"1","storage":"0"}: supported values: "storage"',
        'spec.capacity[storage]: Invalid value: "0": must be greater than zero',
        'spec.persistentVolumeReclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Recycle", "Retain"',
      ],
    ],
    [
      'several sources',
      volume({ hostPath: { path: '../a' }, nfs: { server: 'a', path: 'b' }, local: { path: '' } }),
      [
        'spec.hostPath.path: Invalid value: "../a": must not contain \'..\'',
        'spec.nfs: Forbidden: may not specify more than 1 volume type',
        'spec.local: Forbidden: may not specify more than 1 volume type',
      ],
    ],
    [
      'a local volume anywhere',
      {
        metadata: { name: 'v' },
        spec: { capacity: { storage: '1' }, accessModes: ['ReadOnlyMany'], local: { path: '' } },
      },
      ['spec.local.path: Required value', 'spec.nodeAffinity: Required value: Local volume requires node affinity'],
    ],
    [
      'a driver without a name',
      {
        metadata: { name: 'v' },
        spec: {
          ...{ capacity: { storage: '1' }, accessModes: ['ReadOnlyMany'], volumeAttributesClassName: '' },
          csi: { driver: '', volumeHandle: '', nodePublishSecretRef: { name: 's' } },
        },
      },
      [
        'spec.csi.driver: Required value',
        'spec.csi.volumeHandle: Required value',
        'spec.csi.nodePublishSecretRef.namespace: Required value',
        'spec.volumeAttributesClassName: Required value: an empty string is disallowed',
      ],
    ],
    [
      'the recycled root',
      volume({ hostPath: { path: '/' }, persistentVolumeReclaimPolicy: 'Recycle' }),
      ["spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'"],
    ],
  ])('%s', (_, manifest, expected) => {
    expect(errorsOf(volumes, manifest)).toEqual(expected);
  });

  it('keeps its source', () => {
    const old = decoded(volumes, volume());
    const changed = decoded(volumes, volume({ hostPath: { path: '/other' } }));
    const [error] = volumes.strategy.validateUpdate(changed, old, context());
    expect(error).toMatchObject({ field: 'spec.persistentvolumesource' });
    expect(error?.body.split('\n').slice(0, 7)).toEqual([
      'Forbidden: spec.persistentvolumesource is immutable after creation',
      '@@ -2,7 +2,7 @@',
      '  "GCEPersistentDisk": null,',
      '  "AWSElasticBlockStore": null,',
      '  "HostPath": {',
      '-  "Path": "/data",',
      '+  "Path": "/other",',
    ]);
  });

  it('warns of what is not used any more', () => {
    const annotations = { 'volume.beta.kubernetes.io/mount-options': 'ro' };
    const old = decoded(volumes, volume({ persistentVolumeReclaimPolicy: 'Recycle' }, { annotations }));
    expect(volumes.strategy.warningsOnCreate?.(old)).toEqual([
      'metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31; use "mountOptions" attribute instead',
      'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
    ]);
  });
});

describe('PersistentVolumeClaim', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['right', claim(), []],
    [
      'empty',
      { metadata: { name: 'c' }, spec: {} },
      [
        'spec.accessModes: Required value: at least 1 access mode is required',
        'spec.resources[storage]: Required value',
      ],
    ],
    [
      'wrong in many ways',
      claim({
        ...{ accessModes: ['X'], resources: { requests: { storage: '-1' } }, volumeMode: 'Q' },
        dataSourceRef: { kind: '', name: 'x' },
      }),
      [
        `spec.accessModes: Unsupported value: "X": ${modes}`,
        'spec.resources[storage]: Invalid value: "-1": must be greater than zero',
        'spec.volumeMode: Unsupported value: "Q": supported values: "Block", "Filesystem"',
        'spec.dataSource.kind: Required value',
        'spec.dataSource: Invalid value: "": must be \'PersistentVolumeClaim\' when referencing the default apiGroup',
        'spec.dataSourceRef.kind: Required value',
        'spec.dataSourceRef: Invalid value: "": must be \'PersistentVolumeClaim\' when referencing the default apiGroup',
      ],
    ],
  ])('%s', (_, manifest, expected) => {
    expect(errorsOf(claims, manifest)).toEqual(expected);
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'an older source is the newer one too',
      { dataSource: { kind: 'PersistentVolumeClaim', name: 'a' } },
      {
        dataSource: { kind: 'PersistentVolumeClaim', name: 'a' },
        dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'a' },
      },
    ],
    ['a source of another kind is forgotten', { dataSource: { kind: 'Pod', name: 'a' } }, {}],
    [
      'a source elsewhere is not supported',
      {
        dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'a', namespace: 'b' },
      },
      {},
    ],
  ])('%s', (_, spec, expected) => {
    const created = claims.strategy.prepareForCreate(decoded(claims, claim(spec)), context());
    const { dataSource, dataSourceRef } = created.spec;
    expect({ ...(dataSource && { dataSource }), ...(dataSourceRef && { dataSourceRef }) }).toEqual(expected);
  });

  it.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['names its volume once', {}, { volumeName: 'v' }, []],
    ['gets a class where it had none', {}, { storageClassName: 'fast' }, []],
    ['is not made smaller', {}, { resources: { requests: { storage: '1Mi' } } }, ['spec: Forbidden']],
    ['keeps its class', { storageClassName: 'slow' }, { storageClassName: 'fast' }, ['spec: Forbidden']],
    [
      'keeps its mode',
      {},
      { volumeMode: 'Block' },
      ['spec: Forbidden', 'volumeMode: Invalid value: "Block": field is immutable'],
    ],
  ])('%s', (_, before, after, expected) => {
    const [old, changed] = [decoded(claims, claim(before)), decoded(claims, claim({ ...before, ...after }))];
    const errors = claims.strategy.validateUpdate(changed, old, context());
    expect(errors.map(({ field, body }) => `${field}: ${body.split(': spec is')[0] ?? ''}`)).toEqual(expected);
  });

  it('may be larger and no smaller than its volume once it is bound', () => {
    const status = { phase: 'Bound', capacity: { storage: '1Gi' } };
    const old = decoded(claims, { ...claim(), status });
    const sized = (storage: string): readonly string[] => {
      const changed = decoded(claims, { ...claim({ resources: { requests: { storage } } }), status });
      return claims.strategy.validateUpdate(changed, old, context()).map(({ field, body }) => `${field}: ${body}`);
    };
    expect(sized('2Gi')).toEqual([]);
    expect(sized('500Mi')).toEqual([
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ]);
  });

  it('warns of parts of a byte', () => {
    const old = decoded(claims, claim({ resources: { requests: { storage: '1500m' } } }));
    expect(claims.strategy.warningsOnCreate?.(old)).toEqual([
      'spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
    ]);
  });
});

describe('StorageClass', () => {
  const storageClass = (fields: JsonObject = {}): JsonObject => ({
    ...{ metadata: { name: 's', resourceVersion: '7' }, provisioner: 'example.com/disk' },
    ...fields,
  });

  it('deletes and binds at once unless it says otherwise', () => {
    expect(decoded(classes, storageClass())).toMatchObject({ reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['right', storageClass(), []],
    [
      'wrong in many ways',
      storageClass({ provisioner: '', reclaimPolicy: 'Keep', volumeBindingMode: 'Later', parameters: { '': 'a' } }),
      [
        'provisioner: Required value',
        'parameters: Invalid value: "": field can not be empty.',
        'reclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Recycle", "Retain"',
        'volumeBindingMode: Unsupported value: "Later": supported values: "Immediate", "WaitForFirstConsumer"',
      ],
    ],
    [
      'topologies twice',
      storageClass({
        allowedTopologies: [
          { matchLabelExpressions: [{ key: 'zone', values: ['a', 'a'] }] },
          {
            matchLabelExpressions: [
              { key: 'zone', values: ['a'] },
              { key: 'zone', values: [] },
            ],
          },
          { matchLabelExpressions: [{ key: 'zone', values: ['a'] }] },
        ],
      }),
      [
        'allowedTopologies[0].matchLabelExpressions[0].values[1]: Duplicate value: "a"',
        'allowedTopologies[1].matchLabelExpressions[1].values: Required value',
        'allowedTopologies[1].matchLabelExpressions[1].key: Duplicate value: "zone"',
        'allowedTopologies[2].matchLabelExpressions: Duplicate value: ""',
      ],
    ],
  ])('%s', (_, manifest, expected) => {
    expect(errorsOf(classes, manifest)).toEqual(expected);
  });

  it('keeps what volumes were made with', () => {
    const old = decoded(classes, storageClass());
    const changed = decoded(classes, storageClass({ provisioner: 'other', reclaimPolicy: 'Retain' }));
    const errors = classes.strategy.validateUpdate(changed, old, context());
    expect(errors.map(({ field, body }) => `${field}: ${body}`)).toEqual([
      'provisioner: Invalid value: "other": field is immutable',
      'reclaimPolicy: Invalid value: "Retain": field is immutable',
    ]);
  });
});
