import { describe, expect, it } from '@jest/globals';
import { placeholdersIn, substituteJson, substituteText } from '../src/substitute.ts';

const values = new Map<string, string | number>([
  ['api', 'orders'],
  ['port', 8080],
]);

describe('substituteText', () => {
  it.each([
    ['http://${api}:${port}', 'http://orders:8080'],
    ['$${api} stays', '${api} stays'],
    ['${unknown} stays', '${unknown} stays'],
    ['${constructor}', '${constructor}'],
    ['$api and $(api)', '$api and $(api)'],
  ])('%s', (text, expected) => {
    expect(substituteText(text, values)).toBe(expected);
  });
});

describe('substituteJson', () => {
  it('keeps the type of a value that stands alone, and fills in keys', () => {
    const json = { '${api}': ['${port}', 'p${port}', { deep: '${api}' }], n: 1, none: null };
    expect(substituteJson(json, values)).toEqual({ orders: [8080, 'p8080', { deep: 'orders' }], n: 1, none: null });
  });

  it('makes no prototype of a key', () => {
    const json = JSON.parse('{"__proto__": {"polluted": "${api}"}}') as { readonly [key: string]: string };
    const filled = substituteJson(json, values);
    expect(Object.keys(filled as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('placeholdersIn', () => {
  it('names parameters, not what is escaped', () => {
    expect(placeholdersIn('${a} $${b} ${c}')).toEqual(['a', 'c']);
  });
});
