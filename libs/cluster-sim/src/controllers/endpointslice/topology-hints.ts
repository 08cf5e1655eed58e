import type { Endpoint, EndpointSlice, Service } from '@kubedrill/kube-model';
import { labelOf } from '../label-selector.ts';
import { sameValue } from '../same-value.ts';
import { mapEndpoints, type SlicePlan } from './slice-plan.ts';
import { addTo, allocate, exchangeBetween, isOverloaded, type Allocations, type Exchange } from './zone-allocation.ts';
import type { ZoneShares } from './zone-shares.ts';

const deprecatedAnnotation = 'service.kubernetes.io/topology-aware-hints';
const annotation = 'service.kubernetes.io/topology-mode';

/** endpointslice/utils.go hintsEnabled: the older annotation is asked first, and the field trafficDistribution after both. */
export function wantsTopologyHints({ metadata: { annotations } }: Service): boolean {
  const value = labelOf(annotations, deprecatedAnnotation) ?? labelOf(annotations, annotation);
  return value === 'Auto' || value === 'auto';
}

/**
 * endpointslice/topologycache AddHints: every zone gets endpoints in proportion to its CPU, its own ones first. Slices that nothing
 * else changes keep their hints as long as these leave enough for every zone. No hints at all where that cannot be had.
 */
export function withTopologyHints(plan: SlicePlan, shares: ZoneShares | undefined): SlicePlan {
  const allocations = allocate(shares, endpointsIn(plan).filter(isReady).length);
  if (!allocations) return withoutHints(plan);
  const hinted = new Map<string, number>();
  const [update, unchanged] = [[...plan.update], [] as EndpointSlice[]];
  for (const slice of plan.unchanged) {
    if (!mayKeepHints(slice, hinted, allocations)) update.push(slice);
    else {
      unchanged.push(slice);
      countHints(slice, hinted);
    }
  }
  for (const { endpoints } of [...plan.create, ...update])
    for (const { zone } of endpoints?.filter(isReady) ?? []) {
      if (!zone) return withoutHints(plan);
      addTo(hinted, zone, 1);
    }
  const exchange = exchangeBetween(allocations, hinted);
  const changed = mapEndpoints({ create: plan.create, update, unchanged: [] }, (endpoint) =>
    isReady(endpoint) && endpoint.zone ? meantFor(endpoint, receiverOf(endpoint.zone, exchange)) : endpoint,
  );
  return { ...changed, unchanged };
}

/** GetOverloadedServices, for one of them: whether its hints do not fit the zones any more. */
export function hasOverloadedZone(slices: readonly EndpointSlice[], shares: ZoneShares | undefined): boolean {
  const families = new Map<string, Map<string, number>>();
  for (const slice of slices) {
    const hinted = families.get(slice.addressType) ?? new Map<string, number>();
    families.set(slice.addressType, hinted);
    countHints(slice, hinted);
  }
  return [...families.values()].some((hinted) => isOverloaded(hinted, shares));
}

function withoutHints(plan: SlicePlan): SlicePlan {
  return mapEndpoints(plan, (endpoint) => (endpoint.hints ? { ...endpoint, hints: undefined } : endpoint));
}

/** getHintsByZone. */
function mayKeepHints(slice: EndpointSlice, hinted: ReadonlyMap<string, number>, allocations: Allocations): boolean {
  const own = new Map<string, number>();
  countHints(slice, own);
  const hasAll = (slice.endpoints ?? []).every((endpoint) => !isReady(endpoint) || endpoint.hints?.forZones?.length);
  return (
    hasAll &&
    [...own].every(([zone, count]) => count + (hinted.get(zone) ?? 0) <= (allocations.get(zone)?.maximum ?? -1))
  );
}

function countHints({ endpoints }: EndpointSlice, hinted: Map<string, number>): void {
  for (const endpoint of endpoints ?? [])
    if (isReady(endpoint)) for (const { name } of endpoint.hints?.forZones ?? []) addTo(hinted, name, 1);
}

/** redistributeHints, one endpoint after the other: its own zone, or one that it is given to. */
function receiverOf(zone: string, { giving, receiving }: Exchange): string {
  if ((giving.get(zone) ?? 0) === 0) return zone;
  const [receiver = zone] = [...receiving].find(([, count]) => count > 0) ?? [];
  addTo(giving, zone, -1);
  addTo(receiving, receiver, -1);
  return receiver;
}

function meantFor(endpoint: Endpoint, zone: string): Endpoint {
  const hints = { forZones: [{ name: zone }] };
  return sameValue(hints, endpoint.hints) ? endpoint : { ...endpoint, hints };
}

export function endpointsIn({ create, update, unchanged }: SlicePlan): readonly Endpoint[] {
  return [...create, ...update, ...unchanged].flatMap(({ endpoints }) => endpoints ?? []);
}

export function isReady({ conditions }: Endpoint): boolean {
  return conditions?.ready === true;
}
