import { describe, expect, it } from '@jest/globals';
import type { ResourceParameters } from '../../src/checks/resource/schema.ts';
import { satisfies } from '../../src/checks/resource/operators.ts';

type Operator = Omit<ResourceParameters, 'kind' | 'object'>;

const cases: readonly (readonly [operator: Operator, value: unknown, expected: boolean])[] = [
  [{ equals: 'ClusterIP' }, 'ClusterIP', true],
  [{ equals: { b: 1, a: 2 } }, { a: 2, b: 1 }, true],
  [{ equals: null }, undefined, false],
  [{ notEquals: 'None' }, undefined, true],
  [{ notEquals: 'None' }, 'None', false],
  [{ oneOf: [80, 'http'] }, 'http', true],
  [{ oneOf: [80, 'http'] }, '80', false],
  [{ contains: 'api' }, 'http://api:80', true],
  [{ contains: { name: 'http' } }, [{ name: 'x' }, { name: 'http', port: 80 }], true],
  [{ contains: { name: 'http', port: 81 } }, [{ name: 'http', port: 80 }], false],
  [{ contains: { constructor: 'x' } }, [{}], false],
  [{ matches: '^10\\.96\\.' }, '10.96.0.10', true],
  [{ matches: '^10' }, 10, false],
  [{ atLeast: 2 }, 2, true],
  [{ atLeast: 2 }, '3', false],
  [{ atMost: 2 }, 3, false],
  [{ count: 2 }, [1, 2], true],
  [{ count: 0 }, {}, true],
  [{ exists: true }, null, true],
  [{ exists: false }, undefined, true],
];

describe('operators of a resource check', () => {
  it.each(cases)('%j of %j: %s', (operator, value, expected) => {
    const parameters: ResourceParameters = {
      kind: 'resource',
      object: { kind: 'Service', name: 'api', namespace: 'default' },
      ...operator,
    };
    expect(satisfies(parameters, value)).toBe(expected);
  });
});
