import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { replicationControllerDefinition as definition } from '../../../../src/api/kinds/replication-controller/replication-controller-definition.ts';
import { context, decoded, errorsOf } from '../decoded.ts';

const pod = { containers: [{ name: 'c', image: 'nginx' }] };
const template = { metadata: { labels: { app: 'web' } }, spec: pod };

function manifest(spec: JsonObject = {}): JsonObject {
  return { metadata: { name: 'web' }, spec: { template, ...spec } };
}

describe('ReplicationController', () => {
  it('takes its labels and its selector from the template', () => {
    const { metadata, spec } = decoded(definition, manifest());
    expect(metadata.labels).toEqual({ app: 'web' });
    expect(spec).toMatchObject({ replicas: 1, selector: { app: 'web' } });
  });

  it('keeps the labels and the selector that it has', () => {
    const labelled = {
      ...manifest({ selector: { tier: 'front' } }),
      metadata: { name: 'web', labels: { own: 'yes' } },
    };
    const { metadata, spec } = decoded(definition, labelled);
    expect([metadata.labels, spec.selector]).toEqual([{ own: 'yes' }, { tier: 'front' }]);
  });

  // pkg/apis/core/validation/validation.go ValidateReplicationControllerSpec: minReadySeconds, selector, replicas, template.
  it.each<[string, JsonObject, readonly string[]]>([
    ['right', {}, []],
    [
      'without labels',
      { template: { spec: pod }, replicas: -1, minReadySeconds: -2 },
      [
        'spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0',
        'spec.selector: Required value',
        'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    ['without template', { template: null, selector: { app: 'web' } }, ['spec.template: Required value']],
    [
      'another selector',
      { selector: { app: 'shop' } },
      ['spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`'],
    ],
    [
      'Pods that end',
      { template: { ...template, spec: { ...pod, restartPolicy: 'Never', activeDeadlineSeconds: 5 } } },
      [
        'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
        'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicationController is not Supported',
      ],
    ],
  ])('%s', (_, spec, expected) => {
    expect(errorsOf(definition, manifest(spec))).toEqual(expected);
  });

  it('counts no more of a kind than there are', () => {
    const old = decoded(definition, manifest());
    const status = { replicas: 1, fullyLabeledReplicas: 2, readyReplicas: 1, availableReplicas: 2 };
    const stored = { ...old, metadata: { ...old.metadata, resourceVersion: '7' } };
    const errors = definition.status?.validateUpdate({ ...stored, status }, stored, context());
    expect(errors?.map(({ field, body }) => `${field}: ${body}`)).toEqual([
      'status.fullyLabeledReplicas: Invalid value: 2: cannot be greater than status.replicas',
      'status.availableReplicas: Invalid value: 2: cannot be greater than status.replicas',
      'status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas',
    ]);
  });
});
