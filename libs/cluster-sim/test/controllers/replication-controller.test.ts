import { describe, expect, it } from '@jest/globals';
import { resources } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith, isReady } from '../cluster-fixture.ts';

function controllerManifest(replicas: number): string {
  return `
apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec:
  replicas: ${replicas}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: "nginx:1.25"}]}
---
`;
}

function running(replicas: number): Cluster {
  const cluster = clusterWith(controllerManifest(replicas));
  cluster.settle();
  return cluster;
}

describe('a ReplicationController', () => {
  it('keeps its Pods, and counts them without those that end', () => {
    const cluster = running(2);
    const pods = cluster.view.list('Pod', 'default');
    expect(pods.map((pod) => [isReady(pod), pod.metadata.ownerReferences?.[0]])).toEqual(
      pods.map(() => [
        true,
        expect.objectContaining({ apiVersion: 'v1', kind: 'ReplicationController', name: 'web', controller: true }),
      ]),
    );
    expect(cluster.view.get('ReplicationController', 'default', 'web')?.status).toEqual({
      replicas: 2,
      fullyLabeledReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      observedGeneration: 1,
    });
  });

  it('is scaled', () => {
    const cluster = running(3);
    const scaled = cluster.api.handle({
      verb: 'patch',
      patchType: 'merge',
      resource: resources.ReplicationController,
      subresource: 'scale',
      namespace: 'default',
      name: 'web',
      body: { spec: { replicas: 1 } },
    });
    expect(scaled).toMatchObject({ ok: true, object: { kind: 'Scale', status: { replicas: 3, selector: 'app=web' } } });
    cluster.settle();
    expect(cluster.view.list('Pod', 'default')).toHaveLength(1);
  });

  it('adopts what its selector fits', () => {
    const cluster = clusterWith(`
apiVersion: v1
kind: Pod
metadata: {name: alone, labels: {app: web}}
spec: {containers: [{name: c, image: "nginx:1.25"}]}
---
`);
    cluster.settle();
    applyTo(cluster, controllerManifest(1));
    cluster.settle();
    expect(cluster.view.list('Pod', 'default').map(({ metadata }) => metadata.name)).toEqual(['alone']);
  });

  // registry/core/replicationcontroller/strategy.go DefaultGarbageCollectionPolicy.
  it.each([
    [undefined, 2],
    ['Background', 0],
  ] as const)('deleted with propagation %s leaves %d Pods', (propagation, left) => {
    const cluster = running(2);
    const deleted = cluster.api.handle({
      verb: 'delete',
      resource: resources.ReplicationController,
      namespace: 'default',
      name: 'web',
      ...(propagation && { propagation }),
    });
    expect(deleted.ok).toBe(true);
    cluster.settle();
    expect(cluster.view.list('Pod', 'default')).toHaveLength(left);
  });
});
