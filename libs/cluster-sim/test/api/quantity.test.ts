import { describe, expect, it } from '@jest/globals';
import { parseQuantity, roundUpToMilli } from '../../src/api/quantity.ts';

/** Expected texts follow resource.Quantity's rules for canonical form (apimachinery/pkg/api/resource/quantity.go). */
describe('quantity', () => {
  it.each([
    ['0', '0'],
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1023', '1023'],
    ['2000', '2k'],
    ['1e3', '1e3'],
    ['1e2', '100'],
    ['1.500', '1.500'],
    ['0.5Mi', '512Ki'],
    ['0.5Ki', '512'],
    ['.5', '500m'],
    ['-1', '-1'],
    ['+5', '+5'],
  ])('%s is written %s', (text, canonical) => {
    const parsed = parseQuantity(text);
    expect(parsed.ok && parsed.quantity.text).toBe(canonical);
  });

  it('rounds resources up to thousandths', () => {
    const parsed = parseQuantity('100u');
    expect(parsed.ok && roundUpToMilli(parsed.quantity).text).toBe('1m');
  });

  const wrongFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  it.each([
    ['', wrongFormat],
    ['abc', wrongFormat],
    ['1.5.5', wrongFormat],
    ['5Mib', wrongFormat],
    ['1K', "unable to parse quantity's suffix"],
    ['1ee', "unable to parse quantity's suffix"],
  ])('refuses %j', (text, message) => {
    expect(parseQuantity(text)).toEqual({ ok: false, message });
  });
});
