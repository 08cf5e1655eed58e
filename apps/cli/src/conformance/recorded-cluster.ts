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
      address: addressOfNode(index + 1),
      podCapacity: podsPerNode,
    })),
    ...settings,
    podBehaviour: (pod) => {
      const address = addressOf?.(pod);
      return { ...recordedBehaviour(pod), ...(address === undefined ? {} : { address }) };
    },
  });
  const dns = { resource: resources.Service, namespace: 'kube-system', name: 'kube-dns' };
  send(cluster, deleteRequest(dns, 'Background'));
  const ports = [{ name: 'https', port: apiServerPort, protocol: 'TCP' }];
  const kubernetes = { namespace: 'default', name: 'kubernetes' };
  const subsets = [{ addresses: [{ ip: addressOfNode(1) }], ports }];
  // The API server keeps to the ports of its Endpoints, and its slice to them.
  send(cluster, patchRequest({ resource: resources.Endpoints, ...kubernetes }, { type: 'merge', body: { subsets } }));
  send(cluster, patchRequest({ resource: resources.EndpointSlice, ...kubernetes }, { type: 'merge', body: { ports } }));
  cluster.settle();
  return cluster;
}

function addressOfNode(number: number): string {
  return `192.168.49.${number + 1}`;
}

function send({ api }: Cluster, request: ApiRequest): void {
  const response = api.handle(request);
  if (!response.ok) throw new Error(response.status.message);
}
