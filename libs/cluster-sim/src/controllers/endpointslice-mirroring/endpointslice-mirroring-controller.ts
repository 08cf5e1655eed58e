import type {
  Endpoint,
  EndpointAddress,
  EndpointPort,
  Endpoints,
  EndpointSlice,
  Service,
  StringMap,
} from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Draft, type Reconciliation } from '../../engine/controller.ts';
import { parseIp } from '../../api/validation/ip-address.ts';
import type { Remark } from '../../events/remark.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { packSubsets, type EndpointEntry } from '../endpoints/subsets.ts';
import { triggerTimeAnnotation } from '../endpoints/trigger-time.ts';
import { portMapKey } from '../endpointslice/endpoint-set.ts';
import { isMissingSlice } from '../endpointslice/missing-slice.ts';
import { managedByLabel, serviceNameLabel } from '../endpointslice/slice-content.ts';
import { labelOf } from '../label-selector.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { controllerReference, objectKeyOf } from '../ownership.ts';
import { slicePortsInOrder } from '../port-order.ts';
import { sameValue } from '../same-value.ts';
import { orAbsent, without } from '../string-map.ts';
import { selectorOf } from '../service-pods.ts';

const controllerName = 'endpointslicemirroring-controller.k8s.io';
const leaderElectionAnnotation = 'control-plane.alpha.kubernetes.io/leader';
const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** Endpoints of one subset that are mirrored at most. */
const maxEndpointsPerSubset = 1000;

/** pkg/controller/endpointslicemirroring: Endpoints written by hand become slices, as kube-proxy reads slices only. */
export const endpointSliceMirroringController: Controller = {
  name: 'endpointslicemirroring',
  watches: ['Endpoints', 'Service', 'EndpointSlice'],
  keysFor,
  reconcile,
};

function keysFor({ type, object, previous }: WatchEvent): readonly string[] {
  switch (object.kind) {
    case 'Endpoints':
      return [keyOf(object.metadata)];
    case 'Service':
      return type === 'MODIFIED' && previous?.kind === 'Service' && hasSelector(previous) === hasSelector(object)
        ? []
        : [keyOf(object.metadata)];
    case 'EndpointSlice':
      // onEndpointSliceUpdate: annotations alone make no new generation.
      return type === 'MODIFIED' && previous?.metadata.generation === object.metadata.generation
        ? []
        : mirroredFor(object);
    default:
      return [];
  }
}

function mirroredFor(slice: EndpointSlice): readonly string[] {
  const service = labelOf(slice.metadata.labels, serviceNameLabel);
  return service && isMirrored(slice) ? [`${slice.metadata.namespace ?? ''}/${service}`] : [];
}

function hasSelector(service: Service): boolean {
  return selectorOf(service) !== undefined;
}

function isMirrored({ metadata }: EndpointSlice): boolean {
  return labelOf(metadata.labels, managedByLabel) === controllerName;
}

function reconcile(view: ObjectView, key: string): Reconciliation {
  const { namespace, name } = splitKey(key);
  const endpoints = view.get('Endpoints', namespace, name);
  const service = view.get('Service', namespace, name);
  const existing = view.indexed('EndpointSlice', 'service', key).filter(isMirrored);
  if (!endpoints || !service || hasSelector(service) || !isToBeMirrored(endpoints))
    return { changes: existing.map(deletion) };
  if (isMissingSlice(view, endpoints, (slice) => mirroredFor(slice).includes(key))) return noChanges;
  const desired = desiredGroups(endpoints);
  const writes = new Map<string, Change>();
  const leftOver: EndpointSlice[] = [];
  for (const slice of existing) {
    const groupKey = `${slice.addressType} ${portMapKey(slice.ports)}`;
    const group = desired.get(groupKey);
    if (!group || writes.has(groupKey)) leftOver.push(slice);
    else writes.set(groupKey, rewritten(slice, endpoints, group));
  }
  const missing = [...desired].filter(([groupKey]) => !writes.has(groupKey)).map(([, group]) => group);
  const changes = [...writes.values()].filter(
    (change) => change.verb !== 'update' || !existing.includes(change.object as EndpointSlice),
  );
  changes.push(...added(missing, leftOver, endpoints));
  const remark = tooMany(endpoints);
  if (remark) return { changes, remarks: [remark] };
  return changes.length > 0 ? { changes } : noChanges;
}

function deletion(slice: EndpointSlice): Change {
  return { verb: 'delete', key: objectKeyOf(slice), uid: slice.metadata.uid };
}

function isToBeMirrored({ metadata }: Endpoints): boolean {
  return (
    labelOf(metadata.labels, 'endpointslice.kubernetes.io/skip-mirror') !== 'true' &&
    labelOf(metadata.annotations, leaderElectionAnnotation) === undefined
  );
}

interface Group {
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
}

