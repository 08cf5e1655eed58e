import type { Endpoint, Service } from '@kubedrill/kube-model';
import { sameValue } from '../same-value.ts';

/** PreferClose is the older name of PreferSameZone. */
const sameZone: ReadonlySet<string> = new Set(['PreferClose', 'PreferSameZone', 'PreferSameNode']);
const sameNode = 'PreferSameNode';

/** Whose traffic an endpoint is meant for, as the Service's trafficDistribution wants it: endpointslice/trafficdist/trafficdist.go. */
export function withHints(endpoint: Endpoint, { spec }: Service): Endpoint {
  const { trafficDistribution = '' } = spec;
  const isClose = sameZone.has(trafficDistribution);
  // An endpoint that is not ready keeps what it has: nobody looks at it.
  if (isClose && endpoint.conditions?.ready !== true) return endpoint;
  const hints = isClose ? hintsOf(endpoint, trafficDistribution === sameNode) : undefined;
  return sameValue(hints, endpoint.hints) ? endpoint : { ...endpoint, hints };
}

function hintsOf({ zone, nodeName }: Endpoint, forNode: boolean): Endpoint['hints'] {
  const forZones = zone === undefined ? {} : { forZones: [{ name: zone }] };
  const forNodes = forNode && nodeName !== undefined ? { forNodes: [{ name: nodeName }] } : {};
  const hints = { ...forZones, ...forNodes };
  return Object.keys(hints).length > 0 ? hints : undefined;
}
