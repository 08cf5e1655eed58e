import type { Container, PodSpec, PodStatus, StringMap } from '@kubedrill/kube-model';
import { parseQuantity } from '../../quantity.ts';
import type { FullPodSpec } from '../pod-template/validation/pod-spec-shape.ts';

const computeResources = ['cpu', 'memory'] as const;

/**
 * ComputePodQOS of pkg/apis/core/v1/helper/qos. Guaranteed: every container limits CPU and memory and requests as much;
 * BestEffort: nobody asks for anything; Burstable: everything in between. Resources of the pod itself decide alone.
 */
export function qosClass(podSpec: PodSpec): NonNullable<PodStatus['qosClass']> {
  const spec = podSpec as FullPodSpec;
  const own = spec.resources;
  const consumers = own
    ? [own]
    : [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ resources }) => resources ?? {});
  const [requests, limits] = [new Map<string, bigint>(), new Map<string, bigint>()];
  let limitedEverywhere = true;
  for (const consumer of consumers as readonly NonNullable<Container['resources']>[]) {
    add(consumer.requests, requests);
    const limited = add(consumer.limits, limits);
    limitedEverywhere &&= limited === computeResources.length;
  }
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const equal = [...requests].every(([name, amount]) => limits.get(name) === amount);
  return limitedEverywhere && equal && requests.size === limits.size ? 'Guaranteed' : 'Burstable';
}

/** How many of the compute resources are asked for. */
function add(amounts: StringMap | undefined, totals: Map<string, bigint>): number {
  let found = 0;
  for (const name of computeResources) {
    const parsed = parseQuantity(amounts?.[name] ?? '0');
    if (!parsed.ok || parsed.quantity.nano <= 0n) continue;
    totals.set(name, (totals.get(name) ?? 0n) + parsed.quantity.nano);
    found += 1;
  }
  return found;
}
