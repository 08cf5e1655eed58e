import type { Endpoint, EndpointPort, EndpointSlice } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { ipWarnings } from '../../validation/ip-address.ts';
import { root } from '../../validation/path.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { endpointSliceSchema } from './schema.ts';
import { validateEndpointSlice } from './endpoint-slice-validation.ts';

/** discovery.k8s.io/v1 EndpointSlice: pkg/registry/discovery/endpointslice. */
export const endpointSliceDefinition: KindDefinition<'EndpointSlice'> = {
  kind: 'EndpointSlice',
  schema: endpointSliceSchema,
  defaults: defaultEndpointSlice,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (slice) => withGeneration(withoutTopology(slice), 1),
    prepareForUpdate: (slice, old) => {
      const isChanged =
        !semanticallyEqual(slice.endpoints, old.endpoints) ||
        !semanticallyEqual(slice.ports, old.ports) ||
        slice.addressType !== old.addressType ||
        !semanticallyEqual(slice.metadata.labels, old.metadata.labels);
      return withoutTopology(isChanged ? withGeneration(slice, (old.metadata.generation ?? 0) + 1) : slice);
    },
    validateCreate: (slice) => validateEndpointSlice(slice),
    validateUpdate: (slice, old) => validateEndpointSlice(slice, old),
    warningsOnCreate: (slice) => [
      ...(slice.addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : []),
      ...addressWarnings(slice),
    ],
    warningsOnUpdate: addressWarnings,
  },
};

/** pkg/apis/discovery/v1/defaults.go; empty lists come back from storage as null. */
function defaultEndpointSlice(slice: EndpointSlice): EndpointSlice {
  const endpoints = slice.endpoints?.length ? slice.endpoints : null;
  const ports = slice.ports?.length ? defaultPorts(slice.ports) : null;
  return endpoints === slice.endpoints && ports === slice.ports ? slice : { ...slice, endpoints, ports };
}

function defaultPorts(ports: readonly EndpointPort[]): readonly EndpointPort[] {
  if (ports.every(({ name, protocol }) => name !== undefined && protocol !== undefined)) return ports;
  return ports.map((port) => ({ ...port, name: port.name ?? '', protocol: port.protocol ?? 'TCP' }));
}

function withGeneration(slice: EndpointSlice, generation: number): EndpointSlice {
  return { ...slice, metadata: { ...slice.metadata, generation } };
}

/** The field is left over from v1beta1 and cannot be written through v1. */
function withoutTopology(slice: EndpointSlice): EndpointSlice {
  if (!slice.endpoints?.some(({ deprecatedTopology }) => deprecatedTopology !== undefined)) return slice;
  return { ...slice, endpoints: slice.endpoints.map(endpointWithoutTopology) };
}

function endpointWithoutTopology(endpoint: Endpoint): Endpoint {
  const kept: { -readonly [F in keyof Endpoint]: Endpoint[F] } = { ...endpoint };
  delete kept.deprecatedTopology;
  return kept;
}

const controllers: ReadonlySet<string> = new Set([
  'endpointslice-controller.k8s.io',
  'endpointslicemirroring-controller.k8s.io',
]);

function addressWarnings({ metadata, endpoints }: EndpointSlice): readonly string[] {
  if (controllers.has(metadata.labels?.['endpointslice.kubernetes.io/managed-by'] ?? '')) return [];
  return (endpoints ?? []).flatMap(({ addresses }, index) =>
    addresses.flatMap((address, position) =>
      ipWarnings(address, root.child('endpoints').index(index).child('addresses').index(position)),
    ),
  );
}
