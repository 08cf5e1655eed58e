import type { ServicePortInfo } from '../service-map.ts';
import { sha256 } from '../sha256.ts';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** pkg/proxy/iptables/proxier.go portProtoHash: 16 characters of base32, because chain names have at most 28. */
export function chainHash(text: string): string {
  const digest = sha256(text);
  let hash = '';
  let bits = 0;
  let value = 0;
  for (let index = 0; hash.length < 16; index += 1) {
    value = ((value << 8) | (digest[index] ?? 0)) & 0xfff;
    bits += 8;
    while (bits >= 5 && hash.length < 16) {
      bits -= 5;
      hash += base32.charAt((value >>> bits) & 31);
    }
  }
  return hash;
}

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
