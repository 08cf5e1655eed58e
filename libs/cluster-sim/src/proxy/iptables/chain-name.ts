import { chainHash } from '../chain-hash.ts';
import type { ServicePortInfo } from '../service-map.ts';

/** The chains of one Service port; they share one hash. */
export interface PortChainNames {
  readonly cluster: string;
  readonly local: string;
  readonly firewall: string;
  readonly external: string;
}

const portNames = new WeakMap<ServicePortInfo, PortChainNames>();

export function portChainNames(port: ServicePortInfo): PortChainNames {
  let names = portNames.get(port);
  if (!names) {
    const hash = chainHash(port.name + port.protocol);
    names = {
      cluster: `KUBE-SVC-${hash}`,
      local: `KUBE-SVL-${hash}`,
      firewall: `KUBE-FW-${hash}`,
      external: `KUBE-EXT-${hash}`,
    };
    portNames.set(port, names);
  }
  return names;
}
