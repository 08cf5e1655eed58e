import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import fc from 'fast-check';
import { createThreeWayPatch, createTwoWayPatch } from '../../../src/api/patch/strategic-diff.ts';
import { applyStrategicMergePatch } from '../../../src/api/patch/strategic-merge.ts';
import type { ObjectSchema } from '../../../src/api/schema/schema.ts';
import { list, map, object, string } from '../../../src/api/schema/schema.ts';

const source: ObjectSchema = {
  ...object('Volume', { name: string, emptyDir: object('EmptyDir', {}), hostPath: object('HostPath', {}) }),
  retainKeys: true,
};
const schema = object('Thing', {
  labels: map(string),
  finalizers: list(string, { patchMergeKey: '' }),
  args: list(string),
  ports: list(object('Port', { port: string, name: string }), { patchMergeKey: 'port' }),
  volumes: list(source, { patchMergeKey: 'name' }),
});

function check(current: JsonObject, patch: Json, expected: Json): void {
  expect(applyStrategicMergePatch(current, patch, schema)).toEqual({ ok: true, value: expected });
}

function failure(current: JsonObject, patch: Json): unknown {
  const result = applyStrategicMergePatch(current, patch, schema);
  return result.ok ? result.value : { code: result.code, message: result.message };
}

const web = {
  ports: [
    { port: 80, name: 'http' },
    { port: 443, name: 'https' },
  ],
};

describe('strategic merge patch', () => {
  it.each<[string, JsonObject, Json, Json]>([
    [
      'merges lists by key',
      web,
      { ports: [{ port: 443, name: 'tls' }] },
      {
        ports: [
          { port: 80, name: 'http' },
          { port: 443, name: 'tls' },
        ],
      },
    ],
    [
      'puts new elements in front of what only the server has',
      web,
      { ports: [{ port: 81 }] },
      { ports: [{ port: 81 }, ...web.ports] },
    ],
    ['deletes an element', web, { ports: [{ $patch: 'delete', port: 80 }] }, { ports: [{ port: 443, name: 'https' }] }],
    ['replaces a list', web, { ports: [{ $patch: 'replace' }, { port: 1 }] }, { ports: [{ port: 1 }] }],
    ['replaces a map', { labels: { a: '1' } }, { labels: { $patch: 'replace', b: '2' } }, { labels: { b: '2' } }],
    ['empties a map', { labels: { a: '1' } }, { labels: { $patch: 'delete' } }, { labels: {} }],
    ['removes by null', { labels: { a: '1', b: '2' } }, { labels: { a: null } }, { labels: { b: '2' } }],
    ['forgets nulls of what is new', {}, { labels: { a: null, b: '1' } }, { labels: { b: '1' } }],
    ['replaces lists without a merge key', { args: ['a', 'b'] }, { args: ['c'] }, { args: ['c'] }],
    ['unites sets', { finalizers: ['a', 'b'] }, { finalizers: ['c', 'a'] }, { finalizers: ['c', 'a', 'b'] }],
    [
      'deletes from sets',
      { finalizers: ['a', 'b'] },
      { '$deleteFromPrimitiveList/finalizers': ['a'] },
      { finalizers: ['b'] },
    ],
    ['orders', web, { '$setElementOrder/ports': [{ port: 443 }, { port: 80 }] }, { ports: web.ports.toReversed() }],
    [
      'keeps server-only elements in front of their followers',
      { ports: [{ port: 1 }, { port: 2 }, { port: 3 }] },
      { '$setElementOrder/ports': [{ port: 3 }, { port: 1 }], ports: [{ port: 3, name: 'c' }] },
      { ports: [{ port: 2 }, { port: 3, name: 'c' }, { port: 1 }] },
    ],
    [
      'retains keys only',
      { volumes: [{ name: 'v', emptyDir: {} }] },
      { volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: {} }] },
      { volumes: [{ name: 'v', hostPath: {} }] },
    ],
  ])('%s', (_, current, patch, expected) => {
    check(current, patch, expected);
  });

  it.each<[string, JsonObject, Json, number, string]>([
    [
      'an element without its key',
      web,
      { ports: [{ name: 'x' }] },
      500,
      'map: map[name:x] does not contain declared merge key: port',
    ],
    [
      'an unknown directive',
      web,
      { labels: {}, $patch: 'explode' },
      500,
      'unknown patch type: explode in map: map[$patch:explode labels:map[]]',
    ],
    ['retained keys of another form', { volumes: [] }, { $retainKeys: 'x' }, 400, 'invalid patch format of retainKeys'],
    ['what is no object', web, [1], 400, 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
    [
      'mixed elements',
      web,
      { ports: ['http'] },
      500,
      'list element types are not identical: [[map[name:http port:80] map[name:https port:443]] [http]]',
    ],
  ])('refuses %s', (_, current, patch, code, message) => {
    expect(failure(current, patch)).toEqual({ code, message });
  });
});

