import type { Node } from '@kubedrill/kube-model';
import type { ClusterBounds, ClusterOptions, NodeOptions } from './cluster.ts';
import type { ClusterSettings } from './create-cluster.ts';
import type { Change, Draft } from './engine/controller.ts';
import { formatTime } from './engine/time.ts';
import { postedConditions } from './kubelet/node-conditions.ts';
import { formatAddress, parseRange } from './network/ipv4.ts';

const defaultNodes: readonly NodeOptions[] = [1, 2, 3].map((number) => ({
  name: `node-${number}`,
  address: `172.18.0.${number + 1}`,
}));

/** 2026-01-01T00:00:00Z. */
const defaultStartTime = 1_767_225_600_000;

export const defaultBounds: ClusterBounds = {
  maxObjects: 20_000,
  maxPods: 5_000,
  maxReconciliationsPerSettle: 250_000,
  maxSettleTime: 6 * 3_600_000,
  maxTraceBranches: 4_096,
};

/** As kubeadm, kind and kube-proxy have them without a configuration. */
export function defaultOptions(settings: ClusterSettings): ClusterOptions {
  return {
    seed: 1,
    startTime: defaultStartTime,
    nodes: defaultNodes,
    proxyMode: 'iptables',
    serviceRange: '10.96.0.0/16',
    nodePortRange: { from: 30000, to: 32767 },
    clusterDomain: 'cluster.local',
    loadBalancer: { kind: 'none' },
    externalHosts: [],
    ...settings,
    bounds: { ...defaultBounds, ...settings.bounds },
    network: { podRange: podRangeFor(settings.nodes?.length ?? defaultNodes.length), ...settings.network },
  };
}

const addressesPerNode = 256;
const maxNodesInUsualRange = 255;

/** 10.244.0.0/16 has room for 255 nodes; a larger cluster takes a larger range. */
function podRangeFor(nodes: number): string {
  return nodes <= maxNodesInUsualRange ? '10.244.0.0/16' : '10.128.0.0/10';
}

const defaultPodCapacity = 110;

export function nodeObjects(options: ClusterOptions): readonly Change[] {
  return options.nodes.map((node, index) => ({ verb: 'create', object: nodeObject(node, index + 1, options) }));
}

function nodeObject(node: NodeOptions, number: number, options: ClusterOptions): Draft<Node> {
  const podCIDR = podRangeOf(number, options);
  const { name, address, labels, taints } = node;
  const resources = {
    cpu: '64',
    memory: '256Gi',
    pods: String(node.podCapacity ?? defaultPodCapacity),
    'ephemeral-storage': '100Gi',
  };
  const time = formatTime(options.startTime);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        // What the nodelifecycle controller adds as soon as a node is there: labelReconcileInfo.
        'beta.kubernetes.io/os': 'linux',
        'beta.kubernetes.io/arch': 'amd64',
        ...labels,
      },
    },
    spec: { podCIDR, podCIDRs: [podCIDR], ...(taints ? { taints } : {}) },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: postedConditions([], time),
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: {
        kubeletVersion: 'v1.36.2',
        operatingSystem: 'linux',
        architecture: 'amd64',
        containerRuntimeVersion: 'containerd://2.1.4',
      },
    },
  };
}

/** The first node gets the second /24, as the recordings' and minikube's later nodes do: 10.244.1.0/24. */
function podRangeOf(number: number, { network }: ClusterOptions): string {
  const range = parseRange(network?.podRange ?? '');
  if (!range) throw new Error(`the Pod range ${network?.podRange ?? ''} is no IPv4 range`);
  return `${formatAddress(range.base + number * addressesPerNode)}/24`;
}
