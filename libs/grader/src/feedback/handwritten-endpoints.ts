import type { Cluster, Evidence } from '@kubedrill/cluster-sim';
import type { EndpointSlice, Service } from '@kubedrill/kube-model';
import type { Diagnosis } from './diagnosis.ts';

/** Ties an EndpointSlice to its Service: discovery/v1 LabelServiceName. */
const serviceNameLabel = 'kubernetes.io/service-name';

/** What is wrong with the endpoints that were written by hand for a Service without a selector. */
export function diagnoseHandwrittenEndpoints(cluster: Cluster, service: Service): Diagnosis {
  const { namespace = '', name } = service.metadata;
  const slices = cluster.view.indexed('EndpointSlice', 'service', `${namespace}/${name}`).filter(hasEndpoints);
  if (slices.length === 0) return nobodyListed(cluster, service);
  return portWithoutNamesake(service, slices) ?? whatIsListed(service, slices);
}

function hasEndpoints({ endpoints }: EndpointSlice): boolean {
  return endpoints !== null && endpoints.length > 0;
}

/** Perhaps the endpoints are there, and nothing ties them to the Service. */
function nobodyListed({ view }: Cluster, service: Service): Diagnosis {
  const { namespace = '', name } = service.metadata;
  const text = `Service ${name} has no selector, and no endpoints are written for it`;
  const isOfNobody = (owner: string): boolean => view.get('Service', namespace, owner) === undefined;
  const endpoints = view.list('Endpoints', namespace).find(({ metadata }) => isOfNobody(metadata.name));
  if (endpoints) {
    const evidence = {
      kind: 'Endpoints',
      namespace,
      name: endpoints.metadata.name,
      path: ['metadata', 'name'],
    } as const;
    return { text: `${text}: the Endpoints "${endpoints.metadata.name}" do not have its name`, evidence: [evidence] };
  }
  const slice = view
    .list('EndpointSlice', namespace)
    .filter(hasEndpoints)
    .find(({ metadata }) => isOfNobody(metadata.labels?.[serviceNameLabel] ?? ''));
  if (slice) {
    const evidence = {
      kind: 'EndpointSlice',
      namespace,
      name: slice.metadata.name,
      path: ['metadata', 'labels'],
    } as const;
    const lack = `the EndpointSlice "${slice.metadata.name}" does not have the label ${serviceNameLabel}=${name}`;
    return { text: `${text}: ${lack}`, evidence: [evidence] };
  }
  return { text, evidence: [{ kind: 'Service', namespace, name, path: ['spec', 'selector'] }] };
}

/** Ports of the Service and of its slices belong together by name: pkg/proxy/endpointslicecache.go. */
function portWithoutNamesake(service: Service, slices: readonly EndpointSlice[]): Diagnosis | undefined {
  const { namespace = '', name } = service.metadata;
  const listed = slices.flatMap(({ ports }) => (ports ?? []).map((port) => port.name ?? ''));
  const ports = service.spec.ports ?? [];
  const index = ports.findIndex((port) => !listed.includes(port.name ?? ''));
  const port = ports[index];
  if (!port) return undefined;
  const wanted = port.name === undefined ? 'has no name' : `is named "${port.name}"`;
  const found = [...new Set(listed)].map((other) => (other === '' ? 'one without a name' : `"${other}"`)).join(', ');
  return {
    text: `port ${port.port} of Service ${name} ${wanted}, and its endpoints have other ports: ${found || 'none'}`,
    evidence: [{ kind: 'Service', namespace, name, path: ['spec', 'ports', index, 'name'] }],
  };
}

function whatIsListed(service: Service, slices: readonly EndpointSlice[]): Diagnosis {
  const { namespace = '', name } = service.metadata;
  const sockets = slices.flatMap(({ endpoints, ports }) =>
    (endpoints ?? []).flatMap(({ addresses }) =>
      addresses.flatMap((address) => (ports ?? []).map(({ port }) => `${address}:${port ?? '*'}`)),
    ),
  );
  const written: readonly Evidence[] = [
    { kind: 'Endpoints', namespace, name, path: ['subsets'] },
    ...slices.map(
      ({ metadata }) => ({ kind: 'EndpointSlice', namespace, name: metadata.name, path: ['ports'] }) as const,
    ),
  ];
  return { text: `what is written by hand for Service ${name} is ${sockets.join(', ')}`, evidence: written };
}
