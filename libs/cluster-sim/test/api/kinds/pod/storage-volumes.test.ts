import { expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { podDefinition } from '../../../../src/api/kinds/pod/pod-definition.ts';
import { errorsOf } from '../decoded.ts';

/** From the functions for volume sources in pkg/apis/core/validation/validation.go; what each of them says below spec.volumes[0]. */
it.each<[string, JsonObject, readonly string[]]>([
  [
    'a disk of a cloud, under another name',
    { gcePersistentDisk: { pdName: '', partition: 256 } },
    [
      'persistentDisk.pdName: Required value',
      'persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive',
    ],
  ],
  ['a block store', { awsElasticBlockStore: { volumeID: 'v', partition: 0 } }, []],
  [
    'a target without its initiator',
    { iscsi: { targetPortal: '', iqn: 'iqn.2001-4.com', lun: 300, chapAuthSession: true, initiatorName: 'x' } },
    [
      'iscsi.targetPortal: Required value',
      'iscsi.iqn: Invalid value: "iqn.2001-4.com": must be valid format',
      'iscsi.lun: Invalid value: 300: must be between 0 and 255, inclusive',
      'iscsi.secretRef: Required value',
      'iscsi.initiatorname: Invalid value: "x": must be valid format starting with iqn, eui, or naa',
    ],
  ],
  ['a right target', { iscsi: { targetPortal: 'a:1', iqn: 'iqn.2001-04.com.example:disk', lun: 0 } }, []],
  ['glusterfs', { glusterfs: {} }, ['glusterfs.endpoints: Required value', 'glusterfs.path: Required value']],
  ['flocker', { flocker: {} }, ['flocker: Required value: one of datasetName and datasetUUID is required']],
  ['rbd', { rbd: { monitors: [] } }, ['rbd.monitors: Required value', 'rbd.image: Required value']],
  [
    'cinder',
    { cinder: { secretRef: {} } },
    ['cinder.volumeID: Required value', 'cinder.secretRef.name: Required value'],
  ],
  [
    'quobyte',
    { quobyte: { registry: 'a:1,b', volume: '' } },
    [
      'quobyte.registry: Invalid value: "a:1,b": must be a host:port pair or multiple pairs separated by commas',
      'quobyte.volume: Required value',
    ],
  ],
  [
    'fibre channel both ways',
    { fc: { targetWWNs: ['a'], wwids: ['b'] } },
    [
      'fc.targetWWNs: Invalid value: ["a"]: targetWWNs and wwids can not be specified simultaneously',
      'fc.lun: Required value: lun is required if targetWWNs is specified',
    ],
  ],
  [
    'an option of Kubernetes itself',
    { flexVolume: { driver: 'd', options: { 'K8s.io/x': 'y' } } },
    ['flexVolume.options[K8s.io/x]: Invalid value: "K8s.io/x": kubernetes.io and k8s.io namespaces are reserved'],
  ],
  [
    'azure',
    { azureDisk: { diskName: 'd', diskURI: 'x', kind: 'Managed', cachingMode: 'All' } },
    [
      'azureDisk.cachingMode: Unsupported value: "All": supported values: "None", "ReadOnly", "ReadWrite"',
      'azureDisk.diskURI: Unsupported value: "x": supported values: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"',
    ],
  ],
  [
    'two sources, the second one misspelt',
    { emptyDir: { sizeLimit: '-1' }, cephfs: { monitors: [] } },
    [
      'emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity',
      'cephFS: Forbidden: may not specify more than 1 volume type',
    ],
  ],
])('%s', (_what, source, expected) => {
  const spec = { containers: [{ name: 'c', image: 'nginx' }], volumes: [{ name: 'v', ...source }] };
  const errors = errorsOf(podDefinition, { metadata: { name: 'p' }, spec });
  expect(errors.map((text) => text.replace('spec.volumes[0].', ''))).toEqual(expected);
});
