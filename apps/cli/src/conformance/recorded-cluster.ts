import { createCluster, type ApiRequest, type Cluster, type ClusterSettings } from '@kubedrill/cluster-sim';
import { resources, type Pod } from '@kubedrill/kube-model';
import { deleteRequest, patchRequest } from './change-request.ts';
import { recordedBehaviour } from './recorded-kubelet.ts';

type RecordedClusterSettings = Omit<ClusterSettings, 'nodes' | 'podBehaviour'> & {
  readonly nodes: number;
  /** Where the API server listens; default 26443. */
  readonly apiServerPort?: number;
  /** The address that a recorded Pod had; undefined: the next free one. */
  readonly addressOf?: (pod: Pod) => string | undefined;
};

const podsPerNode = 250;
const usualPort = 26_443;

/** The cluster that the recordings were made in: nodes on 192.168.49.0/24, the minimal kubelet, no cluster DNS. */
export function createRecordedCluster({
  nodes,
  addressOf,
  apiServerPort = usualPort,
  ...settings
}: RecordedClusterSettings): Cluster {
  const cluster = createCluster({
    nodes: Array.from({ length: nodes }, (_, index) => ({
      name: `node-${index + 1}`,
      address: `192.168.49.${index + 2}`,
      podCapacity: podsPerNode,
    })),
    ...settings,
    podBehaviour: (pod) => {
      const address = addressOf?.(pod);
      return { ...recordedBehaviour(pod), ...(address === undefined ? {} : { address }) };
    },
  });
  const dns = { resource: resources.Service, namespace: 'kube-system', name: 'kube-dns' };
  const apiServerSlice = { resource: resources.EndpointSlice, namespace: 'default', name: 'kubernetes' };
  send(cluster, deleteRequest(dns, 'Background'));
  const ports = [{ name: 'https', port: apiServerPort, protocol: 'TCP' }];
  send(cluster, patchRequest(apiServerSlice, { type: 'merge', body: { ports } }));
  cluster.settle();
  return cluster;
}

function send({ api }: Cluster, request: ApiRequest): void {
  const response = api.handle(request);
  if (!response.ok) throw new Error(response.status.message);
}
