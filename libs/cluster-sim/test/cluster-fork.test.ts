import { describe, expect, it } from '@jest/globals';
import { parseManifests } from '@kubedrill/kube-model';
import { createCluster, type Cluster, type ClusterSettings } from '../src/index.ts';

const manifests = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;

function settledCluster(settings: ClusterSettings = {}): Cluster {
  const cluster = createCluster(settings);
  cluster.apply(parseManifests([{ path: 'web.yaml', content: manifests }]).documents);
  cluster.settle();
  return cluster;
}

/** Which Pods answer the next connections. */
function draws(cluster: Cluster, count = 12): string {
  const host = cluster.view.get('Service', 'default', 'web')?.spec.clusterIP ?? '';
  const drawn = Array.from({ length: count }, () => {
    const { outcome } = cluster.connect({ from: { kind: 'node', name: 'node-1' }, host, port: 80, protocol: 'TCP' });
    return outcome.kind === 'delivered' ? outcome.server.name : outcome.kind;
  });
  return drawn.join(' ');
}

describe('a fork', () => {
  const original = settledCluster();

  it('draws as the original would', () => {
    expect(draws(original.fork())).toBe(draws(original.fork()));
  });

  it('draws differently with a seed, and always the same with the same seed', () => {
    expect(draws(original.fork(7))).toBe(draws(original.fork(7)));
    expect(new Set([undefined, 1, 2, 3].map((seed) => draws(original.fork(seed)))).size).toBe(4);
  });
});

describe('dictated behaviour', () => {
  it('lists the conditions of a Pod in its order', () => {
    const conditionOrder = ['PodScheduled', 'Ready', 'Initialized'];
    const cluster = settledCluster({ podBehaviour: () => ({ conditionOrder, container: () => undefined }) });
    const [pod] = cluster.view.list('Pod', 'default');
    expect(pod?.status.conditions?.map(({ type }) => type)).toEqual([
      ...conditionOrder,
      'PodReadyToStartContainers',
      'ContainersReady',
    ]);
  });

  it('gives a Pod its address, unless it is in the network of its node', () => {
    const cluster = settledCluster({ podBehaviour: () => ({ address: '10.244.9.9', container: () => undefined }) });
    const hostPod = `
apiVersion: v1
kind: Pod
metadata: {name: host}
spec: {hostNetwork: true, nodeName: node-2, containers: [{name: web, image: nginx}]}
`;
    cluster.apply(parseManifests([{ path: 'host.yaml', content: hostPod }]).documents);
    cluster.settle();
    const addresses = cluster.view.list('Pod', 'default').map(({ status }) => status.podIP);
    const nodeAddress = cluster.options.nodes.find(({ name }) => name === 'node-2')?.address;
    expect(addresses).toEqual(['10.244.9.9', '10.244.9.9', '10.244.9.9', nodeAddress]);
  });
});
