import type { RequestPath } from '../request-path.ts';
import type { Connector } from './connector.ts';
import { nodeProxy } from './node-proxy.ts';
import { podLog } from './pod-log.ts';
import { podProxy, serviceProxy } from './proxy.ts';

/** By resource of the core group and subresource. */
const connectors: ReadonlyMap<string, Connector> = new Map<string, Connector>([
  ['pods/log', podLog],
  ['pods/proxy', podProxy],
  ['services/proxy', serviceProxy],
  ['nodes/proxy', nodeProxy],
]);

export function connectorOf(path: RequestPath): Connector | undefined {
  if (path.kind !== 'resource' || path.groupVersion !== 'v1') return undefined;
  return connectors.get(`${path.plural}/${path.subresource}`);
}
