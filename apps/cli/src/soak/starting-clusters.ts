import { createCluster, proxyModes, type Cluster, type ClusterBounds, type ProxyMode } from '@kubedrill/cluster-sim';
import { parseManifests } from '@kubedrill/kube-model';

/** Small, so that a manifest that asks for everything is refused early. */
const bounds: Partial<ClusterBounds> = { maxObjects: 1_500, maxPods: 60, maxReconciliationsPerSettle: 50_000 };

const inhabitants = `
apiVersion: v1
kind: Namespace
metadata: { name: team }
---
apiVersion: v1
kind: Pod
metadata: { name: client, labels: { app: client } }
spec: { containers: [{ name: c, image: nicolaka/netshoot, command: [sleep, infinity] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: box, labels: { app: box } }
spec: { containers: [{ name: c, image: 'busybox:1.36', command: [sleep, infinity] }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  replicas: 2
  serviceName: web
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: c0, image: nginx, ports: [{ containerPort: 80, name: http0 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: http0, nodePort: 30001 }] }
`;

/** A settled cluster of each proxy mode, with somebody in it; whoever needs one forks it. */
export function startingClusters(): ReadonlyMap<ProxyMode, Cluster> {
  return new Map(proxyModes.map((proxyMode) => [proxyMode, startingCluster(proxyMode)]));
}

function startingCluster(proxyMode: ProxyMode): Cluster {
  const cluster = createCluster({
    proxyMode,
    bounds,
    loadBalancer: { kind: 'cloud', range: '203.0.113.0/24' },
    externalHosts: [{ name: 'internet', address: '192.0.2.80', listens: [{ port: 80, protocol: 'TCP' }] }],
  });
  cluster.settle();
  const { documents } = parseManifests([{ path: 'inhabitants.yaml', content: inhabitants }]);
  for (const { response, printed } of cluster.apply(documents)) if (!response.ok) throw new Error(printed);
  cluster.settle();
  return cluster;
}
