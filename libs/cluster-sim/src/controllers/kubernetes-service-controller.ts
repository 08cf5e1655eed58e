import type { EndpointAddress, Endpoint, Endpoints, EndpointSlice, EndpointSubset } from '@kubedrill/kube-model';
import { apiServerService, apiServerSubset, type BootstrapOptions } from '../api/bootstrap.ts';
import { semanticallyEqual } from '../api/validation/immutable.ts';
import { parseIp } from '../api/validation/ip-address.ts';
import { noChanges, type Change, type Controller } from '../engine/controller.ts';
import type { Duration } from '../engine/time.ts';
import type { ObjectView } from '../store/object-view.ts';

const [namespace, name] = ['default', 'kubernetes'];
const skipMirror = 'endpointslice.kubernetes.io/skip-mirror';
const serviceName = 'kubernetes.io/service-name';

/** DefaultEndpointReconcilerInterval of pkg/controlplane/instance.go. */
const interval: Duration = 10_000;

/**
 * The API server looks after its own Service every ten seconds: pkg/controlplane/controller/kubernetesservice, with the
 * endpoints of pkg/controlplane/reconcilers/lease.go. A Service that is there stays as it is; its Endpoints have to name the API
 * server and nobody else, on whatever ports; their slice has to say what they say.
 */
export function kubernetesServiceController(options: BootstrapOptions): Controller {
  return {
    name: 'kubernetes-service',
    watches: ['Service', 'Endpoints', 'EndpointSlice'],
    keysFor: ({ object: { metadata } }) => (metadata.name === name && metadata.namespace === namespace ? [name] : []),
    reconcile(view, _key, now) {
      const changes = corrections(view, options);
      if (changes.length === 0) return noChanges;
      const next = Math.ceil(now / interval) * interval;
      return next > now ? { changes: [], wakeAt: next } : { changes, wakeAt: now + interval, isStable: true };
    },
  };
}

function corrections(view: ObjectView, options: BootstrapOptions): readonly Change[] {
  const endpoints = view.get('Endpoints', namespace, name);
  const subsets = correctSubsets(endpoints?.subsets ?? [], options);
  const changes: Change[] = [];
  if (!view.get('Service', namespace, name)) changes.push({ verb: 'create', object: apiServerService(options) });
  if (!endpoints) changes.push({ verb: 'create', object: newEndpoints(subsets) });
  else if (subsets !== endpoints.subsets || endpoints.metadata.labels?.[skipMirror] !== 'true')
    changes.push({ verb: 'update', object: corrected(endpoints, subsets) });
  changes.push(...sliceCorrections(view.get('EndpointSlice', namespace, name), sliceOf(subsets)));
  return changes;
}

/** One subset with the API server's address alone; its ports are as they were. */
function correctSubsets(subsets: readonly EndpointSubset[], options: BootstrapOptions): readonly EndpointSubset[] {
  const right = apiServerSubset(options);
  const [only] = subsets;
  if (!only || subsets.length > 1) return [right];
  const isRight = only.addresses?.length === 1 && only.addresses[0]?.ip === options.apiServerAddress;
  return isRight ? subsets : [{ ...only, addresses: right.addresses ?? [] }];
}

function newEndpoints(subsets: readonly EndpointSubset[]): Omit<Endpoints, 'metadata'> & {
  readonly metadata: Pick<Endpoints['metadata'], 'name' | 'labels'> & { readonly namespace: string };
} {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace, labels: { [skipMirror]: 'true' } },
    subsets,
  };
}

function corrected(endpoints: Endpoints, subsets: readonly EndpointSubset[]): Endpoints {
  const labels = { ...endpoints.metadata.labels, [skipMirror]: 'true' };
  return { ...endpoints, metadata: { ...endpoints.metadata, labels }, subsets };
}

type SliceContent = Pick<EndpointSlice, 'addressType' | 'endpoints' | 'ports'>;

/** endpointSliceFromEndpoints of pkg/controlplane/reconcilers/endpointsadapter.go. */
function sliceOf([subset = {}]: readonly EndpointSubset[]): SliceContent {
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  const toEndpoint =
    (ready: boolean) =>
    ({ ip, nodeName, targetRef }: EndpointAddress): readonly Endpoint[] =>
      parseIp(ip)?.family === 'IPv4'
        ? [
            {
              addresses: [ip],
              conditions: { ready },
              ...(targetRef ? { targetRef } : {}),
              ...(nodeName === undefined ? {} : { nodeName }),
            },
          ]
        : [];
  return {
    addressType: 'IPv4',
    endpoints: [...addresses.flatMap(toEndpoint(true)), ...notReadyAddresses.flatMap(toEndpoint(false))],
    ports: ports.map(({ name: port = '', port: number, protocol }) => ({ name: port, port: number, protocol })),
  };
}

function sliceCorrections(found: EndpointSlice | undefined, content: SliceContent): readonly Change[] {
  const labels = { [serviceName]: name };
  const create: Change = {
    verb: 'create',
    object: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name, namespace, labels },
      ...content,
    },
  };
  if (!found) return [create];
  if (found.addressType !== content.addressType)
    return [{ verb: 'delete', key: { kind: 'EndpointSlice', namespace, name } }, create];
  const isRight =
    semanticallyEqual(found.endpoints, content.endpoints) &&
    semanticallyEqual(found.ports, content.ports) &&
    semanticallyEqual(found.metadata.labels, labels);
  return isRight ? [] : [{ verb: 'update', object: { ...found, ...content, metadata: { ...found.metadata, labels } } }];
}
