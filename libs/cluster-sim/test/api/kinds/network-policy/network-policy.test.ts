import { expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { TestServer } from '../../api-server-fixture.ts';

function generationAfter(spec: JsonObject, patch: JsonObject): number | undefined {
  const server = new TestServer();
  const created = server.create('NetworkPolicy', { metadata: { name: 'deny' }, spec });
  expect(created.message).toBeUndefined();
  const patched = server.patch('NetworkPolicy', 'deny', 'merge', patch);
  expect(patched.message).toBeUndefined();
  return patched.object?.metadata.generation;
}

/** PrepareForUpdate of pkg/registry/networking/networkpolicy/strategy.go compares with reflect.DeepEqual; storage keeps no empty lists. */
it.each<[string, JsonObject, JsonObject, number]>([
  ['labels', { podSelector: {} }, { metadata: { labels: { a: 'b' } } }, 1],
  ['what it is already', { podSelector: {}, policyTypes: ['Ingress'] }, { spec: { policyTypes: ['Ingress'] } }, 1],
  ['another type', { podSelector: {} }, { spec: { policyTypes: ['Egress'] } }, 2],
  ['no rules, in an empty list', { podSelector: {}, ingress: [] }, { spec: { ingress: [] } }, 2],
  ['no rules, as null', { podSelector: {}, ingress: [] }, { spec: { ingress: null } }, 1],
])('counts generations: %s', (_what, spec, patch, generation) => {
  expect(generationAfter(spec, patch)).toBe(generation);
});
