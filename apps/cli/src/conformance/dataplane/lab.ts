import type { Cluster } from '@kubedrill/cluster-sim';
import type { Pod } from '@kubedrill/kube-model';
import { createRecordedCluster } from '../recorded-cluster.ts';
import { recordedProcess } from '../recorded-kubelet.ts';
import type { DataplaneCase } from './case-file.ts';
import { RecordedPods } from './recorded-pods.ts';
import { ServiceAddresses } from './service-addresses.ts';

/** One case's surroundings while it is replayed. */
export interface Lab {
  /** Where the recording drew by chance, this is the copy of the cluster in which the same was drawn. */
  cluster: Cluster;
  readonly pods: RecordedPods;
  readonly services: ServiceAddresses;
  /** Connections that the case keeps open: its name -> the data plane's number. */
  readonly connections: Map<string, number>;
}

/** Nothing in a case is later than its next step, apart from a lingering Pod. */
const quiet = 1_000;

const loadBalancerRange = '203.0.113.0/24';

/** The network of the recordings' FORMAT.md. */
export function createLab({ nodes, proxyMode, egressMasquerade }: DataplaneCase): Lab {
  const pods = new RecordedPods();
  const cluster = createRecordedCluster({
    nodes,
    proxyMode,
    processOverride: recordedProcess,
    addressOf: (pod: Pod) => pods.addressOf(pod),
    externalHosts: [
      { name: 'external', address: '192.168.49.100', defaultRoute: false, listens: [{ port: 7000, protocol: 'TCP' }] },
      { name: 'external-2', address: '192.168.49.101' },
      {
        name: 'db',
        address: '192.168.1.100',
        listens: [
          { port: 5432, protocol: 'TCP' },
          { port: 80, protocol: 'TCP' },
          { port: 5353, protocol: 'UDP' },
        ],
      },
    ],
    network: {
      egressMasquerade,
      hostPorts: false,
      routes: ['external', 'external-2'].map((on) => ({ on, destination: loadBalancerRange, via: 'node-1' })),
    },
  });
  return { cluster, pods, services: new ServiceAddresses(), connections: new Map() };
}

export function settleLab({ cluster }: Lab): void {
  const report = cluster.settle(quiet);
  if (report.kind === 'limited') throw new Error(`the cluster does not settle: ${report.bound} is exceeded`);
}
