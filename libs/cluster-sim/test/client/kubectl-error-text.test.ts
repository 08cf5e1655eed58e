import { describe, expect, it } from '@jest/globals';
import { resources } from '@kubedrill/kube-model';
import type { ApiStatus } from '../../src/api/request.ts';
import type { KubectlStep } from '../../src/client/kubectl-error-text.ts';
import { kubectlErrorText, unsentStatus } from '../../src/client/kubectl-error-text.ts';

const base = { kind: 'Status', apiVersion: 'v1', status: 'Failure' } as const;
const creating: KubectlStep = { kind: 'creating', file: 'f.yaml' };

function invalid(...messages: readonly string[]): ApiStatus {
  const causes = messages.map((message, index) => ({
    reason: 'FieldValueRequired',
    field: `spec.ports[${index}].name`,
    message,
  }));
  return {
    ...base,
    code: 422,
    reason: 'Invalid',
    message: 'Service "web" is invalid: ...',
    details: { kind: 'Service', name: 'web', causes },
  };
}

describe('what kubectl prints', () => {
  it.each<[string, ApiStatus, KubectlStep, string]>([
    [
      'one cause',
      invalid('Required value'),
      creating,
      'The Service "web" is invalid: spec.ports[0].name: Required value',
    ],
    [
      'several causes',
      invalid('Required value', 'Required value'),
      creating,
      'The Service "web" is invalid: \n* spec.ports[0].name: Required value\n* spec.ports[1].name: Required value',
    ],
    [
      'another reason',
      { ...base, code: 404, reason: 'NotFound', message: 'namespaces "nowhere" not found' },
      creating,
      'Error from server (NotFound): error when creating "f.yaml": namespaces "nowhere" not found',
    ],
    ['no reason', { ...base, code: 500, reason: '', message: 'oh' }, { kind: 'other' }, 'Error from server: oh'],
    ['its own refusal', unsentStatus('no such thing'), { kind: 'other' }, 'error: no such thing'],
    [
      'a refused patch',
      {
        ...base,
        code: 422,
        reason: 'Invalid',
        message: 'the server rejected our request due to an error in our request',
        details: {},
      },
      { kind: 'other' },
      'The request is invalid: the server rejected our request due to an error in our request',
    ],
    [
      'a conflict while patching',
      { ...base, code: 409, reason: 'Conflict', message: 'changed' },
      {
        kind: 'patching',
        file: 'f.yaml',
        patch: { spec: { replicas: 2 } },
        object: {
          document: { file: 'f.yaml', index: 0, value: {}, locate: () => ({ file: 'f.yaml', line: 1, column: 1 }) },
          resource: resources.Deployment,
          namespace: 'default',
          name: 'web',
          value: {},
        },
      },
      'Error from server (Conflict): error when applying patch:\n{"spec":{"replicas":2}}\nto:\n' +
        'Resource: "apps/v1, Resource=deployments", GroupVersionKind: "apps/v1, Kind=Deployment"\nName: "web", Namespace: "default"\n' +
        'for: "f.yaml": error when patching "f.yaml": changed',
    ],
  ])('%s', (_, status, step, text) => {
    expect(kubectlErrorText(status, step)).toBe(text);
  });
});
