/** IPv4 addresses as text in dotted notation (the form in which objects hold them) and as 32-bit numbers for ranges. */

/** An address range; `text` is its canonical CIDR form. */
export interface AddressRange {
  readonly base: number;
  readonly mask: number;
  readonly text: string;
}

/** The address as an unsigned number; undefined for anything but four decimal octets. */
export function parseAddress(text: string): number | undefined {
  let value = 0;
  let octet = -1;
  let octets = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : 46;
    if (code === 46) {
      if (octet < 0) return undefined;
      value = value * 256 + octet;
      octets += 1;
      octet = -1;
      continue;
    }
    if (code < 48 || code > 57) return undefined;
    octet = (octet < 0 ? 0 : octet * 10) + code - 48;
    if (octet > 255) return undefined;
  }
  return octets === 4 ? value : undefined;
}

export function formatAddress(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** Undefined for what is no IPv4 range. Host bits are cleared, as Go's ParseCIDR does. */
export function parseRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const length = Number(text.slice(slash + 1));
  if (address === undefined || !Number.isInteger(length) || length < 0 || length > 32) return undefined;
  return rangeOf(address, length);
}

export function rangeOf(address: number, prefixLength: number): AddressRange {
  const mask = prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0;
  const base = (address & mask) >>> 0;
  return { base, mask, text: `${formatAddress(base)}/${prefixLength}` };
}

export function contains(range: AddressRange, address: string): boolean {
  const value = parseAddress(address);
  return value !== undefined && (value & range.mask) >>> 0 === range.base;
}

const loopback = rangeOf(0x7f000000, 8);

export function isLoopback(address: string): boolean {
  return contains(loopback, address);
}
