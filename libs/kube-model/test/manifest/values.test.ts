import { describe, expect, it } from '@jest/globals';
import type { Json } from '@kubedrill/kube-model';
import { parseManifests } from '../../src/index.ts';

function documentsOf(content: string): readonly Json[] {
  const { documents, issues } = parseManifests([{ path: 'a.yaml', content }]);
  expect(issues).toEqual([]);
  return documents.map(({ value }) => value);
}

describe('a plain scalar means what go-yaml v2 (resolve.go) makes of it', () => {
  it.each<[string, Json]>([
    ['y', true],
    ['Yes', true],
    ['on', true],
    ['n', false],
    ['OFF', false],
    ['yEs', 'yEs'],
    ['~', null],
    ['', null],
    ['Null', null],
    ['nULL', 'nULL'],
    ['0120', 80],
    ['0o17', 15],
    ['089', 89],
    ['0x50', 80],
    ['0X1f', 31],
    ['0b101', 5],
    ['-0b11', -3],
    ['0b12', '0b12'],
    ['+7', 7],
    ['-0', 0],
    ['1_000', 1000],
    ['_1', '_1'],
    ['8e1', 80],
    ['80.0', 80],
    ['1.', 1],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['1e400', '1e400'],
    ['1:30', '1:30'],
    ['190:20:30', '190:20:30'],
    ['2024-01-01', '2024-01-01'],
    ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
    ['18446744073709551615', 18446744073709551615],
    ['1.27', 1.27],
    ['1.27.0', '1.27.0'],
    ['10.96.0.1', '10.96.0.1'],
    ['-x', '-x'],
    ['"80"', '80'],
    ["'y'", 'y'],
    ['"\\u00e9\\x41"', 'éA'],
    ['!!str 12', '12'],
    ['!!int "3"', 3],
    ['!!float 3', 3],
    ['!!bool "yes"', true],
    ['!!binary aGVsbG8=', 'hello'],
    ['!mine 12', '12'],
    ['! 12', '12'],
    ['a # comment', 'a'],
    ['a#b', 'a#b'],
    ['http://x:80/', 'http://x:80/'],
    ['😀 ‏עברית', '😀 ‏עברית'],
  ])('%s', (scalar, expected) => {
    expect(documentsOf(`value: ${scalar}\n`)).toEqual([{ value: expected }]);
  });
});

describe('keys become strings', () => {
  it.each([
    ['on: 1', 'true'],
    ['no: 1', 'false'],
    ['0x10: 1', '16'],
    ['0120: 1', '80'],
    ['1.50: 1', '1.5'],
    ['8e1: 1', '80'],
    ['1e6: 1', '1e+06'],
    ['1.25e-7: 1', '1.25e-07'],
    ['.inf: 1', '.inf'],
    ['"on": 1', 'on'],
    ['? key\n: 1', 'key'],
    ['__proto__: 1', '__proto__'],
    ['constructor: 1', 'constructor'],
  ])('%s', (text, key) => {
    const [document] = documentsOf(`${text}\n`);
    expect(Object.keys(document as object)).toEqual([key]);
  });
});

describe('structure', () => {
  it.each<[string, string, readonly Json[]]>([
    ['the last of equal keys wins', 'a: 1\nb: 2\na: 3\n', [{ a: 3, b: 2 }]],
    [
      'a merge takes the place of keys above it',
      'a: &x {p: 1, q: 1}\nb: {q: 2, <<: *x, p: 2}\n',
      [{ a: { p: 1, q: 1 }, b: { p: 2, q: 1 } }],
    ],
    [
      'of a list of merges the earlier wins',
      'a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}\n',
      [{ a: { p: 1 }, b: { p: 2, q: 2 }, c: { p: 1, q: 2 } }],
    ],
    ['a quoted << is a key', '"<<": 1\n', [{ '<<': 1 }]],
    ['an alias stands for its value', 'a: &a [1, {b: 2}]\nc: *a\n', [{ a: [1, { b: 2 }], c: [1, { b: 2 }] }]],
    ['an anchor can be given again', 'a: &a 1\nb: &a 2\nc: *a\n', [{ a: 1, b: 2, c: 2 }]],
    ['null items stay', 'a: [~, 1]\nb:\n-\n- 1\n', [{ a: [null, 1], b: [null, 1] }]],
    [
      'brackets of any indentation',
      'ports: [\n{port: 80,\nname: x},\n]\nb: 1\n',
      [{ ports: [{ port: 80, name: 'x' }], b: 1 }],
    ],
    ['quotes of any indentation', 'a:\n  b: "x\ny"\nc: 1\n', [{ a: { b: 'x y' }, c: 1 }]],
    [
      'tabs in scalars and brackets',
      'a: |\n  x\n  \ty\nb: "p\tq"\nc: [\n\t1]\nd:\te\n',
      [{ a: 'x\n\ty\n', b: 'p\tq', c: [1], d: 'e' }],
    ],
    [
      'Windows line ends',
      'a: 1\r\nb:\r\n  - |\r\n    x\r\n    y\r\n---\r\nc: 1\r\n',
      [{ a: 1, b: ['x\ny\n'] }, { c: 1 }],
    ],
    ['a byte order mark', '\uFEFFa: 1\n', [{ a: 1 }]],
    ['block scalars', 'a: |-\n  x\n  y\nb: >\n  x\n  y\nc: |+\n  x\n\n', [{ a: 'x\ny', b: 'x y\n', c: 'x\n\n' }]],
  ])('%s', (_, text, expected) => {
    expect(documentsOf(text)).toEqual(expected);
  });

  it('keeps __proto__ and constructor as data', () => {
    const [document] = documentsOf('__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n');
    expect(Object.hasOwn(document as object, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('documents are split as kubectl splits them (apimachinery pkg/util/yaml/decoder.go)', () => {
  it.each<[string, string, readonly Json[]]>([
    ['nothing', '', []],
    ['comments only', '# a\n---\n# b\n', []],
    ['empty and null documents', '---\n---\na: 1\n---\n~\n---\nnull\n---\n\n---\nb: 2\n---\n', [{ a: 1 }, { b: 2 }]],
    ['a separator with a comment', 'a: 1\n---   # next\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['no line break at the end', 'a: 1\n---\nb: 2', [{ a: 1 }, { b: 2 }]],
    ['dashes inside of a line', 'a: x---y\nb: "---"\n', [{ a: 'x---y', b: '---' }]],
    ['nothing is read behind ...', 'a: 1\n...\n]] not yaml\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['JSON', '{"a": [1, "]}\\"", {"__proto__": 1}]}', [{ a: [1, ']}"', JSON.parse('{"__proto__": 1}') as Json] }]],
    ['JSON objects side by side', ' {"a":1}{"b":2}\n\n{"c":3}', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ['YAML behind one JSON object', '{"a": 1}\n---\nb: y\n---\n{c: n}\n', [{ a: 1 }, { b: true }, { c: false }]],
    ['YAML that starts with a brace', '{a: y, b: [1]}\n', [{ a: true, b: [1] }]],
    ['JSON strings are not YAML', '{"a": "y", "b": "\\ud83d\\ude00"}', [{ a: 'y', b: '😀' }]],
  ])('%s', (_, text, expected) => {
    expect(documentsOf(text)).toEqual(expected);
  });
});
