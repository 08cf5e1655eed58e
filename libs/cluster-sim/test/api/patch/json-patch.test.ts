import { describe, expect, it } from '@jest/globals';
import type { Json } from '@kubedrill/kube-model';
import { applyJsonPatch } from '../../../src/api/patch/json-patch.ts';
import { unprocessable } from '../../../src/api/patch/patch-result.ts';

const document = { spec: { type: 'ClusterIP', ports: [{ port: 80 }, { port: 443 }], empty: null } };

function check(patch: Json, expected: Json): void {
  const before = JSON.stringify(document);
  expect(applyJsonPatch(document, patch)).toEqual({ ok: true, value: expected });
  expect(JSON.stringify(document)).toBe(before);
}

function refused(patch: Json): unknown {
  const result = applyJsonPatch(document, patch);
  return result.ok ? result.value : result;
}

describe('JSON patch', () => {
  const { spec } = document;
  it.each<[string, Json, Json]>([
    ['adds a member', [{ op: 'add', path: '/a~1b', value: 1 }], { ...document, 'a/b': 1 }],
    [
      'inserts an element',
      [{ op: 'add', path: '/spec/ports/1', value: 1 }],
      { spec: { ...spec, ports: [{ port: 80 }, 1, { port: 443 }] } },
    ],
    [
      'appends',
      [{ op: 'add', path: '/spec/ports/-', value: 1 }],
      { spec: { ...spec, ports: [{ port: 80 }, { port: 443 }, 1] } },
    ],
    ['counts from the end', [{ op: 'remove', path: '/spec/ports/-1' }], { spec: { ...spec, ports: [{ port: 80 }] } }],
    ['replaces', [{ op: 'replace', path: '/spec/type', value: 'NodePort' }], { spec: { ...spec, type: 'NodePort' } }],
    ['replaces what is absent', [{ op: 'replace', path: '/spec/new', value: 1 }], { spec: { ...spec, new: 1 } }],
    [
      'moves',
      [{ op: 'move', from: '/spec/type', path: '/type' }],
      { type: 'ClusterIP', spec: { ports: spec.ports, empty: null } },
    ],
    [
      'copies',
      [{ op: 'copy', from: '/spec/ports/0', path: '/spec/ports/0' }],
      { spec: { ...spec, ports: [{ port: 80 }, ...spec.ports] } },
    ],
    [
      'tests, whatever the order of members',
      [{ op: 'test', path: '/spec', value: { empty: null, ports: spec.ports, type: 'ClusterIP' } }],
      document,
    ],
    [
      'keeps __proto__ a member',
      [{ op: 'add', path: '/__proto__', value: 1 }],
      JSON.parse('{"__proto__":1,"spec":null}') as Json,
    ],
  ])('%s', (_, patch, expected) => {
    if (!JSON.stringify(patch).includes('__proto__')) return check(patch, expected);
    const result = applyJsonPatch(document, patch);
    expect(result.ok && Object.hasOwn(result.value as object, '__proto__')).toBe(true);
    expect(({} as { spec?: unknown }).spec).toBeUndefined();
  });

  it.each<[string, Json]>([
    ['a missing path', [{ op: 'replace', path: '/spec/nothing/here', value: 1 }]],
    ['a missing element', [{ op: 'remove', path: '/spec/ports/5' }]],
    ['a missing member to remove', [{ op: 'remove', path: '/spec/nothing' }]],
    ['a failed test', [{ op: 'test', path: '/spec/type', value: 'NodePort' }]],
    ['an unknown operation', [{ op: 'increase', path: '/spec/type' }]],
    ['the way through null', [{ op: 'add', path: '/spec/empty/x', value: 1 }]],
    ['copies that grow beyond the bound', doublings(40)],
  ])('tells nothing about %s', (_, patch) => {
    expect(refused(patch)).toEqual(unprocessable);
  });

  it('refuses what is no list of operations', () => {
    const text = 'error decoding patch: json: cannot unmarshal';
    expect(refused({ spec: 1 })).toMatchObject({
      code: 400,
      message: `${text} object into Go value of type []handlers.jsonPatchOp`,
    });
    expect(refused([{ op: 'add', path: 1 }])).toMatchObject({
      message: `${text} number into Go struct field jsonPatchOp.path of type string`,
    });
  });

  it('counts operations', () => {
    const message = 'Request entity is too large: The allowed maximum operations in a JSON patch is 10000, got 10001';
    expect(refused(Array.from({ length: 10_001 }, () => ({ op: 'remove', path: '/x' })))).toMatchObject({
      code: 413,
      message,
    });
  });

  it('reports unknown members of operations', () => {
    expect(applyJsonPatch(document, [{ op: 'test', path: '/spec/type', value: 'ClusterIP', extra: 1 }])).toMatchObject({
      strictErrors: ['json patch unknown field "[0].extra"'],
    });
  });
});

/** Each copy doubles the document. */
function doublings(count: number): Json {
  return Array.from({ length: count }, (_, index) => ({ op: 'copy', from: '/spec', path: `/spec/copy${index}` }));
}
