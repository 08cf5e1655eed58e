import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawParameters } from '../src/draw-parameters.ts';
import { namePools } from '../src/name-pools.ts';
import type { Parameter } from '../src/parameter.ts';

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const parameters: Readonly<Record<string, Parameter>> = {
  greeting: { pick: ['hello', 'hi', 7] },
  stable: { integer: { from: 2, to: 4 } },
  canary: { integer: { from: 1, to: 1 } },
  total: { sum: ['stable', 'canary', 10] },
  api: { name: 'backend' },
  other: { name: 'backend' },
  nodePort: { port: 'node' },
  listen: { port: 'unprivileged' },
};

describe('drawParameters', () => {
  it('stays within what is declared, for every seed', () => {
    fc.assert(
      fc.property(seed, (value) => {
        const drawn = Object.fromEntries(drawParameters(parameters, value));
        expect(['hello', 'hi', 7]).toContain(drawn['greeting']);
        expect([2, 3, 4]).toContain(drawn['stable']);
        expect(drawn['total']).toBe(Number(drawn['stable']) + 11);
        expect(namePools.backend).toContain(drawn['api']);
        expect(drawn['other']).not.toBe(drawn['api']);
        expect(drawn['nodePort']).toBeGreaterThanOrEqual(30086);
        expect(drawn['nodePort']).toBeLessThanOrEqual(32767);
        expect(drawn['listen']).toBeGreaterThanOrEqual(1024);
        expect(drawn['listen']).toBeLessThan(30000);
      }),
    );
  });

  it('draws the same from the same seed', () => {
    fc.assert(
      fc.property(seed, (value) => {
        expect([...drawParameters(parameters, value)]).toEqual([...drawParameters(parameters, value)]);
      }),
    );
  });

  it('refuses a sum of what is no number and a pool that is too small', () => {
    expect(() => drawParameters({ a: { sum: ['b', 1] } }, 1)).toThrow('"b" is no number declared above it');
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`p${index}`, { name: 'database' } as const]),
    );
    expect(() => drawParameters(many, 1)).toThrow('the pool "database" is exhausted');
  });
});
