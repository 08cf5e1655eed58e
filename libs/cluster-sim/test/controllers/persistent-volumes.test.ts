import { describe, expect, it } from '@jest/globals';
import { resources, type JsonObject } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith } from '../cluster-fixture.ts';
import { eventLines } from '../events/event-lines.ts';

function volume(name: string, size: string, spec = ''): string {
  return `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec: {capacity: {storage: ${size}}, accessModes: [ReadWriteOnce], hostPath: {path: /data}${spec && `, ${spec}`}}
---
`;
}

function claim(name: string, size: string, spec = ''): string {
  return `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: ${size}}}${spec && `, ${spec}`}}
---
`;
}

function pod(name: string, claimName: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec: {containers: [{name: c, image: "nginx:1.25"}], volumes: [{name: v, persistentVolumeClaim: {claimName: ${claimName}}}]}
---
`;
}

function storageClass(name: string, fields: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ${name}}
${fields}
---
`;
}

function settled(manifests: string): Cluster {
  const cluster = clusterWith(manifests);
  expect(cluster.settle().kind).toBe('settled');
  return cluster;
}

function remove(cluster: Cluster, kind: 'PersistentVolume' | 'PersistentVolumeClaim' | 'Pod', name: string): void {
  const namespace = kind === 'PersistentVolume' ? '' : 'default';
  const deleted = cluster.api.handle({ verb: 'delete', resource: resources[kind], namespace, name });
  expect(deleted.ok).toBe(true);
  cluster.settle();
}

/** "claim phase volume" and "volume phase claim". */
function bindings({ view }: Cluster): readonly string[] {
  return [
    ...view
      .list('PersistentVolumeClaim', 'default')
      .map(({ metadata, spec, status }) => `${metadata.name} ${status.phase} ${spec.volumeName ?? '-'}`),
    ...view
      .list('PersistentVolume')
      .map(({ metadata, spec, status }) => `${metadata.name} ${status.phase} ${spec.claimRef?.name ?? '-'}`),
  ];
}

function scheduling({ view }: Cluster, name: string): string | undefined {
  const { spec, status } = view.get('Pod', 'default', name) ?? { spec: undefined, status: undefined };
  return spec?.nodeName ?? status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
}