/** By address family and ports. */
function desiredGroups({ subsets = [] }: Endpoints): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const subset of packSubsets(subsets.flatMap(entriesOf))) {
    const named = (subset.ports ?? []).map(({ name = '', port, protocol, appProtocol }) => ({
      name,
      port,
      protocol,
      ...(appProtocol === undefined ? {} : { appProtocol }),
    }));
    const ports = slicePortsInOrder(named);
    const ready = (subset.addresses ?? []).map((address) => endpointOf(address, true));
    const notReady = (subset.notReadyAddresses ?? []).map((address) => endpointOf(address, false));
    for (const endpoint of [...ready, ...notReady].slice(0, maxEndpointsPerSubset)) {
      const addressType = parseIp(endpoint.addresses[0] ?? '')?.family ?? 'IPv4';
      const key = `${addressType} ${portMapKey(ports)}`;
      const group = groups.get(key) ?? { addressType, ports, endpoints: [] };
      groups.set(key, group);
      group.endpoints.push(endpoint);
    }
  }
  return groups;
}

/** What is left out is said each time. */
function tooMany(about: Endpoints): Remark | undefined {
  const limit = maxEndpointsPerSubset;
  const skipped = packSubsets((about.subsets ?? []).flatMap(entriesOf)).reduce(
    (sum, { addresses = [], notReadyAddresses = [] }) =>
      sum + Math.max(0, addresses.length + notReadyAddresses.length - limit),
    0,
  );
  if (skipped === 0) return undefined;
  const by = { form: 'older', component: 'endpoint-slice-mirroring-controller' } as const;
  const message = `A max of ${limit} addresses can be mirrored to EndpointSlices per Endpoints subset. ${skipped} addresses were skipped`;
  return { by, about, type: 'Warning', reason: 'TooManyAddressesToMirror', message };
}

function entriesOf({
  addresses = [],
  notReadyAddresses = [],
  ports = [],
}: NonNullable<Endpoints['subsets']>[number]): readonly EndpointEntry[] {
  const portsOrNone = ports.length > 0 ? ports : [undefined];
  return portsOrNone.flatMap((port) => [
    ...addresses.map((address) => ({ address, port, ready: true })),
    ...notReadyAddresses.map((address) => ({ address, port, ready: false })),
  ]);
}

/** addressToEndpoint: only the condition ready is known, and slices want addresses in their usual form. */
function endpointOf({ ip, targetRef, nodeName, hostname }: EndpointAddress, ready: boolean): Endpoint {
  return {
    addresses: [parseIp(ip)?.text ?? ip],
    conditions: { ready },
    ...(hostname ? { hostname } : {}),
    ...(targetRef ? { targetRef } : {}),
    ...(nodeName === undefined ? {} : { nodeName }),
  };
}

function content(
  endpoints: Endpoints,
  { ports, endpoints: list }: Group,
): Pick<EndpointSlice, 'ports' | 'endpoints'> & {
  readonly labels: StringMap;
  readonly annotations: StringMap | undefined;
} {
  const annotations = without(endpoints.metadata.annotations, [triggerTimeAnnotation, lastAppliedAnnotation]);
  return {
    labels: {
      ...endpoints.metadata.labels,
      [serviceNameLabel]: endpoints.metadata.name,
      [managedByLabel]: controllerName,
    },
    annotations: orAbsent(annotations),
    ports: ports.length > 0 ? ports : null,
    endpoints: list,
  };
}

/** The same object when there is nothing to change. */
function rewritten(slice: EndpointSlice, endpoints: Endpoints, group: Group): Change {
  const { labels, annotations, ...rest } = content(endpoints, group);
  const ownerReferences = [controllerReference(endpoints)];
  const next: EndpointSlice = {
    ...slice,
    ...rest,
    metadata: { ...slice.metadata, labels, annotations, ownerReferences },
  };
  return { verb: 'update', object: isSame(slice, next) ? slice : next };
}

function isSame(left: EndpointSlice, right: EndpointSlice): boolean {
  return (
    sameValue(left.metadata, right.metadata) &&
    sameValue(left.ports ?? [], right.ports ?? []) &&
    sameValue(byAddress(left), byAddress(right))
  );
}

function byAddress({ endpoints }: EndpointSlice): readonly Endpoint[] {
  return [...(endpoints ?? [])].sort((left, right) => (left.addresses.join() < right.addresses.join() ? -1 : 1));
}

/** Slices that are no longer needed are used again for what is missing: recycleSlices. */
function added(missing: readonly Group[], leftOver: readonly EndpointSlice[], endpoints: Endpoints): readonly Change[] {
  const free = [...leftOver];
  const changes = missing.map((group): Change => {
    const index = free.findIndex(({ addressType }) => addressType === group.addressType);
    const [slice] = index < 0 ? [] : free.splice(index, 1);
    return slice ? rewritten(slice, endpoints, group) : { verb: 'create', object: draft(endpoints, group) };
  });
  return [...changes, ...free.map(deletion)];
}

function draft(endpoints: Endpoints, group: Group): Draft<EndpointSlice> {
  const { name, namespace } = endpoints.metadata;
  const { labels, annotations, ...rest } = content(endpoints, group);
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels,
      ...(annotations ? { annotations } : {}),
      ownerReferences: [controllerReference(endpoints)],
    },
    addressType: group.addressType,
    ...rest,
  };
}
