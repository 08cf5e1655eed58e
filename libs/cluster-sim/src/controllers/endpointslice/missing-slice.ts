import type { Endpoints, EndpointSlice, Service } from '@kubedrill/kube-model';
import type { ObjectView } from '../../store/object-view.ts';

/**
 * StaleSlices of k8s.io/endpointslice/util/endpointslice_tracker.go: a controller that no longer finds a slice it made, because somebody
 * changed the labels it is found by, takes its cache for outdated. It waits for the slice instead of making another one.
 */
export function isMissingSlice(
  view: ObjectView,
  { metadata: owner }: Service | Endpoints,
  isFound: (slice: EndpointSlice) => boolean,
): boolean {
  return view
    .indexed('EndpointSlice', 'owner', owner.uid)
    .some((slice) => slice.metadata.generateName === `${owner.name}-` && !isFound(slice));
}
