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

/**
 * Compiles only the Services that are not the same objects as before; undefined when that is none, so that the rules before
 * are still right.
 */
export function compileChanged<R extends CompiledService>(
  node: ProxyNode,
  services: readonly ProxiedService[],
  previous: CompiledNode<R> | undefined,
  compile: (source: ProxiedService, node: ProxyNode) => R,
): ReadonlyMap<string, R> | undefined {
  const before = previous && sameNode(previous.node, node) ? previous.byService : undefined;
  const compiled = new Map<string, R>();
  let changed = before?.size !== services.length;
  for (const source of services) {
    const old = before?.get(source.key);
    const isKept = old && old.source.service === source.service && sameSlices(old.source.slices, source.slices);
    compiled.set(source.key, isKept ? old : compile(source, node));
    changed ||= !isKept;
  }
  return changed ? compiled : undefined;
}

function sameNode(a: ProxyNode, b: ProxyNode): boolean {
  return (
    a.name === b.name &&
    a.zone === b.zone &&
    a.address === b.address &&
    a.podRange.text === b.podRange.text &&
    a.serviceRange?.text === b.serviceRange?.text
  );
}
