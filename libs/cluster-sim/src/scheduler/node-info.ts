import type { Node, Pod } from '@kubedrill/kube-model';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import type { WatchEvent } from '../store/object-view.ts';
import { requestsOf, resourceAmounts, type ResourceAmounts } from './resource-requests.ts';

/** A node and what is on it: pkg/scheduler/framework NodeInfo. Immutable. */
export interface NodeInfo {
  readonly node: Node;
  readonly allocatable: ResourceAmounts;
  readonly load: NodeLoad;
}

/** What the Pods of a node take up. */
export interface NodeLoad {
  readonly pods: number;
  readonly requested: ResourceAmounts;
  /** "ip protocol port" of each hostPort. */
  readonly hostPorts: readonly string[];
}

const noLoad: NodeLoad = { pods: 0, requested: new Map(), hostPorts: [] };

/** What the scheduler knows of the nodes without asking for their Pods each time: pkg/scheduler/backend/cache. */
export class NodeInfos {
  private readonly nodes: CopyOnWriteMap<string, NodeInfo>;
  /** What is bound to names that no node has (any more). */
  private readonly strays: CopyOnWriteMap<string, NodeLoad>;

  constructor(source?: NodeInfos) {
    this.nodes = source?.nodes.fork() ?? new CopyOnWriteMap();
    this.strays = source?.strays.fork() ?? new CopyOnWriteMap();
  }

  fork(): NodeInfos {
    return new NodeInfos(this);
  }

  get count(): number {
    return this.nodes.size;
  }

  get(name: string): NodeInfo | undefined {
    return this.nodes.get(name);
  }

  /** In the order in which the nodes came. */
  all(): Iterable<NodeInfo> {
    return this.nodes.values();
  }

  observe({ type, object, previous }: WatchEvent): void {
    if (object.kind === 'Node') this.observeNode(type, object);
    if (object.kind !== 'Pod') return;
    const before = type !== 'ADDED' && previous?.kind === 'Pod' ? placeOf(previous) : undefined;
    const after = type === 'DELETED' ? undefined : placeOf(object);
    if (before === after) return;
    if (before !== undefined && previous?.kind === 'Pod') this.change(before, previous, -1);
    if (after !== undefined) this.change(after, object, 1);
  }

  private observeNode(type: WatchEvent['type'], node: Node): void {
    const { name } = node.metadata;
    const load = this.loadOf(name);
    if (type === 'DELETED') {
      this.nodes.delete(name);
      this.strays.set(name, load);
    } else {
      this.strays.delete(name);
      this.nodes.set(name, { node, allocatable: resourceAmounts(node.status.allocatable), load });
    }
  }

  private loadOf(name: string): NodeLoad {
    return this.nodes.get(name)?.load ?? this.strays.get(name) ?? noLoad;
  }

  private change(name: string, pod: Pod, sign: 1 | -1): void {
    const load = changedLoad(this.loadOf(name), pod, sign);
    const info = this.nodes.get(name);
    if (info) this.nodes.set(name, { ...info, load });
    else this.strays.set(name, load);
  }
}

/** The node as it would be with the Pods, or without them. */
export function withPods(info: NodeInfo, pods: Iterable<Pod>, sign: 1 | -1): NodeInfo {
  let { load } = info;
  for (const pod of pods) load = changedLoad(load, pod, sign);
  return load === info.load ? info : { ...info, load };
}

function changedLoad({ pods, requested, hostPorts }: NodeLoad, pod: Pod, sign: 1 | -1): NodeLoad {
  return {
    pods: pods + sign,
    requested: changed(requested, requestsOf(pod), sign),
    hostPorts: withPorts(hostPorts, hostPortsOf(pod), sign),
  };
}

function withPorts(taken: readonly string[], own: readonly string[], sign: 1 | -1): readonly string[] {
  if (own.length === 0) return taken;
  return sign > 0 ? [...taken, ...own] : taken.filter((port) => !own.includes(port));
}

/** The node that the Pod takes room on. */
function placeOf({ spec, status }: Pod): string | undefined {
  return spec.nodeName && status.phase !== 'Succeeded' && status.phase !== 'Failed' ? spec.nodeName : undefined;
}

function changed(amounts: ResourceAmounts, by: ResourceAmounts, sign: 1 | -1): ResourceAmounts {
  if (by.size === 0) return amounts;
  const sum = new Map(amounts);
  for (const [name, amount] of by) sum.set(name, (sum.get(name) ?? 0) + sign * amount);
  return sum;
}

const noPorts: readonly string[] = [];

export function hostPortsOf({ spec }: Pod): readonly string[] {
  if (!spec.containers.some(({ ports }) => ports?.some(({ hostPort }) => hostPort))) return noPorts;
  return spec.containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, hostIP, protocol }) =>
      hostPort ? [`${hostIP || '0.0.0.0'} ${protocol} ${hostPort}`] : [],
    ),
  );
}
