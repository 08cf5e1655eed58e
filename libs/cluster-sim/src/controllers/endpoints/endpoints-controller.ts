import type { Endpoints, EndpointSubset, Pod, Service, StringMap } from '@kubedrill/kube-model';
import { noChanges, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { labelOf } from '../label-selector.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { isPodReady } from '../pod-state.ts';
import { sameValue } from '../same-value.ts';
import {
  addressesOf,
  belongsInEndpoints,
  findPort,
  hostnameIn,
  isHeadless,
  podsOf,
  selectorOf,
  servicesConcerned,
} from '../service-pods.ts';
import { orAbsent, without } from '../string-map.ts';
import { isOverCapacity, packSubsets, truncate, type EndpointEntry } from './subsets.ts';
import { triggerTime, triggerTimeAnnotation } from './trigger-time.ts';

const headlessLabel = 'service.kubernetes.io/headless';
const managedByLabel = 'endpoints.kubernetes.io/managed-by';
const overCapacityAnnotation = 'endpoints.kubernetes.io/over-capacity';

/** pkg/controller/endpoint/endpoints_controller.go. */
export const endpointsController: Controller = {
  name: 'endpoint',
  watches: ['Service', 'Pod', 'Endpoints'],
  keysFor,
  reconcile,
};

function keysFor(event: WatchEvent, view: ObjectView): readonly string[] {
  switch (event.object.kind) {
    case 'Service':
      return [keyOf(event.object.metadata)];
    case 'Pod':
      return servicesConcerned(event, view);
    case 'Endpoints':
      // What somebody writes into managed Endpoints stays until something else happens; only a deletion is made good.
      return event.type === 'DELETED' ? [keyOf(event.object.metadata)] : [];
    default:
      return [];
  }
}

function reconcile(view: ObjectView, key: string): Reconciliation {
  const { namespace, name } = splitKey(key);
  const service = view.get('Service', namespace, name);
  const current = view.get('Endpoints', namespace, name);
  // The API server deletes the Endpoints of a deleted Service; the controller does so again.
  if (!service)
    return current ? { changes: [{ verb: 'delete', key: { kind: 'Endpoints', namespace, name } }] } : noChanges;
  const selector = selectorOf(service);
  if (service.spec.type === 'ExternalName' || !selector) return noChanges;
  const pods = podsOf(view, service, selector);
  const subsets = packSubsets(pods.flatMap((pod) => entriesOf(pod, service)));
  if (current && isUpToDate(current, service, subsets)) return noChanges;
  const kept = isOverCapacity(subsets) ? truncate(subsets) : subsets;
  const content = {
    labels: labelsFor(service),
    annotations: annotationsFor(current, triggerTime(service, pods, notedTime(current), !current), kept !== subsets),
  };
  if (!current) {
    const metadata = { name, namespace, ...content };
    return {
      changes: [{ verb: 'create', object: { apiVersion: 'v1', kind: 'Endpoints', metadata, ...withSubsets(kept) } }],
    };
  }
  const metadata = { ...current.metadata, ...content };
  return {
    changes: [{ verb: 'update', object: { apiVersion: 'v1', kind: 'Endpoints', metadata, ...withSubsets(kept) } }],
  };
}

function withSubsets(subsets: readonly EndpointSubset[]): Pick<Endpoints, 'subsets'> {
  return subsets.length > 0 ? { subsets } : {};
}

function entriesOf(pod: Pod, service: Service): readonly EndpointEntry[] {
  const { publishNotReadyAddresses = false, ports = [], ipFamilies } = service.spec;
  if (!belongsInEndpoints(pod, publishNotReadyAddresses)) return [];
  const [ip] = addressesOf(pod, ipFamilies?.[0] ?? 'IPv4');
  if (ip === undefined) return [];
  const { namespace, name, uid } = pod.metadata;
  const hostname = hostnameIn(pod, service);
  const address = {
    ip,
    ...(hostname ? { hostname } : {}),
    nodeName: pod.spec.nodeName ?? '',
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
  const ready = publishNotReadyAddresses || isPodReady(pod);
  if (ports.length === 0) return service.spec.clusterIP === 'None' ? [{ address, port: undefined, ready }] : [];
  return ports.flatMap((port): readonly EndpointEntry[] => {
    const number = findPort(pod, port);
    if (number === undefined) return [];
    const { name: portName, protocol, appProtocol } = port;
    return [
      {
        address,
        ready,
        port: {
          ...(portName ? { name: portName } : {}),
          port: number,
          protocol,
          ...(appProtocol ? { appProtocol } : {}),
        },
      },
    ];
  });
}

function labelsFor(service: Service): StringMap {
  return {
    ...without(service.metadata.labels, [headlessLabel]),
    ...(isHeadless(service) ? { [headlessLabel]: '' } : {}),
    [managedByLabel]: 'endpoint-controller',
  };
}

function annotationsFor(
  current: Endpoints | undefined,
  time: string | undefined,
  isTruncated: boolean,
): StringMap | undefined {
  return orAbsent({
    ...without(current?.metadata.annotations, [triggerTimeAnnotation, overCapacityAnnotation]),
    ...(time === undefined ? {} : { [triggerTimeAnnotation]: time }),
    ...(isTruncated ? { [overCapacityAnnotation]: 'truncated' } : {}),
  });
}

function notedTime(current: Endpoints | undefined): string | undefined {
  return labelOf(current?.metadata.annotations, triggerTimeAnnotation);
}

function isUpToDate(current: Endpoints, service: Service, subsets: readonly EndpointSubset[]): boolean {
  if (!sameValue(current.subsets ?? [], subsets) && !sameValue(packSubsets(entriesIn(current)), subsets)) return false;
  return labelsAreCorrect(current, service) && capacityIsNoted(current);
}

function entriesIn({ subsets = [] }: Endpoints): readonly EndpointEntry[] {
  return subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }) => {
    const portsOrNone = ports.length > 0 ? ports : [undefined];
    return portsOrNone.flatMap((port) => [
      ...addresses.map((address) => ({ address, port, ready: true })),
      ...notReadyAddresses.map((address) => ({ address, port, ready: false })),
    ]);
  });
}

/** labelsCorrectForEndpoints: the headless label is not compared. */
function labelsAreCorrect({ metadata }: Endpoints, service: Service): boolean {
  return sameValue(without(metadata.labels, [headlessLabel]), without(labelsFor(service), [headlessLabel]));
}

function capacityIsNoted({ metadata, subsets = [] }: Endpoints): boolean {
  const isNoted = labelOf(metadata.annotations, overCapacityAnnotation) !== undefined;
  return isNoted === isOverCapacity(subsets);
}
