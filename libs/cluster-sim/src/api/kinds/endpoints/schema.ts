import { objectMeta, objectReference } from '../../schema/object-meta.ts';
import { always, int32, list, named, object, pointer, string } from '../../schema/schema.ts';

/** core/v1 Endpoints. */

const endpointAddress = object('EndpointAddress', {
  ip: always(string),
  hostname: string,
  nodeName: pointer(string),
  targetRef: objectReference,
});

const endpointPort = object('EndpointPort', {
  name: string,
  port: always(int32),
  protocol: named('v1.Protocol', string),
  appProtocol: pointer(string),
});

export const endpointsSchema = object('Endpoints', {
  metadata: objectMeta,
  subsets: list(
    object('EndpointSubset', {
      addresses: list(endpointAddress),
      notReadyAddresses: list(endpointAddress),
      ports: list(endpointPort),
    }),
  ),
});
