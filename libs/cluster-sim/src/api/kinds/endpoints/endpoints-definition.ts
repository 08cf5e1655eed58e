import type { EndpointAddress, Endpoints, EndpointSubset } from '@kubedrill/kube-model';
import { ipWarnings } from '../../validation/ip-address.ts';
import { root, type Path } from '../../validation/path.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { endpointsSchema } from './schema.ts';
import { validateEndpoints } from './endpoints-validation.ts';

/** core/v1 Endpoints: pkg/registry/core/endpoint. */
export const endpointsDefinition: KindDefinition<'Endpoints'> = {
  kind: 'Endpoints',
  schema: endpointsSchema,
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  defaults: defaultEndpoints,
  strategy: {
    allowCreateOnUpdate: true,
    allowUnconditionalUpdate: true,
    prepareForCreate: (endpoints) => endpoints,
    prepareForUpdate: (endpoints) => endpoints,
    validateCreate: (endpoints) => validateEndpoints(endpoints),
    validateUpdate: (endpoints, old) => validateEndpoints(endpoints, old),
    warningsOnCreate: endpointsWarnings,
    warningsOnUpdate: endpointsWarnings,
  },
};

function defaultEndpoints(endpoints: Endpoints): Endpoints {
  const subsets = endpoints.subsets;
  if (!subsets?.some(({ ports }) => ports?.some(({ protocol }) => !protocol))) return endpoints;
  return { ...endpoints, subsets: subsets.map(withProtocols) };
}

function withProtocols(subset: EndpointSubset): EndpointSubset {
  if (!subset.ports) return subset;
  return { ...subset, ports: subset.ports.map((port) => (port.protocol ? port : { ...port, protocol: 'TCP' })) };
}

function endpointsWarnings({ metadata, subsets }: Endpoints): readonly string[] {
  if (metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller') return [];
  return (subsets ?? []).flatMap(({ addresses, notReadyAddresses }, index) => {
    const at = root.child('subsets').index(index);
    return [
      ...addressWarnings(addresses, at.child('addresses')),
      ...addressWarnings(notReadyAddresses, at.child('notReadyAddresses')),
    ];
  });
}

function addressWarnings(addresses: readonly EndpointAddress[] | undefined, at: Path): readonly string[] {
  return (addresses ?? []).flatMap(({ ip }, index) => ipWarnings(ip, at.index(index).child('ip')));
}
