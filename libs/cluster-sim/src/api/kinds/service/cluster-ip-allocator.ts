import type { ServiceCIDR } from '@kubedrill/kube-model';
import { parseRange } from '../../../network/ipv4.ts';
import type { StrategyContext } from '../kind-definition.ts';
import { ClusterIPPool, isTaken } from './cluster-ip-pool.ts';

/** pkg/registry/core/service/ipallocator/cidrallocator.go: cluster IPs come from the ranges of all ServiceCIDRs. */

const addressIsTaken = 'provided IP is already allocated';
const addressIsForeign = 'the provided network does not match the current range';

/** Why a Service may not have that address. */
export function refusalOfClusterIP(address: string, { view, dryRun }: StrategyContext): string | undefined {
  const pools = poolsOf(view.list('ServiceCIDR'));
  if (dryRun) {
    // Kubernetes asks one of them, whichever.
    const [first] = pools;
    if (!first) return addressIsForeign;
    const words = 'is not in the valid range. The range of valid IPs is';
    return first.contains(address) ? undefined : `the provided IP (${address}) ${words} ${first.range.text}`;
  }
  if (!pools.some((pool) => pool.contains(address))) return addressIsForeign;
  return isTaken(view, address) ? addressIsTaken : undefined;
}

/** A free address, or a dry run's stand-in for one; undefined when all ranges are full. */
export function nextClusterIP({ view, random, dryRun }: StrategyContext): string | undefined {
  const pools = poolsOf(view.list('ServiceCIDR'));
  if (dryRun) return pools[0]?.range.text.split('/')[0];
  // The order is that of a map in Go.
  const start = pools.length > 1 ? random.below(pools.length) : 0;
  for (let tried = 0; tried < pools.length; tried += 1) {
    const address = pools[(start + tried) % pools.length]?.next(view, random);
    if (address !== undefined) return address;
  }
  return undefined;
}

const poolsOfCIDR = new WeakMap<ServiceCIDR, readonly ClusterIPPool[]>();

/** One for each range that is given out from; a range of several ServiceCIDRs is one range. */
function poolsOf(serviceCIDRs: readonly ServiceCIDR[]): readonly ClusterIPPool[] {
  const [only] = serviceCIDRs;
  if (only && serviceCIDRs.length === 1) return readyPoolsOf(only);
  const byRange = new Map<string, ClusterIPPool>();
  for (const serviceCIDR of serviceCIDRs)
    for (const pool of readyPoolsOf(serviceCIDR)) if (!byRange.has(pool.range.text)) byRange.set(pool.range.text, pool);
  return [...byRange.values()];
}

/** The cluster has addresses of IPv4 alone. */
function readyPoolsOf(serviceCIDR: ServiceCIDR): readonly ClusterIPPool[] {
  const known = poolsOfCIDR.get(serviceCIDR);
  if (known) return known;
  const ranges = isReady(serviceCIDR) ? (serviceCIDR.spec.cidrs ?? []).flatMap((cidr) => parseRange(cidr) ?? []) : [];
  const pools = ranges.map((range) => new ClusterIPPool(range));
  poolsOfCIDR.set(serviceCIDR, pools);
  return pools;
}

/** Without a word about it, it is. */
function isReady({ metadata, status }: ServiceCIDR): boolean {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return metadata.deletionTimestamp === undefined && (ready?.status ?? 'True') === 'True';
}
