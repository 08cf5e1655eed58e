import { describe, expect, it } from '@jest/globals';
import type { JsonObject, Kind } from '@kubedrill/kube-model';
import { TestServer, type Answer } from '../api-server-fixture.ts';

const selector = { matchLabels: { app: 'web' } };
const containers = [{ name: 'a', image: 'a' }];
const workload = (template: JsonObject): JsonObject => ({ metadata: { name: 'web' }, spec: { selector, template } });
const unlabelled = '`selector` does not match template `labels`';
const onExitCodes = (values: JsonObject): JsonObject => ({
  metadata: { name: 'once' },
  spec: {
    podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', ...values } }] },
    template: { spec: { restartPolicy: 'Never', containers } },
  },
});

/** In Go a list or map that was sent without elements is not nil, and encoding/json shows it so. */
describe('a value that a refusal shows', () => {
  it.each<[string, Kind, JsonObject, string]>([
    [
      'labels without one',
      'Deployment',
      workload({ metadata: { labels: {} }, spec: { containers } }),
      `spec.template.metadata.labels: Invalid value: {}: ${unlabelled}`,
    ],
    [
      'labels null',
      'Deployment',
      workload({ metadata: { labels: null }, spec: { containers } }),
      `spec.template.metadata.labels: Invalid value: null: ${unlabelled}`,
    ],
    [
      'no metadata',
      'StatefulSet',
      workload({ spec: { containers } }),
      `spec.template.metadata.labels: Invalid value: null: ${unlabelled}`,
    ],
    [
      'rules without one',
      'Ingress',
      { metadata: { name: 'web' }, spec: { rules: [] } },
      'spec: Invalid value: []: either `defaultBackend` or `rules` must be specified',
    ],
    [
      'no rules',
      'Ingress',
      { metadata: { name: 'web' }, spec: { tls: [] } },
      'spec: Invalid value: null: either `defaultBackend` or `rules` must be specified',
    ],
    [
      'a selector, which is left as metav1 writes it',
      'Deployment',
      {
        metadata: { name: 'web' },
        spec: {
          selector: { matchLabels: {}, matchExpressions: [] },
          template: { metadata: { labels: {} }, spec: { containers } },
        },
      },
      'spec.selector: Invalid value: {}: empty selector is invalid for deployment',
    ],
    [
      'exit codes without one',
      'Job',
      onExitCodes({ values: [] }),
      'spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: []: at least one value is required',
    ],
    [
      'no exit codes',
      'Job',
      onExitCodes({}),
      'spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: null: at least one value is required',
    ],
  ])('%s', (_what, kind, body, text) => {
    expect(problem(new TestServer().create(kind, body))).toBe(text);
  });

  it('is a list of claims, which no pod has for itself', () => {
    const spec = { containers, resources: { claims: [] } };
    expect(problem(new TestServer().create('Pod', { metadata: { name: 'a' }, spec }))).toBe(
      'spec.resources.claims: Forbidden: claims may not be set for Resources at pod-level',
    );
  });

  it('is empty after a patch that took the last label', () => {
    const server = new TestServer();
    server.create('Deployment', workload({ metadata: { labels: { app: 'web' } }, spec: { containers } }));
    const answer = server.patch('Deployment', 'web', 'merge', {
      spec: { template: { metadata: { labels: { app: null } } } },
    });
    expect(problem(answer)).toBe(`spec.template.metadata.labels: Invalid value: {}: ${unlabelled}`);
  });
});

/** omitempty of encoding/json: what is empty is not there once the object has been written. */
describe('lists and maps without elements', () => {
  it.each<[string, Kind, JsonObject, JsonObject]>([
    ['labels', 'ConfigMap', { metadata: { labels: {} } }, {}],
    ['ephemeral containers', 'Pod', { spec: { containers, ephemeralContainers: [] } }, {}],
    [
      'in the elements of a list',
      'Endpoints',
      { subsets: [{ notReadyAddresses: [], addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] },
      { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80, protocol: 'TCP' }] }] },
    ],
  ])('are not stored: %s', (_what, kind, { metadata, ...rest }, stored) => {
    const server = new TestServer();
    expect(server.create(kind, { metadata: { name: 'web', ...(metadata as JsonObject) }, ...rest }).code).toBe(201);
    const { object } = server.get(kind, 'web');
    expect(object).toMatchObject(stored);
    expect(JSON.stringify(object)).not.toMatch(/"(labels|notReadyAddresses|ephemeralContainers)"/);
  });

  it.each<[string, JsonObject]>([
    ['annotations', { metadata: { annotations: {} } }],
    ['a node selector', { spec: { template: { spec: { nodeSelector: {} } } } }],
    ['tolerations', { spec: { template: { spec: { tolerations: [] } } } }],
  ])('are no change: %s', (_what, change) => {
    const server = new TestServer();
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers } };
    const before = server.create('Deployment', workload(template)).object;
    expect(server.patch('Deployment', 'web', 'merge', change).object?.metadata).toEqual(before?.metadata);
  });

  it('make everybody forget who owns what', () => {
    const server = new TestServer();
    server.create('ConfigMap', { metadata: { name: 'web' }, data: { a: 'b' } }, { fieldManager: 'me' });
    server.replace('ConfigMap', 'web', { metadata: { name: 'web', managedFields: [] }, data: { a: 'c' } });
    expect(server.get('ConfigMap', 'web').object?.metadata.managedFields).toBeUndefined();
  });
});

function problem({ code, message }: Answer): string | undefined {
  expect(code).toBe(422);
  return message?.replace(/^.*? is invalid: /, '');
}
