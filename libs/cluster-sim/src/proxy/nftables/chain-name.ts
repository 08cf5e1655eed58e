import { chainHash } from '../chain-hash.ts';
import type { EndpointInfo } from '../endpoint-map.ts';
import type { ServicePortInfo } from '../service-map.ts';

// knftables.NameLengthMax without the longest prefix.
const longestName = 240;

/** pkg/proxy/nftables/proxier.go hashAndTruncate: eight characters of the hash tell names apart that are cut off. */
function hashed(name: string): string {
  const full = `${chainHash(name).slice(0, 8)}-${name}`;
  return full.length > longestName ? `${full.slice(0, longestName - 3)}...` : full;
}

function portName({ service, protocol, portName: name }: ServicePortInfo): string {
  return `${service.metadata.namespace ?? ''}/${service.metadata.name}/${protocol}/${name}`;
}

const portNames = new WeakMap<ServicePortInfo, string>();

/** What follows the prefix ("service-", "local-", "external-", "firewall-") in the names of a port's chains. */
export function portChainBase(port: ServicePortInfo): string {
  let base = portNames.get(port);
  if (base === undefined) portNames.set(port, (base = hashed(portName(port))));
  return base;
}

/** What follows "endpoint-" and "affinity-". */
export function endpointChainBase(port: ServicePortInfo, { address, port: number }: EndpointInfo): string {
  return hashed(`${portName(port)}__${address}/${number}`);
}
