import { describe, expect, it } from '@jest/globals';
import { accepts, beginsLike } from '../../src/mutation/accepted-findings.ts';

const places: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
  ['Service web spec.ports', 'Service web spec.ports[0].port', true],
  ['Service web spec.ports', 'Service web spec.ports', true],
  ['Service web', 'Service web spec.type', true],
  ['Service web', 'Service website spec.type', false],
  ['Service * spec.type', 'Service web spec.type', true],
  ['* spec.type', 'Service web spec.typeOf', false],
  ['Service web spec.ports[*].name', 'Service web spec.ports[1].name', true],
  ['Service web spec.ports[*].name', 'Service web spec.ports[1].nodePort', false],
  ['add sessionAffinity', 'add sessionAffinity: ClientIP under spec', true],
  ['spec.type: *', 'spec.type: LoadBalancer instead of NodePort', true],
  ['a+b', 'aab', false],
];

describe('beginsLike', () => {
  it.each(places)('%s, asked of %s: %s', (pattern, text, matches) => {
    expect(beginsLike(pattern, text)).toBe(matches);
  });
});

describe('accepts', () => {
  const accepted = { finding: 'hole', at: 'Service ${app} spec', because: 'A reason.' } as const;
  const found = { kind: 'hole', variant: 'basic', place: 'Service web spec.type', edit: 'add type' } as const;
  const values = new Map([['app', 'web']]);

  it('fills in the parameters of the instance', () => {
    expect(accepts(accepted, found, values)).toBe(true);
    expect(accepts(accepted, found, new Map([['app', 'api']]))).toBe(false);
  });

  it('goes by the kind of finding, the edit and the variant', () => {
    expect(accepts(accepted, { ...found, kind: 'strict' }, values)).toBe(false);
    expect(accepts({ ...accepted, edit: 'leave out' }, found, values)).toBe(false);
    expect(accepts({ ...accepted, variants: ['other'] }, found, values)).toBe(false);
  });
});
