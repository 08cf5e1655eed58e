import { describe, expect, it } from '@jest/globals';
import { parseManifests, resources, type Endpoint } from '@kubedrill/kube-model';
import { createCluster, type Cluster } from '../../../src/index.ts';

const manifests = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: ready, labels: {app: web}}
spec: {nodeName: zoned, containers: [{name: web, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: zoneless, labels: {app: web}}
spec: {nodeName: plain, containers: [{name: web, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: unready, labels: {app: web}}
spec:
  nodeName: zoned
  containers: [{name: web, image: nginx, readinessProbe: {tcpSocket: {port: 81}}}]
`;

function createWeb(): Cluster {
  const nodes = [
    { name: 'zoned', address: '172.18.0.2', labels: { 'topology.kubernetes.io/zone': 'a' } },
    { name: 'plain', address: '172.18.0.3' },
  ];
  const cluster = createCluster({ nodes });
  cluster.apply(parseManifests([{ path: 'web.yaml', content: manifests }]).documents);
  cluster.settle();
  return cluster;
}

function distribute(cluster: Cluster, trafficDistribution: string | null): void {
  const target = { resource: resources.Service, namespace: 'default', name: 'web' };
  cluster.api.handle({ ...target, verb: 'patch', patchType: 'merge', body: { spec: { trafficDistribution } } });
  cluster.settle();
}

function hints(cluster: Cluster): Readonly<Record<string, Endpoint['hints']>> {
  const endpoints = cluster.view
    .indexed('EndpointSlice', 'service', 'default/web')
    .flatMap((slice) => slice.endpoints ?? []);
  return Object.fromEntries(endpoints.map((endpoint) => [endpoint.targetRef?.name ?? '', endpoint.hints]));
}

const inZone = { forZones: [{ name: 'a' }] };
const none = { ready: undefined, zoneless: undefined, unready: undefined };

/** Service.spec.trafficDistribution -> hints by Pod; the Pod that is not ready never gets one. */
const distributions = [
  { value: 'PreferClose', expected: { ...none, ready: inZone } },
  { value: 'PreferSameZone', expected: { ...none, ready: inZone } },
  {
    value: 'PreferSameNode',
    expected: {
      ready: { ...inZone, forNodes: [{ name: 'zoned' }] },
      zoneless: { forNodes: [{ name: 'plain' }] },
      unready: undefined,
    },
  },
];

describe('trafficDistribution', () => {
  it('gives no hints where it is absent', () => {
    expect(hints(createWeb())).toEqual(none);
  });

  it.each(distributions)(
    '$value gives hints to slices that are there already, and takes them back',
    ({ value, expected }) => {
      const cluster = createWeb();
      distribute(cluster, value);
      expect(hints(cluster)).toEqual(expected);
      distribute(cluster, null);
      expect(hints(cluster)).toEqual(none);
    },
  );
});
