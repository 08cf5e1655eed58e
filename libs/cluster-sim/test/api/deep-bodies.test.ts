import { describe, expect, it } from '@jest/globals';
import type { Json, Kind } from '@kubedrill/kube-model';
import { apiVersionOf, isJsonObject, resources } from '@kubedrill/kube-model';
import { TestServer } from './api-server-fixture.ts';

/** Configurations for the server say what they are. */
function typed(kind: Kind, document: Json): Json {
  return isJsonObject(document) ? { ...document, apiVersion: apiVersionOf(resources[kind]), kind } : document;
}

describe('bodies', () => {
  /** As deep as `levels`, of objects or of lists. */
  const deep = (levels: number, wrap: (value: Json) => Json): Json => {
    let value: Json = 'x';
    for (let level = 0; level < levels; level += 1) value = wrap(value);
    return value;
  };

  it.each<[string, (value: Json) => Json]>([
    ['objects', (value) => ({ a: value })],
    ['lists', (value) => [value]],
  ])('nested in %s without end are answered', (_what, wrap) => {
    for (const levels of [400, 4_000, 40_000]) {
      const value = deep(levels, wrap);
      const fieldsV1 = [{ manager: 'm', operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: value }];
      const bodies: readonly Json[] = [
        value,
        { metadata: { name: 'a' }, unknown: value },
        { metadata: { name: 'a' }, data: { a: value } },
        { metadata: { name: 'a', managedFields: fieldsV1 } },
        { metadata: { name: 'a' }, kind: value },
      ];
      const server = new TestServer();
      server.create('ConfigMap', { metadata: { name: 'a' } });
      for (const body of bodies) {
        for (const answer of [
          server.create('ConfigMap', body, { fieldValidation: 'Ignore' }),
          server.replace('ConfigMap', 'a', body),
          server.patch('ConfigMap', 'a', 'strategic', body),
          server.patch('ConfigMap', 'a', 'merge', body),
          server.patch('ConfigMap', 'a', 'json', [{ op: 'add', path: '/unknown', value: body }]),
          server.apply('ConfigMap', 'a', typed('ConfigMap', body), { fieldManager: 'one' }),
        ])
          expect(() => JSON.stringify(answer)).not.toThrow();
      }
    }
  });
});
