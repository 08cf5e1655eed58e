import { describe, expect, it } from '@jest/globals';
import type { Json } from '@kubedrill/kube-model';
import { compare, type Difference } from '../../src/conformance/comparison.ts';

interface Comparison {
  readonly what: string;
  readonly expected: Json;
  readonly observed: Json;
  readonly differences: readonly Difference[];
}

const comparisons: readonly Comparison[] = [
  { what: 'equal values', expected: { a: [1, { b: null }] }, observed: { a: [1, { b: null }] }, differences: [] },
  {
    what: 'another value',
    expected: { a: { b: 1 } },
    observed: { a: { b: '1' } },
    differences: [{ path: 'a.b', expected: 1, observed: '1' }],
  },
  {
    what: 'a missing and an unexpected field',
    expected: { a: 1 },
    observed: { b: 2 },
    differences: [
      { path: 'a', expected: 1, observed: undefined },
      { path: 'b', expected: undefined, observed: 2 },
    ],
  },
  {
    what: 'null is not absent',
    expected: { a: null },
    observed: {},
    differences: [{ path: 'a', expected: null, observed: undefined }],
  },
  {
    what: 'the order of a list counts',
    expected: { list: [1, 2] },
    observed: { list: [2, 1] },
    differences: [
      { path: 'list.0', expected: 1, observed: 2 },
      { path: 'list.1', expected: 2, observed: 1 },
    ],
  },
  { what: 'the order of a set does not', expected: { set: [1, 2] }, observed: { set: [2, 1] }, differences: [] },
  {
    what: 'elements of a set are matched with what is most like them',
    expected: { set: [{ name: 'a', size: 1, kind: 'x' }, { name: 'b' }] },
    observed: { set: [{ name: 'c' }, { name: 'a', size: 2, kind: 'x' }] },
    differences: [
      { path: 'set.0.size', expected: 1, observed: 2 },
      { path: 'set.1.name', expected: 'b', observed: 'c' },
    ],
  },
  {
    what: 'an element more',
    expected: { set: [1] },
    observed: { set: [2, 1] },
    differences: [{ path: 'set.1', expected: undefined, observed: 2 }],
  },
  { what: 'anything matches the wildcard', expected: { a: '*' }, observed: { a: { b: 1 } }, differences: [] },
];

describe('comparison', () => {
  it.each(comparisons)('$what', ({ expected, observed, differences }) => {
    const rules = {
      isUnordered: (path: readonly string[]) => path.at(-1) === 'set',
      matches: (value: Json) => value === '*',
    };
    expect(compare(expected, observed, rules)).toEqual(differences);
  });
});
