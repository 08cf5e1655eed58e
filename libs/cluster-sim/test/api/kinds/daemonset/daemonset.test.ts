import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { daemonSetDefinition } from '../../../../src/api/kinds/daemonset/daemonset-definition.ts';
import { context, decoded, errorsOf } from '../decoded.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
const selector = { matchLabels: { app: 'web' } };
const generation = 'deprecated.daemonset.template.generation';

function manifest(spec: JsonObject): JsonObject {
  return { metadata: { name: 'web' }, spec: { selector, template, ...spec } };
}

const rolling = (rollingUpdate: JsonObject): JsonObject => ({ updateStrategy: { rollingUpdate } });

describe('DaemonSet', () => {
  it('has amounts of zero where a strategy without rolling updates names none', () => {
    const updateStrategy = { type: 'OnDelete', rollingUpdate: {} };
    expect(decoded(daemonSetDefinition, manifest({ updateStrategy })).spec.updateStrategy).toEqual({
      type: 'OnDelete',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 0 },
    });
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['right', {}, []],
    ['surge alone', rolling({ maxUnavailable: 0, maxSurge: '10%' }), []],
    [
      'neither',
      rolling({ maxUnavailable: 0 }),
      ['spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0'],
    ],
    [
      'both',
      rolling({ maxSurge: 1 }),
      ['spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero'],
    ],
    [
      'more than all',
      rolling({ maxUnavailable: '101%' }),
      ['spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%'],
    ],
    [
      'a strategy that is none',
      { updateStrategy: { type: 'Recreate' } },
      [
        'spec.updateStrategy: Unsupported value: {"Type":"Recreate","RollingUpdate":null}: supported values: "RollingUpdate", "OnDelete"',
      ],
    ],
    [
      // Here the missing selector itself is not complained about.
      'no selector',
      { selector: null },
      ['spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`'],
    ],
    [
      'an empty selector',
      { selector: {} },
      ['spec.selector: Invalid value: {}: empty selector is invalid for daemonset'],
    ],
    [
      'a restart policy of Jobs',
      { template: { ...template, spec: { ...template.spec, restartPolicy: 'OnFailure' } } },
      ['spec.template.spec.restartPolicy: Unsupported value: "OnFailure": supported values: "Always"'],
    ],
  ])('%s', (_what, spec, errors) => {
    expect(errorsOf(daemonSetDefinition, manifest(spec))).toEqual(errors);
  });

  it('counts its templates', () => {
    const { strategy } = daemonSetDefinition;
    const first = strategy.prepareForCreate(decoded(daemonSetDefinition, manifest({})), context());
    expect(first.metadata).toMatchObject({ generation: 1, annotations: { [generation]: '1' } });
    const counted = (spec: JsonObject): unknown => {
      const changed = decoded(daemonSetDefinition, manifest(spec));
      const { metadata } = strategy.prepareForUpdate({ ...changed, metadata: first.metadata }, first, context());
      return [metadata.generation, metadata.annotations?.[generation]];
    };
    expect(counted({})).toEqual([1, '1']);
    expect(counted({ minReadySeconds: 5 })).toEqual([2, '1']);
    expect(counted({ template: { ...template, spec: { containers: [{ name: 'c', image: 'httpd' }] } } })).toEqual([
      2,
      '2',
    ]);
  });
});
