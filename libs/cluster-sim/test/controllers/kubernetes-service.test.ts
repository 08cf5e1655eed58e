import { describe, expect, it } from '@jest/globals';
import { resources, type JsonObject, type Kind } from '@kubedrill/kube-model';
import { createCluster, type Cluster } from '../../src/index.ts';

const interval = 10_000;
const subsets = [{ addresses: [{ ip: '172.18.0.2' }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }];
const kubernetes = { namespace: 'default', name: 'kubernetes' };

function freshCluster(): Cluster {
  const cluster = createCluster({});
  cluster.settle();
  return cluster;
}

function remove(cluster: Cluster, kind: Kind, target = kubernetes): void {
  expect(cluster.api.handle({ verb: 'delete', resource: resources[kind], ...target }).ok).toBe(true);
}

function patch(cluster: Cluster, kind: Kind, body: JsonObject): void {
  const target = { resource: resources[kind], ...kubernetes };
  expect(cluster.api.handle({ verb: 'patch', patchType: 'merge', ...target, body }).ok).toBe(true);
}

const service = (cluster: Cluster): unknown => cluster.view.get('Service', 'default', 'kubernetes');
const endpoints = (cluster: Cluster): unknown => cluster.view.get('Endpoints', 'default', 'kubernetes');
const slice = (cluster: Cluster): unknown => cluster.view.get('EndpointSlice', 'default', 'kubernetes');

/** pkg/controlplane/controller/kubernetesservice and pkg/controlplane/reconcilers. */
describe('the Service of the API server', () => {
  it('comes back within ten seconds with the address that it had, and its Endpoints with it', () => {
    const cluster = freshCluster();
    remove(cluster, 'Service');
    expect(service(cluster)).toBeUndefined();
    expect(endpoints(cluster)).toBeUndefined();
    cluster.advance(interval);
    expect(service(cluster)).toMatchObject({
      metadata: { labels: { component: 'apiserver', provider: 'kubernetes' } },
      spec: { type: 'ClusterIP', clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: 6443 }] },
    });
    expect(endpoints(cluster)).toMatchObject({ subsets });
  });

  it('stays as somebody made it', () => {
    const cluster = freshCluster();
    patch(cluster, 'Service', { spec: { ports: [{ port: 80 }] } });
    cluster.advance(interval);
    expect(service(cluster)).toMatchObject({ spec: { ports: [{ port: 80, targetPort: 80 }] } });
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'another address',
      { subsets: [{ addresses: [{ ip: '10.1.2.3' }] }] },
      { subsets: [{ addresses: [{ ip: '172.18.0.2' }] }] },
    ],
    ['no subset', { subsets: null }, { subsets }],
    [
      'no mark against mirroring',
      { metadata: { labels: null } },
      { metadata: { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } }, subsets },
    ],
  ])('has its Endpoints put right: %s', (_what, body, expected) => {
    const cluster = freshCluster();
    patch(cluster, 'Endpoints', body);
    cluster.advance(interval);
    expect(endpoints(cluster)).toMatchObject(expected);
  });

  it('has the ports that somebody gave its Endpoints, in its slice too', () => {
    const cluster = freshCluster();
    const ports = [{ name: 'https', port: 6444, protocol: 'TCP' }];
    patch(cluster, 'Endpoints', { subsets: [{ addresses: [{ ip: '172.18.0.2' }], ports }] });
    cluster.advance(interval);
    expect(endpoints(cluster)).toMatchObject({ subsets: [{ ports }] });
    expect(slice(cluster)).toMatchObject({ ports });
  });

  it('has its slice made again', () => {
    const cluster = freshCluster();
    const before = slice(cluster) as JsonObject;
    remove(cluster, 'EndpointSlice');
    cluster.advance(interval);
    const { endpoints: listed, ports, addressType } = slice(cluster) as JsonObject;
    expect({ listed, ports, addressType }).toEqual({
      listed: before['endpoints'],
      ports: before['ports'],
      addressType: 'IPv4',
    });
  });
});

it('the Service of the cluster DNS is nobody’s: it stays away', () => {
  const cluster = freshCluster();
  remove(cluster, 'Service', { namespace: 'kube-system', name: 'kube-dns' });
  cluster.advance(60_000);
  expect(cluster.view.get('Service', 'kube-system', 'kube-dns')).toBeUndefined();
});
