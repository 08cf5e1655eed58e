import { formatAddress, parseAddress } from '../../network/ipv4.ts';
import type { FieldError } from './field-error.ts';
import { invalid } from './field-error.ts';
import { goQuote } from './go-quote.ts';
import type { Path } from './path.ts';
import type { TextFormat } from './text-format.ts';

/** Addresses and ranges of both families, read as Go's net (sloppy) and net/netip (strict) do: apimachinery/pkg/util/validation/ip.go. */
export interface IpAddress {
  /** Go's net.IP sees an IPv4-mapped IPv6 address as IPv4. */
  readonly family: 'IPv4' | 'IPv6';
  /** Eight groups of 16 bits, IPv4 in the last two. */
  readonly groups: readonly number[];
  /** Canonical, as net.IP prints it. */
  readonly text: string;
  /** An octet with leading zeros, which only old objects may have. */
  readonly leadingZeros: boolean;
  /** Written as ::ffff:a.b.c.d. */
  readonly mapped: boolean;
}

export interface IpRange {
  readonly address: IpAddress;
  readonly prefixLength: number;
  readonly leadingZeros: boolean;
  readonly hasHostBits: boolean;
  /** Canonical, host bits cleared. */
  readonly text: string;
}

export function parseIp(text: string): IpAddress | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): IpAddress | undefined {
  const value = parseAddress(text);
  if (value === undefined) return undefined;
  return {
    family: 'IPv4',
    groups: [0, 0, 0, 0, 0, 0xffff, value >>> 16, value & 0xffff],
    text: formatAddress(value),
    leadingZeros: /(?:^|\.)0[0-9]/.test(text),
    mapped: false,
  };
}

function parseIPv6(text: string): IpAddress | undefined {
  const lastColon = text.lastIndexOf(':');
  const tail = text.slice(lastColon + 1);
  const embedded = tail.includes('.') ? parseIPv4(tail) : undefined;
  if (tail.includes('.') && (!embedded || embedded.leadingZeros)) return undefined;
  const hexText = embedded
    ? `${text.slice(0, lastColon + 1)}${embedded.groups
        .slice(6)
        .map((group) => group.toString(16))
        .join(':')}`
    : text;
  const groups = ipv6Groups(hexText);
  if (!groups) return undefined;
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const canonical = mapped ? dotted(groups) : ipv6Text(groups);
  return { family: mapped ? 'IPv4' : 'IPv6', groups, text: canonical, leadingZeros: false, mapped };
}

