import { parseIp } from '../api/validation/ip-address.ts';
import { formatAddress, parseAddress } from '../network/ipv4.ts';

export function withDot(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

export function withoutDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

/** Whether the name is the parent or below it; both in lower case, without final dot. */
export function isWithin(name: string, parent: string): boolean {
  return name === parent || name.endsWith(`.${parent}`);
}

/** The name that a PTR record of the address has, with final dot; undefined for what is no address. */
export function reverseName(address: string): string | undefined {
  if (parseAddress(address) !== undefined) return `${address.split('.').reverse().join('.')}.in-addr.arpa.`;
  const ip = address.includes(':') ? parseIp(address) : undefined;
  if (!ip) return undefined;
  const digits = ip.groups.map((group) => group.toString(16).padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa.`;
}

/** The address of a reverse name (lower case, no final dot): coredns plugin/pkg/dnsutil/reverse.go. */
export function reversedAddress(name: string): string | undefined {
  if (name.endsWith('.in-addr.arpa')) {
    const value = parseAddress(name.slice(0, -'.in-addr.arpa'.length).split('.').reverse().join('.'));
    return value === undefined ? undefined : formatAddress(value);
  }
  if (!name.endsWith('.ip6.arpa')) return undefined;
  const digits = name.slice(0, -'.ip6.arpa'.length).split('.').reverse().join('');
  return digits.length === 32 ? parseIp(digits.replaceAll(/(.{4})(?!$)/g, '$1:'))?.text : undefined;
}
