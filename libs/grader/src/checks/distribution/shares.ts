import type { Ratio, Server, Trace } from '@kubedrill/cluster-sim';
import { describeOutcome } from '../../observe/outcomes.ts';
import { add, zero } from '../../observe/ratios.ts';

/** Who gets a new connection, and with what probability; flows that reach nobody count under what becomes of them. */
export interface Shares {
  /** By "namespace/name" of the Pod. */
  readonly pods: ReadonlyMap<string, Ratio>;
  /** By description: other servers and flows that end nowhere. */
  readonly others: ReadonlyMap<string, Ratio>;
}

export function sharesOf({ outcomes }: Trace): Shares {
  const pods = new Map<string, Ratio>();
  const others = new Map<string, Ratio>();
  for (const { outcome, probability } of outcomes) {
    const pod = outcome.kind === 'delivered' ? podKey(outcome.server) : undefined;
    const [map, key] = pod === undefined ? [others, describeOutcome(outcome)] : [pods, pod];
    map.set(key, add(map.get(key) ?? zero, probability));
  }
  return { pods, others };
}

export function podKey(server: Server): string | undefined {
  return server.kind === 'pod' ? `${server.namespace ?? ''}/${server.name}` : undefined;
}
