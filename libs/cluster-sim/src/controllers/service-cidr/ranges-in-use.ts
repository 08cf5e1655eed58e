import type { IPAddress, ServiceCIDR } from '@kubedrill/kube-model';
import { ipRangeContains, parseIpRange, type IpRange } from '../../api/validation/ip-address.ts';
import { parseAddress, parseRange } from '../../network/ipv4.ts';
import type { ObjectView } from '../../store/object-view.ts';

/** canDeleteCIDR: whether some cluster IP would be in no range any more. */
export function isInUse(going: ServiceCIDR, view: ObjectView): boolean {
  const ranges = rangesOf(going);
  const others = view
    .list('ServiceCIDR')
    .filter(({ metadata }) => metadata.name !== going.metadata.name)
    .flatMap(rangesOf);
  const isCovered = (range: IpRange): boolean =>
    others.some((other) => other.prefixLength <= range.prefixLength && ipRangeContains(other, range));
  if (ranges.every(isCovered)) return false;
  return view.list('IPAddress').some((address) => isClusterIP(address) && isOnlyIn(address, ranges, others));
}

function rangesOf({ spec }: ServiceCIDR): readonly IpRange[] {
  return (spec.cidrs ?? []).flatMap((cidr) => parseIpRange(cidr) ?? []);
}

function isClusterIP({ metadata }: IPAddress): boolean {
  return metadata.labels?.['ipaddress.kubernetes.io/managed-by'] === 'ipallocator.k8s.io';
}

function isOnlyIn({ metadata: { name } }: IPAddress, ranges: readonly IpRange[], others: readonly IpRange[]): boolean {
  const address = parseIpRange(`${name}/${name.includes(':') ? 128 : 32}`);
  if (!address) return false;
  const isIn = (range: IpRange): boolean => ipRangeContains(range, address) && !isEdge(range, name);
  return ranges.some(isIn) && !others.some(isIn);
}

/** The network's own address, and the broadcast address of IPv4, are never given out. */
function isEdge({ text }: IpRange, name: string): boolean {
  const ipv4 = parseRange(text);
  const last = ipv4 && ipv4.base + (2 ** 32 - 1 - ipv4.mask);
  return name === text.split('/')[0] || (last !== undefined && parseAddress(name) === last);
}
