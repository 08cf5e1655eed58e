import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { statefulSetDefinition } from '../../../../src/api/kinds/statefulset/statefulset-definition.ts';
import { context, decoded, errorsOf } from '../decoded.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
const selector = { matchLabels: { app: 'web' } };

function manifest(spec: JsonObject): JsonObject {
  return { metadata: { name: 'web' }, spec: { selector, template, ...spec } };
}

describe('StatefulSet', () => {
  it('gets defaults', () => {
    expect(
      decoded(statefulSetDefinition, manifest({ volumeClaimTemplates: [{ metadata: { name: 'd' } }] })).spec,
    ).toMatchObject({
      replicas: 1,
      serviceName: '',
      revisionHistoryLimit: 10,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'd' },
          spec: { resources: {}, volumeMode: 'Filesystem' },
          status: { phase: 'Pending' },
        },
      ],
    });
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['right', {}, []],
    ['another host name', { template: { ...template, spec: { ...template.spec, hostname: 'NO' } } }, []],
    [
      'a policy that is none',
      { podManagementPolicy: 'Random' },
      [`spec.podManagementPolicy: Invalid value: "Random": must be 'OrderedReady' or 'Parallel'`],
    ],
    [
      'a strategy that is none',
      { updateStrategy: { type: 'Recreate' } },
      [
        `spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be 'RollingUpdate' or 'OnDelete'`,
      ],
    ],
    [
      'a partition without rolling updates',
      { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } },
      [
        `spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy 'RollingUpdate'`,
      ],
    ],
    [
      'negative numbers',
      { replicas: -1, minReadySeconds: -1, ordinals: { start: -1 } },
      ['replicas', 'minReadySeconds', 'ordinals.start'].map(
        (name) => `spec.${name}: Invalid value: -1: must be greater than or equal to 0`,
      ),
    ],
    [
      'a retention that is none',
      { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Keep' } },
      [
        'spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Keep": supported values: "Retain", "Delete"',
      ],
    ],
    [
      'an empty claim',
      { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
      [
        'spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required',
        'spec.volumeClaimTemplates[0].spec.resources[storage]: Required value',
      ],
    ],
    [
      'a claim from two sources',
      {
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
              dataSource: { kind: 'VolumeSnapshot', name: '' },
              dataSourceRef: { apiGroup: 'Snapshots', kind: 'VolumeSnapshot', name: 's' },
            },
          },
        ],
      },
      [
        'spec.volumeClaimTemplates[0].spec.dataSource.name: Required value',
        `spec.volumeClaimTemplates[0].spec.dataSource: Invalid value: "VolumeSnapshot": must be 'PersistentVolumeClaim' when referencing the default apiGroup`,
        expect.stringContaining(
          'spec.volumeClaimTemplates[0].spec.dataSourceRef.apiGroup: Invalid value: "Snapshots": a lowercase RFC 1123 subdomain',
        ) as unknown as string,
        'spec.volumeClaimTemplates[0].spec: Invalid value: {}: must match dataSourceRef',
      ],
    ],
    [
      'an empty selector',
      { selector: {} },
      ['spec.selector: Invalid value: {}: empty selector is invalid for statefulset'],
    ],
    [
      'no selector',
      { selector: null },
      [
        'spec.selector: Required value',
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'a restart policy of Jobs',
      { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never', activeDeadlineSeconds: 5 } } },
      [
        'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
        'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported',
      ],
    ],
  ])('%s', (_what, spec, errors) => {
    expect(errorsOf(statefulSetDefinition, manifest(spec))).toEqual(errors);
  });

  it.each<[string, JsonObject, boolean]>([
    ['replicas', { replicas: 3 }, true],
    ['an image', { template: { ...template, spec: { containers: [{ name: 'c', image: 'httpd' }] } } }, true],
    ['the first number', { ordinals: { start: 2 } }, true],
    ['the Service', { serviceName: 'other' }, false],
    ['the order', { podManagementPolicy: 'Parallel' }, false],
    [
      'the selector',
      { selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'Exists' }] } },
      false,
    ],
  ])('may change: %s', (_what, spec, allowed) => {
    const { strategy } = statefulSetDefinition;
    const old = strategy.prepareForCreate(decoded(statefulSetDefinition, manifest({})), context());
    const metadata = { ...old.metadata, resourceVersion: '1' };
    const stored = { ...old, metadata };
    const changed = { ...decoded(statefulSetDefinition, manifest(spec)), metadata };
    const errors = strategy.validateUpdate(strategy.prepareForUpdate(changed, stored, context()), stored, context());
    const refusal = {
      type: 'FieldValueForbidden',
      field: 'spec',
      body: "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    };
    expect(errors).toEqual(allowed ? [] : [refusal]);
  });

  /** WarningsOnCreate and WarningsOnUpdate of registry/apps/statefulset/strategy.go, which call the claim's place differently. */
  it('warns of parts of bytes in claims', () => {
    const { strategy } = statefulSetDefinition;
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1500m' } } };
    const claimed = manifest({ volumeClaimTemplates: [{ metadata: { name: 'data' }, spec }] });
    const created = strategy.prepareForCreate(decoded(statefulSetDefinition, claimed), context());
    const words = 'resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer';
    expect(strategy.warningsOnCreate?.(created)).toEqual([`spec.volumeClaimTemplates[0].${words}`]);
    expect(strategy.warningsOnUpdate?.(created, created)).toEqual([`spec.volumeClaimTemplates[0].Spec.${words}`]);
  });
});
