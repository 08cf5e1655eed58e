import { badRequest } from '@kubedrill/cluster-sim';
import type { RequestPath } from '../request-path.ts';
import { statusAnswer } from '../wire.ts';
import type { Connector } from './connector.ts';
import { nodeProxy } from './node-proxy.ts';
import { podLog } from './pod-log.ts';
import { podProxy, serviceProxy } from './proxy.ts';

/** Who comes without an upgrade cannot be given streams: apimachinery/pkg/util/proxy/upgradeaware.go. */
const upgradeRequired: Connector = () => statusAnswer(badRequest('Upgrade request required'));

/** By resource of the core group and subresource. */
const connectors: ReadonlyMap<string, Connector> = new Map<string, Connector>([
  ['pods/log', podLog],
  ['pods/exec', upgradeRequired],
  ['pods/attach', upgradeRequired],
  ['pods/portforward', upgradeRequired],
  ['pods/proxy', podProxy],
  ['services/proxy', serviceProxy],
  ['nodes/proxy', nodeProxy],
]);

export function connectorOf(path: RequestPath): Connector | undefined {
  if (path.kind !== 'resource' || path.groupVersion !== 'v1') return undefined;
  return connectors.get(`${path.plural}/${path.subresource}`);
}
