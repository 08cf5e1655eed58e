import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { serviceSchema } from '../../../src/api/kinds/service/schema.ts';
import { convertUnstructured } from '../../../src/api/schema/convert-unstructured.ts';
import { decode } from '../../../src/api/schema/decode.ts';
import { condition, objectMeta } from '../../../src/api/schema/object-meta.ts';
import {
  always,
  bytes,
  embedded,
  int64,
  intOrString,
  list,
  map,
  object,
  pointer,
  quantity,
  string,
} from '../../../src/api/schema/schema.ts';

const thing = object('Thing', {
  metadata: objectMeta,
  amounts: map(quantity),
  secrets: map(bytes),
  note: pointer(string),
  count: int64,
  parts: always(list(string)),
  conditions: list(condition),
  least: pointer(quantity),
  port: pointer(intOrString),
  ...embedded(object('Handler', { exec: object('Action', { command: list(string) }) })),
});

function decoded(body: JsonObject): unknown {
  const result = decode(thing, body);
  return result.ok ? result.value : result.message;
}

describe('decode', () => {
  it('hands back the body where nothing is to be changed', () => {
    const body = { metadata: { name: 'a', labels: { b: 'c' } }, parts: ['x'], amounts: { cpu: '1' } };
    expect(decoded(body)).toBe(body);
  });

  it.each<[string, JsonObject, unknown]>([
    ['leaves empty scalars out', { metadata: { name: '' }, count: 0, parts: ['x'] }, { metadata: {}, parts: ['x'] }],
    [
      'keeps lists and maps without elements',
      { metadata: { labels: {}, finalizers: [] }, parts: ['x'] },
      { metadata: { labels: {}, finalizers: [] }, parts: ['x'] },
    ],
    [
      'keeps the empty value of a pointer',
      { metadata: {}, note: '', parts: ['x'] },
      { metadata: {}, note: '', parts: ['x'] },
    ],
    ['writes what is always written', {}, { metadata: {}, parts: null }],
    ['takes null for absent', { metadata: null, note: null, parts: ['x'] }, { metadata: {}, parts: ['x'] }],
    ['takes null in a list for an empty element', { metadata: {}, parts: [null] }, { metadata: {}, parts: [''] }],
    [
      'takes null in a map for an empty value',
      { metadata: { labels: { a: null } }, parts: ['x'] },
      { metadata: { labels: { a: '' } }, parts: ['x'] },
    ],
    [
      'writes amounts canonically',
      { metadata: {}, amounts: { cpu: 0.5, memory: '1024Mi' }, parts: ['x'] },
      { metadata: {}, amounts: { cpu: '500m', memory: '1Gi' }, parts: ['x'] },
    ],
    [
      'cuts times to seconds in UTC',
      { metadata: { creationTimestamp: '2026-01-01T10:00:00.5+02:00' }, parts: ['x'] },
      { metadata: { creationTimestamp: '2026-01-01T08:00:00Z' }, parts: ['x'] },
    ],
    ['drops unknown fields', { metadata: {}, parts: ['x'], other: 1 }, { metadata: {}, parts: ['x'] }],
    [
      'names the place of a wrong type',
      { metadata: { labels: { a: 1 } } },
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
    [
      'names the number that does not fit',
      { count: 1.5 },
      'json: cannot unmarshal number 1.5 into Go struct field Thing.count of type int64',
    ],
    [
      'names the slice',
      { conditions: 'x' },
      'json: cannot unmarshal string into Go struct field Thing.conditions of type []v1.Condition',
    ],
    [
      'names the map',
      { amounts: [] },
      'json: cannot unmarshal array into Go struct field Thing.amounts of type map[string]resource.Quantity',
    ],
    [
      'reports the first of two in the order of sorted keys',
      { parts: 'x', count: 'y' },
      'json: cannot unmarshal string into Go struct field Thing.count of type int64',
    ],
    [
      'lets an unmarshaller of its own have the last word',
      { count: 'y', metadata: { creationTimestamp: 'soon' } },
      'parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"',
    ],
    [
      'reads base64',
      { secrets: { a: 'YWI=' }, metadata: {}, parts: ['x'] },
      { secrets: { a: 'YWI=' }, metadata: {}, parts: ['x'] },
    ],
    [
      'asks no unmarshaller about a pointer that is null',
      { least: null, port: null, parts: ['x'] },
      { metadata: {}, parts: ['x'] },
    ],
    [
      'names the struct that embeds nothing but fields',
      { exec: { command: 'x' } },
      'json: cannot unmarshal string into Go struct field Action.Handler.exec.command of type []string',
    ],
    ['refuses what is no base64', { secrets: { a: 'abc*' } }, 'illegal base64 data at input byte 3'],
  ])('%s', (_rule, body, expected) => {
    expect(decoded(body)).toEqual(expected);
  });

  it.each<[string, Json, readonly string[]]>([
    ['top level', { spec: {}, replicas: 1 }, ['unknown field "replicas"']],
    ['element', { spec: { ports: [{ port: 1 }, { port: 2, foo: 1 }] } }, ['unknown field "spec.ports[1].foo"']],
    ['case', { spec: { ports: [{ targetport: 1 }] } }, ['unknown field "spec.ports[0].targetport"']],
    ['in sorted order', { spec: { z: 1, a: { b: 1 } } }, ['unknown field "spec.a"', 'unknown field "spec.z"']],
    [
      'names of prototypes',
      JSON.parse('{"__proto__":{},"constructor":1}') as Json,
      ['unknown field "__proto__"', 'unknown field "constructor"'],
    ],
  ])('collects unknown fields: %s', (_case, body, expected) => {
    const result = decode(serviceSchema, body);
    expect(result).toMatchObject({ ok: true, strictErrors: expected });
    expect(Object.getPrototypeOf(result.ok ? result.value : {})).toBe(Object.prototype);
  });

  it('stops collecting at a hundred', () => {
    const body = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f${index}`, 1]));
    const result = decode(serviceSchema, body);
    expect(result.ok && result.strictErrors).toHaveLength(100);
  });
});

describe('convertUnstructured', () => {
  it.each<[JsonObject, string]>([
    [{ spec: { ports: { port: 80 } } }, 'cannot restore slice from map'],
    [{ spec: { selector: 'x' } }, 'cannot restore map from string'],
    [{ spec: true }, 'cannot restore struct from: bool'],
    [{ spec: { ports: [{ port: '80' }] } }, 'unrecognized type: int32'],
    [{ spec: { type: 5 } }, 'cannot convert int64 to v1.ServiceType'],
    [{ spec: { ports: [{ targetPort: [] }] } }, 'json: cannot unmarshal array into Go value of type int32'],
  ])('%j', (body, message) => {
    expect(convertUnstructured(serviceSchema, body)).toEqual({ ok: false, message });
  });

  it('says where base64 was looked for', () => {
    const message = 'error decoding from json: illegal base64 data at input byte 3';
    expect(convertUnstructured(thing, { secrets: { a: 'abc*' } })).toEqual({ ok: false, message });
  });
});
