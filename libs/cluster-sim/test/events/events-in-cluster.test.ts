import { describe, expect, it } from '@jest/globals';
import { resources } from '@kubedrill/kube-model';
import { createCluster, type Cluster } from '../../src/index.ts';
import { applyTo, clusterWith, deploymentManifest, podManifest } from '../cluster-fixture.ts';
import { eventLines } from './event-lines.ts';

const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n';
const inShop = podManifest('web', 'containers: [{name: c, image: "nginx:1.25"}]').replace(
  '{name: web,',
  '{name: web, namespace: shop,',
);
const mine = `
apiVersion: v1
kind: Event
metadata: {name: mine, namespace: shop}
involvedObject: {kind: Pod, name: web, namespace: shop}
reason: Mine
`;

describe('a namespace that is deleted', () => {
  it('takes its Events along', () => {
    const cluster = clusterWith(namespace);
    cluster.settle();
    applyTo(cluster, inShop + mine);
    cluster.settle();
    const before = cluster.fork();
    cluster.api.handle({ verb: 'delete', resource: resources.Namespace, namespace: '', name: 'shop' });
    cluster.settle();
    expect(cluster.view.get('Namespace', '', 'shop')).toBeUndefined();
    expect(eventLines(cluster, 'shop')).toEqual([]);
    // One of that name that comes later knows nothing of the first.
    applyTo(cluster, namespace);
    cluster.settle();
    expect(eventLines(cluster, 'shop')).toEqual([]);
    expect(eventLines(before, 'shop')).toHaveLength(6);
  });
});

function stateOf({ view }: Cluster): unknown {
  return [view.list('Pod'), view.list('EndpointSlice')].map((objects) =>
    objects.map(({ metadata: { name, uid, creationTimestamp } }) => [name, uid, creationTimestamp]),
  );
}

it('reading Events changes nothing but resource versions', () => {
  const watched = clusterWith(deploymentManifest({ replicas: 3 }));
  const unwatched = watched.fork();
  const lines = [watched, unwatched].map((cluster) => {
    const isWatched = cluster === watched;
    for (const replicas of [5, 2, 4]) {
      cluster.settle();
      if (isWatched) eventLines(cluster);
      applyTo(cluster, deploymentManifest({ replicas }));
    }
    cluster.settle();
    return eventLines(cluster);
  });
  expect(lines[0]).toEqual(lines[1]);
  expect(stateOf(watched)).toEqual(stateOf(unwatched));
});

it('Events do not count against the bound on objects, which they have for themselves', () => {
  const cluster = createCluster({ bounds: { maxObjects: 40 } });
  cluster.settle();
  const create = (name: string): boolean =>
    cluster.api.handle({
      verb: 'create',
      resource: resources.Event,
      namespace: 'default',
      body: { metadata: { name } },
    }).ok;
  const created = Array.from({ length: 41 }, (_event, index) => create(`event-${index}`));
  expect([created.indexOf(false), cluster.view.count('Event')]).toEqual([40, 40]);
  const body = { metadata: { name: 'one' } };
  expect(cluster.api.handle({ verb: 'create', resource: resources.ConfigMap, namespace: 'default', body }).ok).toBe(
    true,
  );
});
