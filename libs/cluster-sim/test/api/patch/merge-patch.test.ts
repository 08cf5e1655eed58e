import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { applyMergePatch } from '../../../src/api/patch/merge-patch.ts';

describe('merge patch', () => {
  // The examples of RFC 7386, appendix A, as far as both sides are objects.
  it.each<[JsonObject, Json, Json]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j and %j give %j', (current, patch, expected) => {
    expect(applyMergePatch(current, patch)).toEqual({ ok: true, value: expected });
  });

  it('refuses what is no object', () => {
    expect(applyMergePatch({}, null)).toMatchObject({ code: 400, message: 'Invalid JSON Patch' });
    expect(applyMergePatch({}, [])).toMatchObject({
      code: 400,
      message: 'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    });
  });

  it('shares what it leaves alone', () => {
    const current = { spec: { ports: [{ port: 80 }] }, status: {} };
    const result = applyMergePatch(current, { status: { a: 1 } });
    expect(result.ok && (result.value as typeof current).spec).toBe(current.spec);
  });
});
