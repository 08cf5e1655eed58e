import { describe, expect, it } from '@jest/globals';
import { parseManifests, type ManifestDocument } from '@kubedrill/kube-model';
import fc from 'fast-check';
import { createCluster, type Cluster } from '../src/index.ts';
import { deploymentManifest } from './cluster-fixture.ts';

const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: ${name}}, ports: [{port: 80}]}\n---\n`;

const shared =
  'apiVersion: v1\nkind: Service\nmetadata: {name: all}\nspec: {clusterIP: None, selector: {tier: x}}\n---\n';

const documents = parseManifests([
  {
    path: 'all.yaml',
    content:
      deploymentManifest({ name: 'a', replicas: 3 }) +
      service('a') +
      deploymentManifest({ name: 'b', replicas: 2, container: 'readinessProbe: {tcpSocket: {port: 81}}' }) +
      service('b') +
      shared +
      deploymentManifest({ name: 'c', replicas: 2, image: 'nginx:doesnotexist' }),
  },
]).documents;

const base = createCluster();
base.settle();

function settled(order: readonly ManifestDocument[]): Cluster {
  const cluster = base.fork();
  cluster.apply(order);
  expect(cluster.settle().kind).toBe('settled');
  return cluster;
}

/** The state without what chance gives: names of Pods, addresses. */
function shapeOf({ view }: Cluster): unknown {
  const counts = (name: string): unknown => {
    const subsets = view.get('Endpoints', 'default', name)?.subsets ?? [];
    const slices = view.indexed('EndpointSlice', 'service', `default/${name}`);
    return [
      subsets.map(({ addresses = [], notReadyAddresses = [] }) => [addresses.length, notReadyAddresses.length]),
      slices.map(({ endpoints }) => (endpoints ?? []).map(({ conditions }) => conditions?.ready)),
    ];
  };
  const workloads = ['a', 'b', 'c'].map((name) => {
    const { conditions = [], ...status } = view.get('Deployment', 'default', name)?.status ?? {};
    return [status, conditions.map(({ type, status: value, reason }) => [type, value, reason]).sort()];
  });
  return { services: ['a', 'b', 'all'].map(counts), workloads };
}

describe('a settled state', () => {
  it('does not depend on the order of the documents', () => {
    const expected = shapeOf(settled(documents));
    fc.assert(
      fc.property(fc.shuffledSubarray([...documents], { minLength: documents.length }), (order) => {
        expect(shapeOf(settled(order))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('is the same to the byte in two runs', () => {
    const dump = ({ view }: Cluster): string =>
      JSON.stringify([view.resourceVersion, view.list('Pod'), view.list('EndpointSlice'), view.list('ReplicaSet')]);
    expect(dump(settled(documents))).toBe(dump(settled(documents)));
  });

  it('stays when more time passes', () => {
    const cluster = settled(documents);
    const before = shapeOf(cluster);
    cluster.advance(60_000);
    expect(shapeOf(cluster)).toEqual(before);
  });
});