describe('three-way patch', () => {
  function patchOf(lastApplied: JsonObject, modified: JsonObject, live: JsonObject): Json {
    const created = createThreeWayPatch(lastApplied, modified, live, schema);
    return created.ok ? created.patch : created.message;
  }

  it('says nothing when nothing changed', () => {
    expect(patchOf(web, web, { ...web, labels: { by: 'server' } })).toEqual({});
  });

  // Without a look at what has changed: handleMapDiff of strategicpatch/patch.go.
  it('always says all of what is replaced', () => {
    const replaced: ObjectSchema = { ...object('Selector', { matchLabels: map(string) }), replaced: true };
    const budget = object('Budget', { selector: replaced });
    const selector = { matchLabels: { a: 'b' } };
    expect(createThreeWayPatch({ selector }, { selector }, { selector }, budget)).toEqual({
      ok: true,
      patch: { selector },
    });
  });

  it('deletes what the last manifest had, and keeps what others added', () => {
    expect(
      patchOf({ labels: { a: '1', b: '2' } }, { labels: { a: '1' } }, { labels: { a: '1', b: '2', foreign: 'x' } }),
    ).toEqual({ labels: { b: null } });
  });

  it('orders lists and marks deletions', () => {
    const modified = { ports: [{ port: 443, name: 'tls' }] };
    expect(patchOf(web, modified, web)).toEqual({
      '$setElementOrder/ports': [{ port: 443 }],
      ports: [
        { port: 443, name: 'tls' },
        { $patch: 'delete', port: 80 },
      ],
    });
  });

  it('lists the keys of a union that stay', () => {
    const [before, after] = [{ volumes: [{ name: 'v', emptyDir: {} }] }, { volumes: [{ name: 'v', hostPath: {} }] }];
    expect(patchOf(before, after, before)).toEqual({
      '$setElementOrder/volumes': [{ name: 'v' }],
      volumes: [{ name: 'v', $retainKeys: ['hostPath', 'name'], hostPath: {}, emptyDir: null }],
    });
  });

  const things = fc.record(
    {
      labels: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2')),
      finalizers: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
      args: fc.array(fc.constantFrom('p', 'q')),
      ports: fc.uniqueArray(fc.record({ port: fc.integer({ min: 1, max: 5 }), name: fc.constantFrom('a', 'b') }), {
        selector: ({ port }) => port,
        minLength: 1,
      }),
    },
    { requiredKeys: [] },
  );

  it('makes the live object what the manifest says', () => {
    fc.assert(
      fc.property(things, things, (before, after) => {
        const created = createThreeWayPatch(before, after, before, schema);
        const result = created.ok ? applyStrategicMergePatch(before, created.patch, schema) : created;
        expect(result).toEqual({ ok: true, value: after });
      }),
    );
  });

  it('makes the modified of the original, two-way', () => {
    fc.assert(
      fc.property(things, things, (before, after) => {
        const created = createTwoWayPatch(before, after, schema);
        const result = created.ok ? applyStrategicMergePatch(before, created.patch, schema) : created;
        expect(result).toEqual({ ok: true, value: after });
      }),
    );
  });
});
