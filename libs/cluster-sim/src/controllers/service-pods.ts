import type { Pod, Service, ServicePort, StringMap } from '@kubedrill/kube-model';
import type { WatchEvent, ObjectView } from '../store/object-view.ts';
import { hasLabels } from './label-selector.ts';
import { keyOf } from './object-key.ts';
import { isPodReady, isPodTerminal } from './pod-state.ts';

/** What the Endpoints and the EndpointSlice controller share: staging/src/k8s.io/endpointslice/util/controller_utils.go. */

/** The Service's selector; an empty one is stored as none and selects nothing. */
export function selectorOf({ spec }: Service): StringMap | undefined {
  return spec.selector && Object.keys(spec.selector).length > 0 ? spec.selector : undefined;
}

export function podsOf(view: ObjectView, service: Service, selector: StringMap): readonly Pod[] {
  const { namespace = '' } = service.metadata;
  const key = Object.keys(selector).sort().at(-1) ?? '';
  const candidates = view.indexed('Pod', 'label', `${namespace}/${key}=${selector[key] ?? ''}`);
  return candidates.filter(({ metadata }) => hasLabels(metadata.labels, selector));
}

/** Keys of the Services that select the Pod, before or after the event, if the event concerns their endpoints. */
export function servicesConcerned(event: WatchEvent, view: ObjectView): readonly string[] {
  const { object: pod, previous } = event;
  if (pod.kind !== 'Pod') return [];
  if (event.type !== 'MODIFIED' || previous?.kind !== 'Pod') return selecting(pod, view);
  const isMoved = previous.metadata.labels !== pod.metadata.labels || !sameNames(previous, pod);
  if (!isMoved && !concernsEndpoints(previous, pod)) return [];
  const after = selecting(pod, view);
  if (!isMoved) return after;
  return [...after, ...selecting(previous, view).filter((key) => !after.includes(key))];
}

function selecting(pod: Pod, view: ObjectView): readonly string[] {
  return servicesSelecting(pod, view).map(({ metadata }) => keyOf(metadata));
}

export function servicesSelecting({ metadata }: Pod, view: ObjectView): readonly Service[] {
  const { namespace = '', labels } = metadata;
  if (!labels) return [];
  const services: Service[] = [];
  for (const label of Object.keys(labels)) {
    for (const service of view.indexed('Service', 'selector', `${namespace}/${label}=${labels[label] ?? ''}`))
      if (hasLabels(labels, service.spec.selector ?? {})) services.push(service);
  }
  return services;
}

/**
 * podEndpointsChanged. The phase is not asked: a Pod that ends is not ready any more. One that is going is looked at whatever becomes
 * of it (times are compared by their addresses there), of which only its end makes a difference.
 */
function concernsEndpoints(before: Pod, after: Pod): boolean {
  return (
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    (after.metadata.deletionTimestamp !== undefined && before.status.phase !== after.status.phase) ||
    isPodReady(before) !== isPodReady(after) ||
    !sameAddresses(before, after)
  );
}

function sameNames(left: Pod, right: Pod): boolean {
  return left.spec.hostname === right.spec.hostname && left.spec.subdomain === right.spec.subdomain;
}

function sameAddresses(left: Pod, right: Pod): boolean {
  const [before = [], after = []] = [left.status.podIPs, right.status.podIPs];
  return (
    before === after || (before.length === after.length && before.every(({ ip }, index) => ip === after[index]?.ip))
  );
}

/** ShouldPodBeInEndpoints. */
export function belongsInEndpoints(pod: Pod, includeTerminating: boolean): boolean {
  if (isPodTerminal(pod) || (!pod.status.podIP && !pod.status.podIPs?.length)) return false;
  return includeTerminating || pod.metadata.deletionTimestamp === undefined;
}

/** ShouldSetHostname: what gives a Pod a DNS name of its own under a headless Service. */
export function hostnameIn(pod: Pod, service: Service): string | undefined {
  const { hostname, subdomain } = pod.spec;
  return hostname && subdomain === service.metadata.name ? hostname : undefined;
}

export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === 'None' || !spec.clusterIP;
}

/** FindPort: the number behind a targetPort, for this Pod; undefined when no container declares the name. */
export function findPort(
  { spec }: Pod,
  { targetPort, protocol }: Pick<ServicePort, 'targetPort' | 'protocol'>,
): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  const sidecars = spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always') ?? [];
  for (const { ports = [] } of [...spec.containers, ...sidecars])
    for (const port of ports) if (port.name === targetPort && port.protocol === protocol) return port.containerPort;
  return undefined;
}

export function addressesOf(pod: Pod, family: 'IPv4' | 'IPv6'): readonly string[] {
  const addresses = pod.status.podIPs?.map(({ ip }) => ip) ?? [];
  return addresses.filter((address) => address.includes(':') === (family === 'IPv6'));
}
