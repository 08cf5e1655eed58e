import type { EndpointPort, EndpointSlice, Pod, Service, StringMap } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Draft, type Reconciliation } from '../../engine/controller.ts';
import type { Remark } from '../../events/remark.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { triggerTime, triggerTimeAnnotation } from '../endpoints/trigger-time.ts';
import { labelOf } from '../label-selector.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { controllerReference, objectKeyOf } from '../ownership.ts';
import { sameValue } from '../same-value.ts';
import { belongsInEndpoints, podsOf, selectorOf, servicesConcerned } from '../service-pods.ts';
import { orAbsent, without } from '../string-map.ts';
import { EndpointSet, portMapKey } from './endpoint-set.ts';
import {
  controllerName,
  endpointOf,
  labelsDiffer,
  labelsFor,
  managedByLabel,
  portsFor,
  serviceNameLabel,
} from './slice-content.ts';
import { isMissingSlice } from './missing-slice.ts';
import { pack } from './slice-packing.ts';
import { mapEndpoints, type NewSlice, type SlicePlan } from './slice-plan.ts';
import { hasOverloadedZone, wantsTopologyHints, withTopologyHints } from './topology-hints.ts';
import { hintsWithdrawnRemarks, strandedRemark, topologyRemark } from './slice-remarks.ts';
import { withHints } from './traffic-distribution.ts';
import { concernsZones, zoneShares } from './zone-shares.ts';

type Family = 'IPv4' | 'IPv6';

/** pkg/controller/endpointslice and staging/src/k8s.io/endpointslice/reconciler.go. */
export const endpointSliceController: Controller = {
  name: 'endpointslice',
  watches: ['Service', 'Pod', 'EndpointSlice', 'Node'],
  keysFor,
  reconcile,
  comment: hintsWithdrawnRemarks,
};

function keysFor(event: WatchEvent, view: ObjectView): readonly string[] {
  const { object, previous } = event;
  switch (object.kind) {
    case 'Service':
      return event.type === 'DELETED' ? [] : [keyOf(object.metadata)];
    case 'Pod':
      return servicesConcerned(event, view);
    case 'EndpointSlice':
      return servicesOf(object);
    case 'Node':
      return event.type !== 'MODIFIED' || (previous?.kind === 'Node' && concernsZones(previous, object))
        ? overloadedServices(view)
        : [];
    default:
      return [];
  }
}

/** checkNodeTopologyDistribution: what a change of the nodes leaves alone keeps its hints, the lack of them included. */
function overloadedServices(view: ObjectView): readonly string[] {
  const keys = view
    .list('Service')
    .filter(wantsTopologyHints)
    .map(({ metadata }) => keyOf(metadata));
  if (keys.length === 0) return keys;
  const shares = zoneShares(view.list('Node'));
  return keys.filter((key) =>
    hasOverloadedZone(view.indexed('EndpointSlice', 'service', key).filter(isManaged), shares),
  );
}

function servicesOf(slice: EndpointSlice): readonly string[] {
  const service = labelOf(slice.metadata.labels, serviceNameLabel);
  return service && isManaged(slice) ? [`${slice.metadata.namespace ?? ''}/${service}`] : [];
}

function isManaged({ metadata }: EndpointSlice): boolean {
  return labelOf(metadata.labels, managedByLabel) === controllerName;
}

