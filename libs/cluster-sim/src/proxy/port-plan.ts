import { cachedEndpointsOf, type EndpointInfo } from './endpoint-map.ts';
import type { ProxiedService } from './proxy-backend.ts';
import { servicePorts, type ServicePortInfo } from './service-map.ts';
import { usableEndpoints, type NodePlace, type UsableEndpoints } from './topology.ts';

/** What a node has to do for one Service port, whatever the mode: the head of syncProxyRules in every proxier. */
export interface PortPlan {
  readonly port: ServicePortInfo;
  /** All there are, usable or not. */
  readonly endpoints: readonly EndpointInfo[];
  readonly usable: UsableEndpoints;
  /** Whether traffic to the cluster IP is served on this node. */
  readonly hasInternal: boolean;
  /** Whether traffic from outside is served on this node. */
  readonly hasExternal: boolean;
}

export function plansOf({ service, slices }: ProxiedService, place: NodePlace): readonly PortPlan[] {
  return servicePorts(service).map((port) => {
    const endpoints = cachedEndpointsOf(port, slices);
    const usable = usableEndpoints(endpoints, port, place);
    const hasLocal = usable.local.length > 0;
    return {
      port,
      endpoints,
      usable,
      hasInternal: usable.any && (!port.internalPolicyLocal || hasLocal),
      hasExternal: usable.any && (!port.externalPolicyLocal || hasLocal),
    };
  });
}
