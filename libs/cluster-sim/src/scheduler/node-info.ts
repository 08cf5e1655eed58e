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
  private readonly nodes: CopyOnWriteMap<string, { readonly node: Node; readonly allocatable: ResourceAmounts }>;
  private readonly loads: CopyOnWriteMap<string, NodeLoad>;

  constructor(source?: NodeInfos) {
    this.nodes = source?.nodes.fork() ?? new CopyOnWriteMap();
    this.loads = source?.loads.fork() ?? new CopyOnWriteMap();
  }

  fork(): NodeInfos {
    return new NodeInfos(this);
  }

  get count(): number {
    return this.nodes.size;
  }

  /** In the order in which the nodes came. */
  *all(): Iterable<NodeInfo> {
    for (const [name, { node, allocatable }] of this.nodes)
      yield { node, allocatable, load: this.loads.get(name) ?? noLoad };
  }

  observe({ type, object, previous }: WatchEvent): void {
    if (object.kind === 'Node') {
      if (type === 'DELETED') this.nodes.delete(object.metadata.name);
      else
        this.nodes.set(object.metadata.name, { node: object, allocatable: resourceAmounts(object.status.allocatable) });
    }
    if (object.kind !== 'Pod') return;
    const before = type !== 'ADDED' && previous?.kind === 'Pod' ? placeOf(previous) : undefined;
    const after = type === 'DELETED' ? undefined : placeOf(object);
    if (before === after) return;
    if (before !== undefined && previous?.kind === 'Pod') this.change(before, previous, -1);
    if (after !== undefined) this.change(after, object, 1);
  }

  private change(name: string, pod: Pod, sign: 1 | -1): void {
    const { pods, requested, hostPorts } = this.loads.get(name) ?? noLoad;
    const own = hostPortsOf(pod);
    this.loads.set(name, {
      pods: pods + sign,
      requested: changed(requested, requestsOf(pod), sign),
      hostPorts:
        own.length === 0
          ? hostPorts
          : sign > 0
            ? [...hostPorts, ...own]
            : hostPorts.filter((port) => !own.includes(port)),
    });
  }
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
