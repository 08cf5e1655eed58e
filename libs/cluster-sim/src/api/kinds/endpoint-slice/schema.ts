import { objectMeta, objectReference } from '../../schema/object-meta.ts';
import { always, bool, int32, list, map, named, object, pointer, string } from '../../schema/schema.ts';

/** discovery.k8s.io/v1 EndpointSlice. */

const endpoint = object('Endpoint', {
  addresses: always(list(string, { listType: { kind: 'set' } })),
  conditions: always(
    object('EndpointConditions', { ready: pointer(bool), serving: pointer(bool), terminating: pointer(bool) }),
  ),
  hostname: pointer(string),
  targetRef: objectReference,
  deprecatedTopology: map(string),
  nodeName: pointer(string),
  zone: pointer(string),
  hints: object('EndpointHints', {
    forZones: list(object('ForZone', { name: always(string) })),
    forNodes: list(object('ForNode', { name: always(string) })),
  }),
});

const endpointPort = object('EndpointPort', {
  name: pointer(string),
  protocol: pointer(named('v1.Protocol', string)),
  port: pointer(int32),
  appProtocol: pointer(string),
});

export const endpointSliceSchema = object('EndpointSlice', {
  metadata: objectMeta,
  addressType: always(named('v1.AddressType', string)),
  endpoints: always(list(endpoint)),
  ports: always(list(endpointPort)),
});
