import type { Endpoint, EndpointSlice, Pod, Service, ServiceSpec } from '@kubedrill/kube-model';
import type { ClusterOptions } from '../../src/cluster.ts';
import { createRandom } from '../../src/engine/random.ts';
import { createDataPlane } from '../../src/network/create-data-plane.ts';
import { Machines } from '../../src/kubelet/machines.ts';
import type { DataPlane, DataPlaneSources } from '../../src/network/data-plane.ts';
import type { Outcome, Probe, VantagePoint } from '../../src/network/flow.ts';
import type { ContainerListener } from '../../src/network/process-table.ts';
import { ObjectStore } from '../../src/store/object-store.ts';

function meta(name: string, labels?: Record<string, string>) {
  return {
    name,
    namespace: 'default',
    uid: name,
    resourceVersion: '',
    creationTimestamp: '',
    ...(labels ? { labels } : {}),
  };
}

export function pod(name: string, node: string, address: string, spec: Partial<Pod['spec']> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name),
    spec: { containers: [{ name: 'main', image: 'nginx' }], nodeName: node, ...spec },
    status: { phase: 'Running', podIP: address, podIPs: [{ ip: address }] },
  };
}

export function service(name: string, spec: Partial<ServiceSpec> & Pick<ServiceSpec, 'clusterIP'>): Service {
  const status = { loadBalancer: {} };
  const ports = [{ port: 80, targetPort: 8080, protocol: 'TCP' as const }];
  const { clusterIP } = spec;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta(name),
    spec: {
      type: 'ClusterIP',
      clusterIPs: clusterIP ? [clusterIP] : undefined,
      ports,
      selector: { app: name },
      ...spec,
    },
    status,
  };
}

export function slice(owner: string, endpoints: readonly Endpoint[], port: Partial<EndpointSlice> = {}): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: meta(`${owner}-x`, { 'kubernetes.io/service-name': owner }),
    addressType: 'IPv4',
    endpoints,
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    ...port,
  };
}

export function endpoint(target: Pod, conditions: Endpoint['conditions'] = { ready: true }): Endpoint {
  const reference = { kind: 'Pod', namespace: 'default', name: target.metadata.name };
  return { addresses: [target.status.podIP ?? ''], conditions, nodeName: target.spec.nodeName, targetRef: reference };
}

export const options: ClusterOptions = {
  seed: 1,
  startTime: 0,
  nodes: [],
  proxyMode: 'iptables',
  serviceRange: '10.96.0.0/16',
  nodePortRange: { from: 30000, to: 32767 },
  clusterDomain: 'cluster.local',
  loadBalancer: { kind: 'none' },
  externalHosts: [
    {
      name: 'internet',
      address: '198.51.100.7',
      dnsNames: ['www.example.com'],
      listens: [{ port: 443, protocol: 'TCP' }],
    },
    { name: 'neighbour', address: '192.168.49.100', defaultRoute: false },
  ],
  bounds: {
    maxObjects: 1000,
    maxPods: 100,
    maxReconciliationsPerSettle: 1000,
    maxSettleTime: 1000,
    maxTraceBranches: 100,
  },
};

/** Three nodes, no objects but those that a test puts in; every pod listens on 8080/TCP and 8080/UDP unless said otherwise. */
export class SmallCluster {
  readonly store = new ObjectStore();
  readonly plane: DataPlane;
  now = 0;
  private readonly listening = new Map<string, readonly ContainerListener[]>();
  private readonly options: ClusterOptions;

  constructor(changes: Partial<ClusterOptions> = {}) {
    this.options = { ...options, ...changes };
    this.store.put({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'ServiceCIDR',
      metadata: { ...meta('kubernetes'), namespace: undefined },
      spec: { cidrs: [options.serviceRange] },
      status: {},
    });
    for (const number of [1, 2, 3]) {
      this.store.put({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { ...meta(`node-${number}`), namespace: undefined },
        spec: { podCIDR: `10.244.${number}.0/24` },
        status: { addresses: [{ type: 'InternalIP', address: `192.168.49.${number + 1}` }] },
      });
    }
    this.store.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { ...meta('default'), namespace: undefined },
      spec: {},
      status: {},
    });
    this.plane = createDataPlane(this.sources(1));
  }

  sources(seed: number): DataPlaneSources {
    return {
      options: this.options,
      view: this.store,
      clock: { now: () => this.now },
      random: createRandom(seed),
      machines: new Machines(new Set()),
      processes: {
        listeners: (target) => this.listening.get(target.metadata.name) ?? everyProtocol,
        files: () => undefined,
      },
    };
  }

  listens(name: string, listeners: readonly ContainerListener[]): void {
    this.listening.set(name, listeners);
  }

  /** What can happen, in words, each with its share: "web-0 sees 10.244.1.2: 1/2". */
  outcomes(probe: Probe): readonly string[] {
    return this.plane.trace(probe).outcomes.map(({ outcome, probability: { numerator, denominator } }) => {
      const share = denominator === 1 ? '' : `: ${numerator}/${denominator}`;
      return describe(outcome) + share;
    });
  }
}

export function describe(outcome: Outcome): string {
  if (outcome.kind === 'delivered') return `${outcome.server.name} sees ${outcome.source}`;
  return outcome.kind === 'unreachable' ? outcome.errno : outcome.kind;
}

const everyProtocol: readonly ContainerListener[] = (['TCP', 'UDP'] as const).map((protocol) => ({
  container: 'main',
  listener: { port: 8080, protocol, address: '0.0.0.0', application: { kind: 'silent' } },
}));

export function fromPod(name: string): VantagePoint {
  return { kind: 'pod', namespace: 'default', name };
}

export function tcp(from: VantagePoint, host: string, port = 80): Probe {
  return { from, host, port, protocol: 'TCP' };
}
