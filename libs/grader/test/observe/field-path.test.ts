import { describe, expect, it } from '@jest/globals';
import { formatFieldPath, parseFieldPath, readField } from '../../src/observe/field-path.ts';

const service = {
  metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
  spec: {
    ports: [
      { name: 'http', port: 80 },
      { name: 'metrics', port: 9090 },
    ],
  },
};

interface Case {
  readonly text: string;
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

const cases: readonly Case[] = [
  { text: '', value: service, path: [] },
  { text: 'spec.ports[1].port', value: 9090, path: ['spec', 'ports', 1, 'port'] },
  { text: 'spec.ports[name=metrics].port', value: 9090, path: ['spec', 'ports', 1, 'port'] },
  {
    text: 'metadata.labels["app.kubernetes.io/name"]',
    value: 'web',
    path: ['metadata', 'labels', 'app.kubernetes.io/name'],
  },
  { text: 'spec.type', value: undefined, path: ['spec', 'type'] },
  { text: 'spec.ports[7].port', value: undefined, path: ['spec', 'ports'] },
  { text: 'spec.ports[name=https].port', value: undefined, path: ['spec', 'ports'] },
  { text: 'spec.constructor', value: undefined, path: ['spec', 'constructor'] },
  { text: 'spec.__proto__.x', value: undefined, path: ['spec', '__proto__'] },
];

describe('readField', () => {
  it.each(cases)('reads "$text"', ({ text, value, path }) => {
    expect(readField(service, text)).toEqual({ value, path });
  });

  it('says where a path is no path', () => {
    expect(parseFieldPath('spec.ports[')).toEqual({ ok: false, at: 10 });
    expect(() => readField(service, 'spec..ports')).toThrow('character 5');
  });
});

describe('formatFieldPath', () => {
  it('writes what readField reads', () => {
    expect(formatFieldPath(['spec', 'ports', 1, 'port'])).toBe('spec.ports[1].port');
    expect(formatFieldPath(['metadata', 'labels', 'a.b/c'])).toBe('metadata.labels["a.b/c"]');
  });
});