function reconcile(view: ObjectView, key: string): Reconciliation {
  const { namespace, name } = splitKey(key);
  const service = view.get('Service', namespace, name);
  const selector = service && selectorOf(service);
  if (!service || !selector || service.spec.type === 'ExternalName') return noChanges;
  const pods = podsOf(view, service, selector);
  if (isMissingSlice(view, service, (slice) => servicesOf(slice).includes(key))) return noChanges;
  const existing = view
    .indexed('EndpointSlice', 'service', key)
    .filter((slice) => isManaged(slice) && slice.metadata.deletionTimestamp === undefined);
  const families: readonly Family[] = service.spec.ipFamilies ?? ['IPv4'];
  const unsupported = existing.filter(({ addressType }) => !families.includes(addressType as Family));
  const noted = existing
    .map(({ metadata }) => labelOf(metadata.annotations, triggerTimeAnnotation))
    .filter((time) => time !== undefined);
  const time = triggerTime(service, pods, noted.sort().at(-1), existing.length === 0);
  const remarks: Remark[] = [];
  const changes = families.flatMap((family) => {
    const own = existing.filter(({ addressType }) => addressType === family);
    const reconciliation = new FamilyReconciliation(view, service, family, time);
    const changesOfFamily = reconciliation.run(own, pods);
    if (reconciliation.remark) remarks.push(reconciliation.remark);
    if (reconciliation.stranded.length > 0) remarks.push(strandedRemark(service, reconciliation.stranded));
    return changesOfFamily;
  });
  // Hints by topology are looked at again with the slices as they are then.
  return { changes: [...changes, ...unsupported.map(deletion)], isStable: !wantsTopologyHints(service), remarks };
}

function deletion(slice: EndpointSlice): Change {
  return { verb: 'delete', key: objectKeyOf(slice), uid: slice.metadata.uid };
}

interface PortGroup {
  readonly ports: readonly EndpointPort[];
  readonly desired: EndpointSet;
  readonly existing: EndpointSlice[];
}

/** reconcileByAddressType and finalize. */
class FamilyReconciliation {
  remark: Remark | undefined;
  /** Pods whose node is gone. */
  readonly stranded: Pod[] = [];
  private readonly view: ObjectView;
  private readonly service: Service;
  private readonly family: Family;
  private readonly time: string | undefined;
  private create: NewSlice[] = [];
  private update: EndpointSlice[] = [];
  private remove: EndpointSlice[] = [];

  constructor(view: ObjectView, service: Service, family: Family, time: string | undefined) {
    this.view = view;
    this.service = service;
    this.family = family;
    this.time = time;
  }

  run(existing: readonly EndpointSlice[], pods: readonly Pod[]): readonly Change[] {
    const owned = existing.filter((slice) => this.owns(slice));
    this.remove = existing.filter((slice) => !this.owns(slice));
    for (const { ports, desired, existing: slices } of this.groups(owned, pods).values()) {
      const { create, update, remove } = pack(slices, desired, (slice) => labelsDiffer(slice, this.service));
      this.create.push(...create.map((endpoints) => ({ ports, endpoints })));
      this.update.push(...update);
      this.remove.push(...remove);
    }
    if (existing.length === this.remove.length && this.create.length === 0) this.keepPlaceholder();
    this.giveHints(existing);
    return this.changes();
  }

  private owns({ metadata }: EndpointSlice): boolean {
    return (
      metadata.ownerReferences?.some(
        ({ uid, kind, apiVersion }) => uid === this.service.metadata.uid && kind === 'Service' && apiVersion === 'v1',
      ) ?? false
    );
  }

  /** By ports; slices whose ports nobody has any more are due for deletion. */
  private groups(owned: readonly EndpointSlice[], pods: readonly Pod[]): ReadonlyMap<string, PortGroup> {
    const groups = new Map<string, PortGroup>();
    const { publishNotReadyAddresses = false } = this.service.spec;
    for (const pod of pods) {
      if (!belongsInEndpoints(pod, true)) continue;
      const ports = portsFor(pod, this.service);
      const key = portMapKey(ports);
      const group = groups.get(key) ?? { ports, desired: new EndpointSet(), existing: [] };
      groups.set(key, group);
      const node = this.view.get('Node', '', pod.spec.nodeName ?? '');
      if (!node && !publishNotReadyAddresses) {
        this.stranded.push(pod);
        continue;
      }
      const endpoint = endpointOf(pod, node, this.service, this.family);
      if (endpoint.addresses.length > 0) group.desired.add(endpoint);
    }
    for (const slice of owned) {
      const group = groups.get(portMapKey(slice.ports));
      if (group) group.existing.push(slice);
      else this.remove.push(slice);
    }
    return groups;
  }

