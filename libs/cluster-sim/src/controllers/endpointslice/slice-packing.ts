import type { Endpoint, EndpointSlice } from '@kubedrill/kube-model';
import { sameValue } from '../same-value.ts';
import type { EndpointSet } from './endpoint-set.ts';

/** endpointslice_controller.go: --max-endpoints-per-slice. */
export const maxEndpointsPerSlice = 100;

export interface Packing {
  /** Endpoints of each slice to be created. */
  readonly create: readonly (readonly Endpoint[])[];
  readonly update: readonly EndpointSlice[];
  readonly remove: readonly EndpointSlice[];
}

interface Draft {
  readonly slice: EndpointSlice;
  endpoints: readonly Endpoint[];
  isChanged: boolean;
}

/**
 * staging/src/k8s.io/endpointslice/reconciler.go reconcileByPortMapping: what can stay stays where it is, slices that change anyway
 * are filled up, then one that is not full, then new ones. As few writes as possible, not as few slices.
 */
export function pack(
  existing: readonly EndpointSlice[],
  desired: EndpointSet,
  labelsDiffer: (slice: EndpointSlice) => boolean,
): Packing {
  const drafts = existing.map((slice) => draftOf(slice, desired, labelsDiffer(slice)));
  const remove = drafts.filter(
    ({ isChanged, endpoints, slice }) => isChanged && endpoints.length === 0 && slice.endpoints?.length,
  );
  const kept = drafts.filter((draft) => !remove.includes(draft));
  fillChanged(kept, desired);
  const create: (readonly Endpoint[])[] = [];
  while (desired.size > 0) {
    const draft = desired.size < maxEndpointsPerSlice ? closestFit(kept, desired.size) : undefined;
    if (draft) fill(draft, desired);
    else create.push(desired.takeSome(maxEndpointsPerSlice));
  }
  const update = kept.filter(({ isChanged }) => isChanged).map(({ slice, endpoints }) => ({ ...slice, endpoints }));
  return { create, update, remove: remove.map(({ slice }) => slice) };
}

function draftOf(slice: EndpointSlice, desired: EndpointSet, hasOtherLabels: boolean): Draft {
  const present = slice.endpoints ?? [];
  const endpoints: Endpoint[] = [];
  let isChanged = hasOtherLabels;
  for (const endpoint of present) {
    const wanted = desired.take(endpoint);
    if (!wanted) continue;
    endpoints.push(isSame(wanted, endpoint) ? endpoint : wanted);
    if (endpoints.at(-1) !== endpoint) isChanged = true;
  }
  return { slice, endpoints, isChanged: isChanged || endpoints.length !== present.length };
}

/** EndpointsEqualBeyondHash. */
function isSame(left: Endpoint, right: Endpoint): boolean {
  return (
    left.nodeName === right.nodeName &&
    left.zone === right.zone &&
    sameValue(left.conditions, right.conditions) &&
    left.targetRef?.uid === right.targetRef?.uid &&
    left.targetRef?.kind === right.targetRef?.kind
  );
}

function fill(draft: Draft, desired: EndpointSet): void {
  const added = desired.takeSome(maxEndpointsPerSlice - draft.endpoints.length);
  if (added.length === 0) return;
  draft.endpoints = [...draft.endpoints, ...added];
  draft.isChanged = true;
}

/** The fullest first. */
function fillChanged(drafts: readonly Draft[], desired: EndpointSet): void {
  const changed = drafts.filter(({ isChanged }) => isChanged);
  for (const draft of changed.sort((left, right) => right.endpoints.length - left.endpoints.length))
    fill(draft, desired);
}

/** getSliceToFill: the unchanged slice that all of the rest fits into most tightly. */
function closestFit(drafts: readonly Draft[], count: number): Draft | undefined {
  let closest: Draft | undefined;
  let room = maxEndpointsPerSlice;
  for (const draft of drafts) {
    const left = maxEndpointsPerSlice - (count + draft.endpoints.length);
    if (draft.isChanged || left < 0 || left >= room) continue;
    closest = draft;
    room = left;
  }
  return closest;
}
