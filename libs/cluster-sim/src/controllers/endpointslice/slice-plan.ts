import type { Endpoint, EndpointPort, EndpointSlice } from '@kubedrill/kube-model';

export interface NewSlice {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

/** What becomes of the slices of one Service and address type; those that go are not among them. */
export interface SlicePlan {
  readonly create: readonly NewSlice[];
  readonly update: readonly EndpointSlice[];
  readonly unchanged: readonly EndpointSlice[];
}

/** The plan with other endpoints: a slice that would stay as it is has to be updated if one of its endpoints is another now. */
export function mapEndpoints(
  { create, update, unchanged }: SlicePlan,
  change: (endpoint: Endpoint) => Endpoint,
): SlicePlan {
  const renewed: EndpointSlice[] = [];
  const same: EndpointSlice[] = [];
  for (const slice of unchanged) {
    const changed = withEndpoints(slice, change);
    if (changed === slice) same.push(slice);
    else renewed.push(changed);
  }
  return {
    create: create.map((slice) => withEndpoints(slice, change)),
    update: [...update.map((slice) => withEndpoints(slice, change)), ...renewed],
    unchanged: same,
  };
}

/** The slice itself where nothing changes. */
function withEndpoints<S extends NewSlice | EndpointSlice>(slice: S, change: (endpoint: Endpoint) => Endpoint): S {
  const present = slice.endpoints ?? [];
  const endpoints = present.map(change);
  return endpoints.every((endpoint, index) => endpoint === present[index]) ? slice : { ...slice, endpoints };
}