  /** A Service without Pods keeps one empty slice. */
  private keepPlaceholder(): void {
    const [only] = this.remove;
    const isPlaceholder = only && !only.endpoints?.length && !only.ports?.length && this.owns(only);
    const hasLabels = sameValue(withText(only?.metadata.labels), withText(labelsFor(this.service)));
    if (this.remove.length === 1 && isPlaceholder && hasLabels) this.remove = [];
    else this.create.push({ ports: [], endpoints: [] });
  }

  private giveHints(existing: readonly EndpointSlice[]): void {
    const touched = new Set([...this.update, ...this.remove].map(({ metadata }) => metadata.uid));
    const unchanged = existing.filter(({ metadata }) => !touched.has(metadata.uid));
    const { create, update } = this.hinted({ create: this.create, update: this.update, unchanged }, existing);
    this.create = [...create];
    this.update = [...update];
  }

  private hinted(plan: SlicePlan, existing: readonly EndpointSlice[]): SlicePlan {
    const { service, view, family: addressType } = this;
    if (!wantsTopologyHints(service)) return mapEndpoints(plan, (endpoint) => withHints(endpoint, service));
    const shares = zoneShares(view.list('Node'));
    const hinted = withTopologyHints(plan, shares);
    this.remark = topologyRemark({ service, addressType, shares, existing, plan: hinted });
    return hinted;
  }

  private changes(): readonly Change[] {
    const changes: Change[] = [];
    this.recycle();
    const isGoing = this.service.metadata.deletionTimestamp !== undefined;
    if (!isGoing) changes.push(...this.create.map((slice): Change => ({ verb: 'create', object: this.draft(slice) })));
    changes.push(...this.update.map((slice): Change => ({ verb: 'update', object: this.written(slice) })));
    changes.push(...this.remove.map(deletion));
    return changes;
  }

  /** What would be deleted is used for what would be created. */
  private recycle(): void {
    const kept: EndpointSlice[] = [];
    for (const slice of this.remove) {
      const content = this.owns(slice) ? this.create.pop() : undefined;
      if (content) this.update.push(rewritten(slice, content));
      else kept.push(slice);
    }
    this.remove = kept;
  }

  private draft({ ports, endpoints }: NewSlice): Draft<EndpointSlice> {
    const { name, namespace } = this.service.metadata;
    return {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        generateName: `${name}-`,
        namespace,
        labels: labelsFor(this.service),
        ...this.annotations(undefined),
        ownerReferences: [controllerReference(this.service)],
      },
      addressType: this.family,
      endpoints: orNull(endpoints),
      ports: orNull(ports),
    };
  }

  private written(slice: EndpointSlice): EndpointSlice {
    const { annotations, ...metadata } = slice.metadata;
    return {
      ...slice,
      metadata: { ...metadata, labels: labelsFor(this.service), ...this.annotations(annotations) },
      endpoints: orNull(slice.endpoints ?? []),
      ports: orNull(slice.ports ?? []),
    };
  }

  private annotations(
    present: EndpointSlice['metadata']['annotations'],
  ): Pick<EndpointSlice['metadata'], 'annotations'> {
    const others = without(present, [triggerTimeAnnotation]);
    const annotations = orAbsent(this.time === undefined ? others : { ...others, [triggerTimeAnnotation]: this.time });
    return annotations ? { annotations } : {};
  }
}

/** A slice that is used again keeps nothing but its name. */
function rewritten(slice: EndpointSlice, { endpoints, ports }: NewSlice): EndpointSlice {
  const { annotations: _, ...metadata } = slice.metadata;
  return { ...slice, metadata, endpoints, ports };
}

/** placeholderSliceCompare takes a label without a value for one that is missing. */
function withText(labels: StringMap | undefined): StringMap {
  return Object.fromEntries(Object.entries(labels ?? {}).filter(([, value]) => value !== ''));
}

/** Both fields have no omitempty: an empty list comes back from storage as null. */
function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length > 0 ? list : null;
}