/** Expected from pkg/controller/volume and pkg/scheduler/framework/plugins/volumebinding of Kubernetes 1.36. */
describe('claims and volumes', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'the smallest volume that suffices',
      volume('large', '9Gi') + volume('fit', '2Gi') + volume('small', '1Gi') + claim('c', '2Gi'),
      ['c Bound fit', 'fit Bound c', 'large Available -', 'small Available -'],
    ],
    ['a claim that comes first', claim('c', '1Gi') + volume('v', '1Gi'), ['c Bound v', 'v Bound c']],
    [
      'of its class only',
      volume('v', '1Gi', 'storageClassName: other') + claim('c', '1Gi'),
      ['c Pending -', 'v Available -'],
    ],
    [
      'the volume that it names',
      volume('a', '1Gi') + volume('b', '5Gi') + claim('c', '1Gi', 'volumeName: b'),
      ['a Available -', 'b Bound c', 'c Bound b'],
    ],
    [
      'the volume that names it',
      volume('a', '1Gi') + volume('b', '5Gi', 'claimRef: {namespace: default, name: c}') + claim('c', '1Gi'),
      ['a Available -', 'b Bound c', 'c Bound b'],
    ],
    [
      'selected by labels, of which there are none',
      volume('v', '1Gi') + claim('c', '1Gi', 'selector: {matchLabels: {a: b}}'),
      ['c Pending -', 'v Available -'],
    ],
    [
      'a class that is the default for what says nothing',
      `${storageClass('std', 'provisioner: example.com/disk').replace('metadata: {name: std}', 'metadata: {name: std, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}')}${volume('v', '1Gi', 'storageClassName: std')}${claim('c', '1Gi')}`,
      ['c Bound v', 'v Bound c'],
    ],
  ])('%s', (_, manifests, expected) => {
    expect(bindings(settled(manifests)).toSorted()).toEqual(expected);
  });

  it.each<[string, string, string]>([
    [
      'no class',
      claim('c', '1Gi'),
      'Normal FailedBinding PersistentVolumeClaim/c persistentvolume-controller: no persistent volumes available for this claim and no storage class is set',
    ],
    [
      'a class that is not there',
      claim('c', '1Gi', 'storageClassName: fast'),
      'Warning ProvisioningFailed PersistentVolumeClaim/c persistentvolume-controller: storageclass.storage.k8s.io "fast" not found',
    ],
    [
      'nobody who provisions',
      storageClass('fast', 'provisioner: example.com/disk') + claim('c', '1Gi', 'storageClassName: fast'),
      "Normal ExternalProvisioning PersistentVolumeClaim/c persistentvolume-controller: Waiting for a volume to be created either by the external provisioner 'example.com/disk' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
    ],
    [
      'volumes made by hand, none of which is there',
      storageClass('hand', 'provisioner: kubernetes.io/no-provisioner') + claim('c', '1Gi', 'storageClassName: hand'),
      'Warning ProvisioningFailed PersistentVolumeClaim/c persistentvolume-controller: no volume plugin matched name: kubernetes.io/no-provisioner',
    ],
    [
      'a class that waits',
      storageClass('late', 'provisioner: a.b/c\nvolumeBindingMode: WaitForFirstConsumer') +
        claim('c', '1Gi', 'storageClassName: late'),
      'Normal WaitForFirstConsumer PersistentVolumeClaim/c persistentvolume-controller: waiting for first consumer to be created before binding',
    ],
    [
      'a volume that is too small',
      volume('v', '1Gi') + claim('c', '2Gi', 'volumeName: v'),
      'Warning VolumeMismatch PersistentVolumeClaim/c persistentvolume-controller: Cannot bind to requested volume "v": requested PV is too small',
    ],
  ])('says why a claim waits: %s', (_, manifests, expected) => {
    const cluster = settled(manifests);
    cluster.advance(40_000);
    expect(eventLines(cluster)).toEqual([expected]);
    expect(cluster.view.list('Event', 'default')[0]?.count).toBe(3);
  });

  it('is protected while a Pod on a node uses it, and its volume is released then', () => {
    const cluster = settled(volume('v', '1Gi') + claim('c', '1Gi') + pod('p', 'c'));
    remove(cluster, 'PersistentVolumeClaim', 'c');
    remove(cluster, 'PersistentVolume', 'v');
    expect(bindings(cluster)).toEqual(['c Bound v', 'v Bound c']);
    remove(cluster, 'Pod', 'p');
    cluster.settle();
    expect(bindings(cluster)).toEqual([]);
  });

  it.each<[string, string, string, readonly string[]]>([
    ['Retain', '/data', 'Released', []],
    [
      'Delete',
      '/data',
      'Failed',
      [
        'Warning VolumeFailedDelete PersistentVolume/v persistentvolume-controller: host_path deleter only supports /tmp/.+ but received provided /data',
      ],
    ],
    ['Delete', '/tmp/a', 'gone', []],
  ])('reclaimed by %s of %s', (policy, path, expected, events) => {
    const manifest = volume('v', '1Gi', `persistentVolumeReclaimPolicy: ${policy}`).replace('/data', path);
    const cluster = settled(manifest + claim('c', '1Gi'));
    remove(cluster, 'PersistentVolumeClaim', 'c');
    expect(cluster.view.get('PersistentVolume', '', 'v')?.status.phase ?? 'gone').toBe(expected);
    expect(eventLines(cluster)).toEqual(events);
  });

  it('is lost with its volume', () => {
    const cluster = settled(volume('v', '1Gi') + claim('c', '1Gi'));
    const body: JsonObject = { metadata: { finalizers: null } };
    const target = { resource: resources.PersistentVolume, namespace: '', name: 'v' };
    cluster.api.handle({ verb: 'patch', patchType: 'merge', ...target, body });
    remove(cluster, 'PersistentVolume', 'v');
    expect(bindings(cluster)).toEqual(['c Lost v']);
  });
});

const noPreemption =
  'no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
const onNode2 =
  'nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [node-2]}]}]}}';

describe('a Pod with claims', () => {
  it.each<[string, string, string]>([
    ['none', '', `0/3 nodes are available: persistentvolumeclaim "c" not found. ${noPreemption}`],
    [
      'one that is not bound',
      claim('c', '1Gi'),
      `0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. ${noPreemption}`,
    ],
    ['a volume on a node', volume('v', '1Gi', onNode2) + claim('c', '1Gi'), 'node-2'],
    [
      'a class that waits for the Pod',
      storageClass('late', 'provisioner: kubernetes.io/no-provisioner\nvolumeBindingMode: WaitForFirstConsumer') +
        volume('v', '1Gi', `storageClassName: late, ${onNode2}`) +
        claim('c', '1Gi', 'storageClassName: late'),
      'node-2',
    ],
    [
      'a class that waits, and no volume',
      storageClass('late', 'provisioner: kubernetes.io/no-provisioner\nvolumeBindingMode: WaitForFirstConsumer') +
        claim('c', '1Gi', 'storageClassName: late'),
      `0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind. ${noPreemption}`,
    ],
    [
      'a volume on a node that is not there',
      volume('v', '1Gi', onNode2.replace('node-2', 'node-9')) + claim('c', '1Gi'),
      `0/3 nodes are available: 3 node(s) didn't match PersistentVolume's node affinity. ${noPreemption}`,
    ],
  ])('%s', (_, manifests, expected) => {
    expect(scheduling(settled(manifests + pod('p', 'c')), 'p')).toBe(expected);
  });

  it('goes to a node as soon as they are bound', () => {
    const cluster = settled(claim('c', '1Gi') + pod('p', 'c'));
    applyTo(cluster, volume('v', '1Gi'));
    cluster.settle();
    expect(scheduling(cluster, 'p')).toMatch(/^node-\d$/);
  });
});

