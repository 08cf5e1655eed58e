import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { replicaSetDefinition } from '../../../../src/api/kinds/replicaset/replicaset-definition.ts';
import { context, decoded, errorsOf } from '../decoded.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };

function manifest(spec: JsonObject = {}): JsonObject {
  return { metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template, ...spec } };
}

describe('ReplicaSet', () => {
  it('has one replica unless it says otherwise', () => {
    const created = replicaSetDefinition.strategy.prepareForCreate(
      decoded(replicaSetDefinition, manifest()),
      context(),
    );
    expect(created.spec.replicas).toBe(1);
    expect(created.status).toEqual({ replicas: 0 });
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['right', {}, []],
    [
      'negative',
      { replicas: -2, minReadySeconds: -1 },
      [
        'spec.replicas: Invalid value: -2: must be greater than or equal to 0',
        'spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    [
      'a deadline',
      { template: { ...template, spec: { ...template.spec, activeDeadlineSeconds: 5 } } },
      ['spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(errorsOf(replicaSetDefinition, manifest(spec))).toEqual(expected);
  });

  it('scales', () => {
    const { scale } = replicaSetDefinition;
    const object = decoded(replicaSetDefinition, manifest());
    expect(scale?.withReplicas(object, 3).spec.replicas).toBe(3);
    expect(scale?.selector(object)).toEqual({ matchLabels: { app: 'web' } });
  });
});
