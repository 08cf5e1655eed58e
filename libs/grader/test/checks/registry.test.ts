import { describe, expect, it } from '@jest/globals';
import { checkKindNames, checkKinds, createRegistry } from '../../src/checks/registry.ts';

describe('registry of check kinds', () => {
  it('knows every kind of the format', () => {
    expect([...checkKinds.keys()].sort()).toEqual([...checkKindNames].sort());
    expect(checkKindNames).toHaveLength(12);
  });

  it('refuses a kind that is missing', () => {
    const [first, ...others] = checkKinds.values();
    expect(() => createRegistry(others)).toThrow(`check kind "${first?.kind ?? ''}" is not registered`);
  });

  it('refuses a kind that is there twice', () => {
    const all = [...checkKinds.values()];
    expect(() => createRegistry([...all, ...all.slice(0, 1)])).toThrow(
      `check kind "${all[0]?.kind ?? ''}" is registered twice`,
    );
  });
});
