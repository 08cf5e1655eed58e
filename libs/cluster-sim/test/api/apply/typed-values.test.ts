import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import fc from 'fast-check';
import { FieldSet } from '../../../src/api/apply/field-set.ts';
import { decodeFieldsV1, encodeFieldsV1 } from '../../../src/api/apply/fields-v1.ts';
import { compare } from '../../../src/api/apply/typed-comparison.ts';
import { fieldsOf } from '../../../src/api/apply/typed-fields.ts';
import { merge } from '../../../src/api/apply/typed-merge.ts';
import { serviceSchema } from '../../../src/api/kinds/service/schema.ts';

const names = fc.constantFrom('a', 'b', 'c');
const labels = fc.dictionary(names, fc.constantFrom('1', '2'), { minKeys: 1 });
const ports = fc.uniqueArray(
  fc.record({ port: fc.integer({ min: 1, max: 4 }), name: names, protocol: fc.constantFrom('TCP', 'UDP') }),
  { selector: ({ port, protocol }) => `${port}/${protocol}`, minLength: 1 },
);
const services: fc.Arbitrary<JsonObject> = fc.record(
  {
    metadata: fc.record({ labels, finalizers: fc.uniqueArray(names, { minLength: 1 }) }, { requiredKeys: [] }),
    spec: fc.record({ selector: labels, ports, externalIPs: fc.array(names) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

const texts = (set: FieldSet): string => JSON.stringify(encodeFieldsV1(set));

describe('typed values', () => {
  it('have, once merged, all that the configuration says', () => {
    fc.assert(
      fc.property(services, services, (live, configuration) => {
        const merged = merge(serviceSchema, live, configuration) ?? {};
        const { modified, added } = compare(serviceSchema, merged, configuration);
        expect([modified.isEmpty, added.isEmpty]).toEqual([true, true]);
        const again = compare(serviceSchema, merged, merge(serviceSchema, merged, configuration) ?? {});
        expect([again.modified.isEmpty, again.added.isEmpty, again.removed.isEmpty]).toEqual([true, true, true]);
      }),
    );
  });

  it('compare alike from both sides', () => {
    fc.assert(
      fc.property(services, services, (left, right) => {
        const [there, back] = [compare(serviceSchema, left, right), compare(serviceSchema, right, left)];
        expect(texts(there.added)).toBe(texts(back.removed));
        expect(texts(there.modified)).toBe(texts(back.modified));
      }),
    );
  });
});

describe('sets of fields', () => {
  const sets = services.map((value) => fieldsOf(serviceSchema, value));

  it('survive their encoding', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(texts(decodeFieldsV1(encodeFieldsV1(set)) ?? FieldSet.empty)).toBe(texts(set));
      }),
    );
  });

  it('obey the laws of sets', () => {
    fc.assert(
      fc.property(sets, sets, (left, right) => {
        expect(texts(left.union(right))).toBe(texts(right.union(left)));
        expect(texts(left.difference(right).union(left.intersection(right)))).toBe(texts(left));
        expect(left.difference(right).intersection(right).isEmpty).toBe(true);
        expect(
          left
            .union(right)
            .paths()
            .every((path) => left.has(path) || right.has(path)),
        ).toBe(true);
      }),
    );
  });

  it.each([null, [], { x: {} }, { 'k:[]': {} }, { 'v:': {} }, { 'f:a': 1 }])('refuse %j', (fields) => {
    expect(decodeFieldsV1(fields)).toBeUndefined();
  });
});
