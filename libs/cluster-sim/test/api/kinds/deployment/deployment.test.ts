import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { deploymentDefinition } from '../../../../src/api/kinds/deployment/deployment-definition.ts';
import { context, decoded, errorsOf } from '../decoded.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
const selector = { matchLabels: { app: 'web' } };

function manifest(spec: JsonObject): JsonObject {
  return { metadata: { name: 'web' }, spec: { selector, template, ...spec } };
}

describe('Deployment', () => {
  it('gets defaults', () => {
    const { spec } = decoded(deploymentDefinition, manifest({}));
    expect(spec).toMatchObject({
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    });
    expect(spec.template.spec).toMatchObject({ dnsPolicy: 'ClusterFirst', terminationGracePeriodSeconds: 30 });
    expect(spec.template.spec.enableServiceLinks).toBeUndefined();
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['right', {}, []],
    ['no replicas', { replicas: 0 }, []],
    ['negative replicas', { replicas: -1 }, ['spec.replicas: Invalid value: -1: must be greater than or equal to 0']],
    [
      'no selector',
      { selector: null },
      [
        'spec.selector: Required value',
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'an empty selector',
      { selector: {} },
      ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    ],
    [
      'another restart policy',
      { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
      ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ],
    [
      'nothing may change',
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } },
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0'],
    ],
    [
      'an unknown strategy',
      { strategy: { type: 'BlueGreen' } },
      [
        'spec.strategy: Unsupported value: {"Type":"BlueGreen","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
      ],
    ],
    [
      'a deadline before ready',
      { minReadySeconds: 10, progressDeadlineSeconds: 10 },
      ['spec.progressDeadlineSeconds: Invalid value: 10: must be greater than minReadySeconds'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(errorsOf(deploymentDefinition, manifest(spec))).toEqual(expected);
  });

  it('keeps its selector and counts its changes', () => {
    const { strategy } = deploymentDefinition;
    const created = strategy.prepareForCreate(decoded(deploymentDefinition, manifest({})), context());
    const old = {
      ...created,
      metadata: { ...created.metadata, uid: 'u', resourceVersion: '1', creationTimestamp: 't' },
    };
    const other = { matchLabels: { app: 'web', tier: 'x' } };
    const changed = strategy.prepareForUpdate({ ...old, spec: { ...old.spec, selector: other } }, old, context());
    expect(changed.metadata.generation).toBe(2);
    expect(strategy.validateUpdate(changed, old, context()).map(({ field, body }) => `${field}: ${body}`)).toEqual([
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      'spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"x"}}: field is immutable',
    ]);
    expect(strategy.prepareForUpdate(old, old, context()).metadata.generation).toBe(1);
  });

  it("warns of ports in each other's way", () => {
    const containers = ['a', 'b'].map((name) => ({
      name,
      image: 'nginx',
      ports: [{ name: 'http', containerPort: 80 }],
    }));
    const object = decoded(deploymentDefinition, manifest({ template: { ...template, spec: { containers } } }));
    const [first, second] = ['spec.template.spec.containers[0].ports[0]', 'spec.template.spec.containers[1].ports[0]'];
    expect(deploymentDefinition.strategy.warningsOnCreate?.(object)).toEqual([
      `${second}: duplicate port definition with ${first}`,
      `${second}: duplicate port name "http" with ${first}, services and probes that select ports by name will use ${first}`,
    ]);
  });
});
