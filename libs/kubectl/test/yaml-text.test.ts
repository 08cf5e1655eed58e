import { describe, expect, it } from '@jest/globals';
import type { Json } from '@kubedrill/kube-model';
import { formatYaml } from '../src/yaml-text.ts';

/** What kubectl prints for such values: go-yaml's keyList order and its choice of styles (sigs.k8s.io/yaml). */
const cases: readonly (readonly [what: string, value: Json, text: string])[] = [
  ['sorted keys', { b: 1, a: true }, 'a: true\nb: 1\n'],
  ['numbers in keys', { a10: 1, a9: 2 }, 'a9: 2\na10: 1\n'],
  ['a list beside its key', { ports: [{ port: 80, name: 'web' }] }, 'ports:\n- name: web\n  port: 80\n'],
  ['a list in a list', { a: [['x', 'z']] }, 'a:\n- - x\n  - z\n'],
  ['empty collections', { loadBalancer: {}, items: [] }, 'items: []\nloadBalancer: {}\n'],
  ['text that reads as a number', { name: '443' }, 'name: "443"\n'],
  ['text that reads as a boolean', { a: 'yes', b: 'n' }, 'a: "yes"\nb: "n"\n'],
  ['text that reads as a time', { t: '2026-11-22T22:13:31Z' }, 't: "2026-11-22T22:13:31Z"\n'],
  ['an empty text', { resourceVersion: '' }, 'resourceVersion: ""\n'],
  ['text with a colon', { a: 'b: c' }, "a: 'b: c'\n"],
  ['text that begins as a flow', { a: '{"x":1}' }, `a: '{"x":1}'\n`],
  ['lines', { a: 'x\ny\n', b: 'x\ny' }, 'a: |\n  x\n  y\nb: |-\n  x\n  y\n'],
  ['an address', { ip: '10.96.0.1', path: '/', image: 'nginx:1.25' }, 'image: nginx:1.25\nip: 10.96.0.1\npath: /\n'],
  ['null', { a: null }, 'a: null\n'],
];

describe('formatYaml', () => {
  it.each(cases)('%s', (_, value, text) => {
    expect(formatYaml(value)).toBe(text);
  });
});
