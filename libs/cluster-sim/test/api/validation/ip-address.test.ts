import { describe, expect, it } from '@jest/globals';
import type { FieldError } from '../../../src/api/validation/field-error.ts';
import {
  canonicalCidr,
  canonicalIp,
  cidrWarnings,
  ipWarnings,
  legacyCidr,
  legacyIp,
  parseIp,
} from '../../../src/api/validation/ip-address.ts';
import { root, type Path } from '../../../src/api/validation/path.ts';

const at = root.child('ip');

function problems(check: (value: string, at: Path, report: FieldError[]) => unknown, value: string): readonly string[] {
  const report: FieldError[] = [];
  check(value, at, report);
  return report.map(({ body }) => body.replace(/^Invalid value: "[^"]*": /, ''));
}

const notAnIp = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const notARange = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

describe('addresses', () => {
  it.each([
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['010.0.0.1', '10.0.0.1'],
  ])('prints %s as %s', (text, canonical) => {
    expect(parseIp(text)?.text).toBe(canonical);
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '1.2.3.a',
    ':::',
    '1::2::3',
    '12345::',
    'fe80::1%eth0',
    '1:2:3:4:5:6:7',
  ])('does not read %j', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it.each<[string, readonly string[]]>([
    ['10.0.0.1', []],
    ['10.096.0.7', ['must not have leading 0s']],
    ['::ffff:1.2.3.4', ['must not be an IPv4-mapped IPv6 address']],
    ['none', [notAnIp]],
    ['2001:DB8::1', []],
  ])('checks %j', (value, expected) => {
    expect(problems(legacyIp, value)).toEqual(expected);
  });

  it('asks for the canonical form where it has to be', () => {
    expect(problems(canonicalIp, '2001:DB8::1')).toEqual(['must be in canonical form ("2001:db8::1")']);
    expect(problems(canonicalCidr, '2001:DB8::/64')).toEqual(['must be in canonical form ("2001:db8::/64")']);
  });

  it.each<[string, readonly string[]]>([
    ['10.0.0.0/8', []],
    ['10.0.0.0', [notARange]],
    ['10.0.0.0/33', [notARange]],
    ['10.0.0.1/8', ['must not have bits set beyond the prefix length']],
    ['010.0.0.0/8', ['must not have leading 0s in IP or prefix length']],
    ['10.0.0.0/08', ['must not have leading 0s in IP or prefix length']],
    ['2001:db8::/32', []],
  ])('checks the range %j', (value, expected) => {
    expect(problems(legacyCidr, value)).toEqual(expected);
  });

  it('warns of forms that mean something else elsewhere', () => {
    expect(ipWarnings('2001:DB8::1', at)).toEqual([
      'ip: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
    ]);
    expect(ipWarnings('010.0.0.1', at)).toEqual(['ip: non-standard IP address "010.0.0.1" is invalid: use "10.0.0.1"']);
    expect(cidrWarnings('10.0.0.1/8', at)).toEqual([
      'ip: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)',
    ]);
  });
});
