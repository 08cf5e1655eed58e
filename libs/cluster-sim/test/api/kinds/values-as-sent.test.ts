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

  it('is empty after a patch that took the last label', () => {
    const server = new TestServer();
    server.create('Deployment', workload({ metadata: { labels: { app: 'web' } }, spec: { containers } }));
    const answer = server.patch('Deployment', 'web', 'merge', {
      spec: { template: { metadata: { labels: { app: null } } } },
    });
    expect(problem(answer)).toBe(`spec.template.metadata.labels: Invalid value: {}: ${unlabelled}`);
  });
});

function problem({ code, message }: Answer): string | undefined {
  expect(code).toBe(422);
  return message?.replace(/^.*? is invalid: /, '');
}
