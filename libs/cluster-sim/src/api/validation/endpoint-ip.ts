import type { FieldError } from './field-error.ts';
import { invalid } from './field-error.ts';
import { parseIp, type IpAddress } from './ip-address.ts';
import type { Path } from './path.ts';

/** ValidateEndpointIP of pkg/apis/core/validation: addresses that traffic may be sent to from anywhere. */
export function validateEndpointIp(value: string, at: Path, report: FieldError[]): void {
  const ip = parseIp(value);
  if (!ip) {
    report.push(invalid(at, value, 'must be a valid IP address'));
    return;
  }
  for (const [words, excludes] of exclusions) if (excludes(ip)) report.push(invalid(at, value, words(value)));
}

type Exclusion = readonly [words: (value: string) => string, excludes: (ip: IpAddress) => boolean];

const exclusions: readonly Exclusion[] = [
  [(value) => `may not be unspecified (${value})`, ({ text }) => text === '0.0.0.0' || text === '::'],
  [
    () => 'may not be in the loopback range (127.0.0.0/8, ::1/128)',
    (ip) => (ip.family === 'IPv4' ? group(ip, 6) >> 8 === 127 : ip.text === '::1'),
  ],
  [
    () => 'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    (ip) => (ip.family === 'IPv4' ? group(ip, 6) === 0xa9fe : (group(ip, 0) & 0xffc0) === 0xfe80),
  ],
  [
    () => 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    (ip) =>
      ip.family === 'IPv4' ? group(ip, 6) === 0xe000 && group(ip, 7) >> 8 === 0 : (group(ip, 0) & 0xff0f) === 0xff02,
  ],
];

function group(ip: IpAddress, index: number): number {
  return ip.groups[index] ?? 0;
}
