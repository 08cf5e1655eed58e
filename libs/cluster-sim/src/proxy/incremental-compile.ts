import type { Service } from '@kubedrill/kube-model';
import { sameSlices } from './endpoint-map.ts';
import type { ProxiedService, ProxyNode } from './proxy-backend.ts';

/** What a mode makes of one Service; remembers what it was made from. */
export interface CompiledService {
  readonly source: ProxiedService;
}

/** A node's rules, by Service. */
export interface CompiledNode<R extends CompiledService> {
  readonly node: ProxyNode;
  readonly byService: ReadonlyMap<string, R>;
}

interface Compilation<R> {
  readonly rules: R;
  readonly node: ProxyNode;
}

/** A Service's rules: one set for all nodes where they don't depend on the node, else one for each node's name. */
interface Compilations<R> {
  shared?: Compilation<R>;
  readonly byNode: Map<string, Compilation<R>>;
}

/**
 * Compiles a Service once while it and its slices are the same objects: for all nodes where the rules are the same on all, and
 * for all clusters that were forked with it. What is remembered goes with the Service.
 */
export class ServiceCompiler<R extends CompiledService> {
  private readonly known = new WeakMap<Service, Compilations<R>>();
  private readonly compile: (source: ProxiedService, node: ProxyNode) => R;
  private readonly isSameEverywhere: (source: ProxiedService) => boolean;

  /** `isSameEverywhere`: whether the rules depend on nothing of the node but what all nodes share, the ranges of addresses. */
  constructor(
    compile: (source: ProxiedService, node: ProxyNode) => R,
    isSameEverywhere: (source: ProxiedService) => boolean,
  ) {
    this.compile = compile;
    this.isSameEverywhere = isSameEverywhere;
  }

  /** All Services' rules by key; undefined where they are those that the node had before. */
  changed(
    node: ProxyNode,
    services: readonly ProxiedService[],
    previous: CompiledNode<R> | undefined,
  ): ReadonlyMap<string, R> | undefined {
    const before = previous && sameNode(previous.node, node) ? previous.byService : undefined;
    const compiled = new Map<string, R>();
    let changed = before?.size !== services.length;
    for (const source of services) {
      const rules = this.rulesOf(source, node);
      compiled.set(source.key, rules);
      changed ||= before?.get(source.key) !== rules;
    }
    return changed ? compiled : undefined;
  }

  private rulesOf(source: ProxiedService, node: ProxyNode): R {
    let known = this.known.get(source.service);
    if (!known) this.known.set(source.service, (known = { byNode: new Map() }));
    const { shared } = known;
    if (shared && sameRanges(shared.node, node) && isMadeFrom(shared, source)) return shared.rules;
    const own = known.byNode.get(node.name);
    if (own && sameNode(own.node, node) && isMadeFrom(own, source)) return own.rules;
    const compilation: Compilation<R> = { rules: this.compile(source, node), node };
    if (this.isSameEverywhere(source)) known.shared = compilation;
    else known.byNode.set(node.name, compilation);
    return compilation.rules;
  }
}

function isMadeFrom({ rules }: Compilation<CompiledService>, { slices }: ProxiedService): boolean {
  return sameSlices(rules.source.slices, slices);
}

function sameNode(a: ProxyNode, b: ProxyNode): boolean {
  return (
    a.name === b.name &&
    a.zone === b.zone &&
    a.address === b.address &&
    a.podGateway === b.podGateway &&
    sameRanges(a, b)
  );
}

function sameRanges(a: ProxyNode, b: ProxyNode): boolean {
  return (
    a.podRange.text === b.podRange.text &&
    a.serviceRanges.length === b.serviceRanges.length &&
    a.serviceRanges.every(({ text }, index) => text === b.serviceRanges[index]?.text)
  );
}
