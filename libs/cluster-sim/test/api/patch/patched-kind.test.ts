import { expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { TestServer } from '../api-server-fixture.ts';

/** runtime.DecodeInto: the patched document is read as what it says it is. */
it.each<[JsonObject, string]>([
  [{ kind: 'Secret' }, 'converting (v1.Secret) to (core.ConfigMap): unknown conversion'],
  [{ kind: 'Deployment', apiVersion: 'apps/v1' }, 'converting (v1.Deployment) to (core.ConfigMap): unknown conversion'],
  [
    { apiVersion: 'v2' },
    'no kind "ConfigMap" is registered for version "v2" in scheme "pkg/api/legacyscheme/scheme.go:30"',
  ],
  [
    { kind: 5 },
    "couldn't get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string",
  ],
])('a merge patch with %j', (patch, problem) => {
  const server = new TestServer();
  server.create('ConfigMap', { metadata: { name: 'a' } });
  const { code, causes } = server.patch('ConfigMap', 'a', 'merge', patch);
  expect(code).toBe(422);
  expect(causes?.[0]?.message.endsWith(`: ${problem}`)).toBe(true);
});

it('a strategic patch cannot change the kind, and nobody says so', () => {
  const server = new TestServer();
  server.create('ConfigMap', { metadata: { name: 'a' } });
  expect(server.patch('ConfigMap', 'a', 'strategic', { kind: 'Secret', data: { x: 'y' } })).toMatchObject({
    code: 200,
    object: { kind: 'ConfigMap', data: { x: 'y' } },
  });
});
