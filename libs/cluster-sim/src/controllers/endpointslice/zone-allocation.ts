import type { ZoneShares } from './zone-shares.ts';

/** How many endpoints a zone should have for itself. */
export interface Allocation {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
}

export type Allocations = ReadonlyMap<string, Allocation>;

/** Endpoints by zone. */
export type ZoneCounts = ReadonlyMap<string, number>;

/** An endpoint may get up to a fifth more traffic than it would get without hints. */
const overloadThreshold = 0.2;
const leastPart = 1 / (1 + overloadThreshold);

/** topologycache.go getAllocations; undefined: so many endpoints cannot be shared out without overloading some. */
export function allocate(shares: ZoneShares | undefined, endpoints: number): Allocations | undefined {
  if (!shares || shares.size > endpoints) return undefined;
  const wanted = [...shares].map(([zone, share]) => {
    const desired = share * endpoints;
    const minimum = Math.ceil(desired * leastPart);
    return { zone, minimum, desired: Math.max(desired, minimum) };
  });
  const spare = wanted.reduce((left, { minimum }) => left - minimum, endpoints);
  if (spare < 0) return undefined;
  return new Map(wanted.map(({ zone, minimum, desired }) => [zone, { minimum, desired, maximum: minimum + spare }]));
}

/** topologycache/utils.go serviceOverloaded: a zone has fewer endpoints than its share of the traffic needs. */
export function isOverloaded(endpoints: ZoneCounts, shares: ZoneShares | undefined): boolean {
  if (endpoints.size === 0) return false;
  if (!shares) return true;
  const total = [...endpoints.values()].reduce((sum, count) => sum + count, 0);
  return [...shares].some(([zone, share]) => {
    const count = endpoints.get(zone);
    return count === undefined || count < Math.ceil(total * share * leastPart);
  });
}

export interface Exchange {
  readonly giving: Map<string, number>;
  readonly receiving: Map<string, number>;
}

/** getGivingAndReceivingZones: whole endpoints, from the zone that has most too many to the one that has most too few. */
export function exchangeBetween(allocations: Allocations, present: ZoneCounts): Exchange {
  const exchange: Exchange = { giving: new Map(), receiving: new Map() };
  const surplus = new Map<string, number>();
  const lack = new Map<string, number>();
  for (const [zone, { desired }] of allocations) {
    const difference = (present.get(zone) ?? 0) - desired;
    if (difference > 0) surplus.set(zone, difference);
    else if (difference < 0) lack.set(zone, -difference);
  }
  for (;;) {
    const [giver, taker] = [most(surplus), most(lack)];
    if (!giver || !taker || (giver.count < 1 && taker.count < 1) || giver.count < 0.5 || taker.count < 0.5)
      return exchange;
    addTo(exchange.giving, giver.zone, 1);
    addTo(exchange.receiving, taker.zone, 1);
    addTo(surplus, giver.zone, -1);
    addTo(lack, taker.zone, -1);
  }
}

/** Of equal zones the first one, where Kubernetes takes any. */
function most(counts: ZoneCounts): { readonly zone: string; readonly count: number } | undefined {
  let found: { readonly zone: string; readonly count: number } | undefined;
  for (const [zone, count] of counts) if (count > (found?.count ?? 0)) found = { zone, count };
  return found;
}

export function addTo(counts: Map<string, number>, zone: string, count: number): void {
  counts.set(zone, (counts.get(zone) ?? 0) + count);
}
