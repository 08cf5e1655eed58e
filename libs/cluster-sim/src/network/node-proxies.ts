import type { ClusterOptions } from '../cluster.ts';
import type { ObjectView } from '../store/object-view.ts';
import { backendOf } from '../proxy/proxy-backends.ts';
import type { NodeRules, ProxiedService } from '../proxy/proxy-backend.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import { AffinityLists } from './affinity-lists.ts';
import type { BoundAddresses, NetworkMap, NodePoint } from './network-map.ts';

interface NodeState {
  readonly rules: NodeRules;
  /** The store's version that the rules stand for. */
  readonly version: number;
}

/** Every node's kube-proxy: rules compiled when they are needed, from the objects as they are then. */
export class NodeProxies {
  private readonly options: ClusterOptions;
  private readonly view: ObjectView;
  private readonly states: CopyOnWriteMap<string, NodeState>;
  private readonly affinity: Map<string, AffinityLists>;
  private readonly stopped: Set<string>;
  private services: { readonly version: number; readonly list: readonly ProxiedService[] } | undefined;

  constructor(options: ClusterOptions, view: ObjectView, source?: NodeProxies) {
    this.options = options;
    this.view = view;
    this.states = source ? source.states.fork() : new CopyOnWriteMap();
    this.affinity = new Map([...(source?.affinity ?? [])].map(([node, lists]) => [node, lists.fork()]));
    this.stopped = new Set(source?.stopped);
  }

  rulesOf(node: NodePoint, map: NetworkMap): NodeRules {
    const state = this.states.get(node.name);
    if (state && (this.stopped.has(node.name) || state.version === this.view.resourceVersion)) return state.rules;
    const { name, zone, address, podGateway } = node;
    const backend = backendOf(this.options.proxyMode);
    const { ipvsScheduler } = this.options;
    const { podRange, serviceRanges } = map;
    const proxyNode = { name, zone, address, podGateway, ipvsScheduler, podRange, serviceRanges };
    const rules = backend.compile(proxyNode, this.proxiedServices(), state?.rules);
    this.states.set(name, { rules, version: this.view.resourceVersion });
    const lists = this.affinity.get(name);
    if (rules !== state?.rules && lists && !lists.isEmpty) lists.keepOnly(rules.affinityLists());
    return rules;
  }

  /** What the proxies' mode adds to the nodes' addresses; undefined where it adds none. */
  get boundAddresses(): BoundAddresses | undefined {
    if (!backendOf(this.options.proxyMode).bindsAddresses) return undefined;
    return (node, address, map) => this.rulesOf(node, map).binds(address);
  }

  affinityOf(node: string): AffinityLists {
    let lists = this.affinity.get(node);
    if (!lists) this.affinity.set(node, (lists = new AffinityLists(backendOf(this.options.proxyMode).clientsPerList)));
    return lists;
  }

  get remembersNobody(): boolean {
    return [...this.affinity.values()].every((lists) => lists.isEmpty);
  }

  isRunning(node: string): boolean {
    return !this.stopped.has(node);
  }

  /** Whether the node's kube-proxy listens for itself on that address of the node: newServiceHealthServer. */
  listensOn(node: NodePoint, address: string): boolean {
    const { nodePortAddresses } = backendOf(this.options.proxyMode);
    return this.isRunning(node.name) && (nodePortAddresses === 'all' || address === node.address);
  }

  setRunning(node: NodePoint, running: boolean, map: NetworkMap): void {
    // What the rules are at that moment is what stays.
    this.rulesOf(node, map);
    if (running) this.stopped.delete(node.name);
    else this.stopped.add(node.name);
  }

  /** Lets nodes with affinity lists notice endpoints that are gone now, even if they should come back before the next packet. */
  sync(map: NetworkMap): void {
    for (const [name, lists] of this.affinity) {
      const node = map.nodes.get(name);
      if (node && !lists.isEmpty) this.rulesOf(node, map);
    }
  }

  proxiedServices(): readonly ProxiedService[] {
    const version = this.view.resourceVersion;
    if (this.services?.version !== version) this.services = { version, list: this.listServices() };
    return this.services.list;
  }

  private listServices(): readonly ProxiedService[] {
    return this.view.list('Service').map((service) => {
      const key = `${service.metadata.namespace ?? ''}/${service.metadata.name}`;
      return { key, service, slices: this.view.indexed('EndpointSlice', 'service', key) };
    });
  }
}
