import type { Endpoint, EndpointPort, EndpointSlice, Node, Pod, Service, StringMap } from '@kubedrill/kube-model';
import { isPodReady } from '../pod-state.ts';
import { slicePortsInOrder } from '../port-order.ts';
import { sameValue } from '../same-value.ts';
import { without } from '../string-map.ts';
import { addressesOf, findPort, hostnameIn, isHeadless } from '../service-pods.ts';
import { zoneOf } from './zone-shares.ts';

export const serviceNameLabel = 'kubernetes.io/service-name';
export const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
export const controllerName = 'endpointslice-controller.k8s.io';
const headlessLabel = 'service.kubernetes.io/headless';

/** staging/src/k8s.io/endpointslice/utils.go podToEndpoint. */
export function endpointOf(pod: Pod, node: Node | undefined, service: Service, family: 'IPv4' | 'IPv6'): Endpoint {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = (service.spec.publishNotReadyAddresses ?? false) || (serving && !terminating);
  const { namespace, name, uid } = pod.metadata;
  const zone = zoneOf(node);
  const hostname = hostnameIn(pod, service);
  return {
    addresses: addressesOf(pod, family),
    conditions: { ready, serving, terminating },
    ...(hostname ? { hostname } : {}),
    targetRef: { kind: 'Pod', namespace, name, uid },
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    ...(zone ? { zone } : {}),
  };
}

/** getEndpointPorts: the ports of the Service as they are in this Pod. */
export function portsFor(pod: Pod, { spec }: Service): readonly EndpointPort[] {
  const ports = (spec.ports ?? []).flatMap((servicePort): readonly EndpointPort[] => {
    const port = findPort(pod, servicePort);
    if (port === undefined) return [];
    const { name = '', protocol, appProtocol } = servicePort;
    return [{ name, protocol, port, ...(appProtocol === undefined ? {} : { appProtocol }) }];
  });
  return slicePortsInOrder(ports);
}

/** setEndpointSliceLabels: those of the Service, and the controller's own. */
export function labelsFor(service: Service): StringMap {
  return {
    ...withoutReserved(service.metadata.labels),
    ...(isHeadless(service) ? { [headlessLabel]: '' } : {}),
    [serviceNameLabel]: service.metadata.name,
    [managedByLabel]: controllerName,
  };
}

/** Whether the Service's labels have to be copied again; the controller's own ones are not looked at. */
export function labelsDiffer(slice: EndpointSlice, service: Service): boolean {
  return !sameValue(withoutReserved(slice.metadata.labels), withoutReserved(service.metadata.labels));
}

function withoutReserved(labels: StringMap | undefined): StringMap {
  return without(labels, [headlessLabel, serviceNameLabel, managedByLabel]);
}