function ipv6Groups(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const written = [...(left ?? []), ...(right ?? [])];
  if (!written.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  if (halves.length === 1) return written.length === 8 ? written.map(hexValue) : undefined;
  if (written.length > 7) return undefined;
  const zeros = new Array<number>(8 - written.length).fill(0);
  return [...(left ?? []).map(hexValue), ...zeros, ...(right ?? []).map(hexValue)];
}

function hexValue(group: string): number {
  return Number.parseInt(group, 16);
}

function dotted(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6);
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** RFC 5952: the first longest run of two or more zero groups becomes "::". */
function ipv6Text(groups: readonly number[]): string {
  let [start, length] = [-1, 1];
  for (let from = 0; from < 8; from += 1) {
    let to = from;
    while (to < 8 && groups[to] === 0) to += 1;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? undefined : parseIp(text.slice(0, slash));
  const lengthText = text.slice(slash + 1);
  const bits = text.includes(':') ? 128 : 32;
  if (!address || !/^[0-9]+$/.test(lengthText) || Number(lengthText) > bits) return undefined;
  const prefixLength = Number(lengthText);
  const masked = mask(address.groups, address.family === 'IPv4' && bits === 32 ? prefixLength + 96 : prefixLength);
  const base = address.family === 'IPv4' && bits === 32 ? dotted(masked) : ipv6Text(masked);
  return {
    address,
    prefixLength,
    leadingZeros: address.leadingZeros || (lengthText.length > 1 && lengthText.startsWith('0')),
    hasHostBits: masked.some((group, index) => group !== address.groups[index]),
    text: `${base}/${prefixLength}`,
  };
}

function mask(groups: readonly number[], prefixLength: number): readonly number[] {
  return groups.map((group, index) => {
    const kept = Math.min(16, Math.max(0, prefixLength - 16 * index));
    return group & ((0xffff << (16 - kept)) & 0xffff);
  });
}

/** IsValidIPForLegacyField with strict validation, which is the default since 1.36; unchanged old values are accepted as they are. */
export function legacyIp(
  value: string,
  at: Path,
  report: FieldError[],
  oldValues: readonly string[] = [],
): IpAddress | undefined {
  const ip = parseIp(value);
  if (oldValues.includes(value)) return ip;
  const fault = ipFault(ip);
  if (fault !== undefined) report.push(invalid(at, value, fault));
  return ip;
}

function ipFault(ip: IpAddress | undefined): string | undefined {
  if (!ip) return 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
  if (ip.leadingZeros) return 'must not have leading 0s';
  return ip.mapped ? 'must not be an IPv4-mapped IPv6 address' : undefined;
}

/** IsValidIP: strict and canonical. */
export const canonicalIpFormat: TextFormat = (value) => {
  const ip = parseIp(value);
  const fault = ipFault(ip);
  if (fault !== undefined) return [fault];
  return ip?.text === value ? [] : [`must be in canonical form (${goQuote(ip?.text ?? '')})`];
};

export function canonicalIp(value: string, at: Path, report: FieldError[]): IpAddress | undefined {
  for (const fault of canonicalIpFormat(value)) report.push(invalid(at, value, fault));
  return parseIp(value);
}

/** IsValidCIDRForLegacyField with strict validation. */
export function legacyCidr(
  value: string,
  at: Path,
  report: FieldError[],
  oldValues: readonly string[] = [],
): IpRange | undefined {
  const range = parseIpRange(value);
  if (oldValues.includes(value)) return range;
  if (!range) report.push(invalid(at, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'));
  else if (range.leadingZeros) report.push(invalid(at, value, 'must not have leading 0s in IP or prefix length'));
  else if (range.address.mapped) report.push(invalid(at, value, 'must not have an IPv4-mapped IPv6 address'));
  else if (range.hasHostBits) report.push(invalid(at, value, 'must not have bits set beyond the prefix length'));
  return range;
}

/** IsValidCIDR: strict and canonical. */
export function canonicalCidr(value: string, at: Path, report: FieldError[]): IpRange | undefined {
  const before = report.length;
  const range = legacyCidr(value, at, report);
  if (range && report.length === before && range.text !== value)
    report.push(invalid(at, value, `must be in canonical form (${goQuote(range.text)})`));
  return range;
}

/** GetWarningsForIP. */
export function ipWarnings(value: string, at: Path): readonly string[] {
  const ip = parseIp(value);
  if (!ip) return [];
  if (ip.leadingZeros || ip.mapped)
    return [`${at.toString()}: non-standard IP address ${goQuote(value)} is invalid: use ${goQuote(ip.text)}`];
  if (ip.family === 'IPv6' && ip.text !== value)
    return [
      `${at.toString()}: IPv6 address ${goQuote(value)} should be in RFC 5952 canonical format (${goQuote(ip.text)})`,
    ];
  return [];
}

/** GetWarningsForCIDR. */
export function cidrWarnings(value: string, at: Path): readonly string[] {
  const range = parseIpRange(value);
  if (!range) return [];
  const warnings: string[] = [];
  if (range.hasHostBits) {
    const single = `${range.address.text}/${range.address.family === 'IPv4' ? 32 : 128}`;
    const choice = `should be ${goQuote(range.text)} or ${goQuote(single)}?`;
    warnings.push(`${at.toString()}: CIDR value ${goQuote(value)} is ambiguous in this context (${choice})`);
  }
  if (range.leadingZeros || range.address.mapped)
    warnings.push(`${at.toString()}: non-standard CIDR value ${goQuote(value)} is invalid: use ${goQuote(range.text)}`);
  if (warnings.length === 0 && range.address.family === 'IPv6' && range.text !== value)
    warnings.push(
      `${at.toString()}: IPv6 CIDR value ${goQuote(value)} should be in RFC 5952 canonical format (${goQuote(range.text)})`,
    );
  return warnings;
}

/** Whether the network address of `inner` lies in `outer`, as Go's IPNet.Contains. */
export function ipRangeContains(outer: IpRange, inner: IpRange): boolean {
  if (outer.address.family !== inner.address.family) return false;
  const offset = outer.address.family === 'IPv4' ? 96 : 0;
  const [base, within] = [outer.address.groups, inner.address.groups].map((groups) =>
    mask(groups, outer.prefixLength + offset),
  );
  return base !== undefined && base.every((group, index) => group === within?.[index]);
}