function statefulSet(replicas: number, policy = ''): string {
  return `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: ${replicas}
  serviceName: db
  selector: {matchLabels: {app: db}}
  ${policy && `persistentVolumeClaimRetentionPolicy: {${policy}}`}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: "nginx:1.25", volumeMounts: [{name: data, mountPath: /data}]}]}
  volumeClaimTemplates:
  - metadata: {name: data, labels: {of: db}}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
`;
}

function claimNames({ view }: Cluster): readonly string[] {
  return view.list('PersistentVolumeClaim', 'default').map(({ metadata }) => metadata.name);
}

describe('claims of a StatefulSet', () => {
  const volumes = volume('a', '1Gi') + volume('b', '1Gi');

  it('are made before their Pods', () => {
    const cluster = settled(volumes + statefulSet(2));
    expect(claimNames(cluster)).toEqual(['data-db-0', 'data-db-1']);
    const { metadata } = cluster.view.get('PersistentVolumeClaim', 'default', 'data-db-0') ?? {};
    expect(metadata?.labels).toEqual({ of: 'db', app: 'db' });
    expect(metadata?.ownerReferences).toBeUndefined();
    expect(eventLines(cluster).filter((line) => line.includes('statefulset-controller'))).toEqual([
      'Normal SuccessfulCreate StatefulSet/db statefulset-controller: Create Claim data-db-0 Pod db-0 in StatefulSet db success',
      'Normal SuccessfulCreate StatefulSet/db statefulset-controller: Create Pod db-0 in StatefulSet db successful',
      'Normal SuccessfulCreate StatefulSet/db statefulset-controller: Create Claim data-db-1 Pod db-1 in StatefulSet db success',
      'Normal SuccessfulCreate StatefulSet/db statefulset-controller: Create Pod db-1 in StatefulSet db successful',
    ]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['', ['data-db-0', 'data-db-1'], ['data-db-0', 'data-db-1']],
    ['whenScaled: Delete', ['data-db-0'], ['data-db-0']],
    ['whenDeleted: Delete', ['data-db-0', 'data-db-1'], []],
    ['whenScaled: Delete, whenDeleted: Delete', ['data-db-0'], []],
  ])('stay or go by policy: %s', (policy, scaled, deleted) => {
    const cluster = settled(volumes + statefulSet(2, policy));
    applyTo(cluster, statefulSet(1, policy));
    cluster.settle();
    expect(claimNames(cluster)).toEqual(scaled);
    const target = { resource: resources.StatefulSet, namespace: 'default', name: 'db' };
    cluster.api.handle({ verb: 'delete', ...target, propagation: 'Background' });
    cluster.settle();
    expect(claimNames(cluster)).toEqual(deleted);
  });
});

describe('bounds of claims', () => {
  it('of a range', () => {
    const cluster = clusterWith(`
apiVersion: v1
kind: LimitRange
metadata: {name: r}
spec: {limits: [{type: PersistentVolumeClaim, min: {storage: 1Gi}, max: {storage: 2Gi}}]}
`);
    expect(() => {
      applyTo(cluster, claim('small', '1Mi'));
    }).toThrow(
      'persistentvolumeclaims "small" is forbidden: minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 1Mi',
    );
    expect(() => {
      applyTo(cluster, claim('large', '3Gi'));
    }).toThrow(
      'persistentvolumeclaims "large" is forbidden: maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi',
    );
  });

  it('of a quota', () => {
    const cluster = clusterWith(`
apiVersion: v1
kind: ResourceQuota
metadata: {name: q}
spec: {hard: {persistentvolumeclaims: "2", requests.storage: 3Gi, gold.storageclass.storage.k8s.io/requests.storage: 1Gi}}
`);
    cluster.settle();
    applyTo(cluster, claim('a', '1Gi'));
    expect(() => {
      applyTo(cluster, claim('b', '3Gi'));
    }).toThrow(
      'exceeded quota: q, requested: requests.storage=3Gi, used: requests.storage=1Gi, limited: requests.storage=3Gi',
    );
    expect(() => {
      applyTo(cluster, claim('b', '2Gi', 'storageClassName: gold'));
    }).toThrow(
      'exceeded quota: q, requested: gold.storageclass.storage.k8s.io/requests.storage=2Gi, used: gold.storageclass.storage.k8s.io/requests.storage=0, limited: gold.storageclass.storage.k8s.io/requests.storage=1Gi',
    );
  });

  it('of a volume', () => {
    const cluster = settled(volume('v', '1Gi') + claim('c', '1Gi') + claim('d', '9Gi'));
    expect(() => {
      applyTo(cluster, claim('c', '2Gi'));
    }).toThrow(
      'persistentvolumeclaims "c" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    );
  });
});
