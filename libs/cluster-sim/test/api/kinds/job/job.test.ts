import { describe, expect, it } from '@jest/globals';
import type { Job, JsonObject } from '@kubedrill/kube-model';
import { jobDefinition } from '../../../../src/api/kinds/job/job-definition.ts';
import { context, decoded, errorsOf } from '../decoded.ts';

const podSpec = { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] };

function manifest(spec: JsonObject, labels?: JsonObject): JsonObject {
  const metadata = { name: 'once', uid: 'u-1', ...(labels && { labels }) };
  return { metadata, spec: { template: { spec: podSpec }, ...spec } };
}

function created(spec: JsonObject, labels?: JsonObject): Job {
  return jobDefinition.strategy.prepareForCreate(decoded(jobDefinition, manifest(spec, labels)), context());
}

const generated = {
  'batch.kubernetes.io/controller-uid': 'u-1',
  'batch.kubernetes.io/job-name': 'once',
  'controller-uid': 'u-1',
  'job-name': 'once',
};

const indexed = { completionMode: 'Indexed', completions: 3 };
const rule = (policy: JsonObject): JsonObject => ({ podFailurePolicy: { rules: [policy] } });

describe('Job', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['nothing', {}, { completions: 1, parallelism: 1, backoffLimit: 6, podReplacementPolicy: 'TerminatingOrFailed' }],
    ['its completions', { completions: 3 }, { completions: 3, parallelism: 1 }],
    ['a limit for each index', { ...indexed, backoffLimitPerIndex: 1 }, { backoffLimit: 2147483647 }],
    [
      'a failure policy',
      rule({ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }),
      {
        podReplacementPolicy: 'Failed',
        podFailurePolicy: {
          rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
        },
      },
    ],
  ])('that says %s gets defaults', (_what, spec, expected) => {
    expect(decoded(jobDefinition, manifest(spec)).spec).toMatchObject(expected);
  });

  it.each<[string, JsonObject | undefined, JsonObject | undefined, JsonObject]>([
    ['no labels', undefined, undefined, generated],
    ['labels of the template', undefined, { app: 'a' }, { app: 'a', ...generated }],
    ['labels of its own', { tier: 'b' }, { app: 'a' }, { tier: 'b' }],
  ])('with %s gets a selector', (_what, labels, podLabels, expected) => {
    const template = { metadata: { ...(podLabels && { labels: podLabels }) }, spec: podSpec };
    const { metadata, spec } = created({ template }, labels);
    expect(metadata.labels).toEqual(expected);
    expect(spec.template.metadata?.labels).toEqual({ ...podLabels, ...generated });
    expect(spec.selector).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': 'u-1' } });
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['right', {}, []],
    [
      'restarted always',
      { template: { spec: { containers: podSpec.containers } } },
      ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      'labels of another Job',
      { template: { metadata: { labels: { 'job-name': 'other' } }, spec: podSpec } },
      [
        `spec.template.metadata.labels[job-name]: Invalid value: ${JSON.stringify({ ...generated, 'job-name': 'other' })}: must be 'once'`,
      ],
    ],
    [
      'an unknown mode',
      { completionMode: 'Some' },
      ['spec.completionMode: Unsupported value: "Some": supported values: "NonIndexed", "Indexed"'],
    ],
    [
      'indexes without a number',
      { completionMode: 'Indexed', parallelism: 2 },
      ['spec.completions: Required value: when completion mode is Indexed'],
    ],
    [
      'limits of indexes without indexes',
      { backoffLimitPerIndex: 1 },
      ['spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode'],
    ],
    [
      'success of indexes without indexes',
      { successPolicy: { rules: [{ succeededCount: 1 }] } },
      [
        'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: requires indexed completion mode',
      ],
    ],
    [
      'indexes that do not rise',
      { ...indexed, successPolicy: { rules: [{ succeededIndexes: '2,1' }] } },
      [
        'spec.successPolicy.rules[0].succeededIndexes: Invalid value: "2,1": error parsing succeededIndexes: non-increasing order, previous: 2, current: 1',
      ],
    ],
    [
      'a rule without a reason',
      rule({ action: 'FailJob' }),
      ['spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required'],
    ],
    [
      'exit codes that cannot be',
      rule({ action: 'Stop', onExitCodes: { operator: 'In', values: [3, 0, 3] } }),
      [
        'spec.podFailurePolicy.rules[0].action: Unsupported value: "Stop": supported values: "Count", "FailIndex", "FailJob", "Ignore"',
        'spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator',
        'spec.podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 3',
        'spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [3,0,3]: must be ordered',
      ],
    ],
  ])('%s', (_what, spec, errors) => {
    const errorsOfJob = errorsOf(jobDefinition, manifest(spec));
    const sorted = errorsOfJob.map((error) => error.replace(/\{"batch[^}]*\}/, sortedKeys));
    expect(sorted).toEqual(errors.map((error) => error.replace(/\{"batch[^}]*\}/, sortedKeys)));
  });

  it('keeps its template, whatever else changes', () => {
    const { strategy } = jobDefinition;
    const old = created({});
    const stored: Job = { ...old, metadata: { ...old.metadata, resourceVersion: '1' } };
    const causes = (spec: Partial<Job['spec']>): readonly string[] =>
      strategy
        .validateUpdate({ ...stored, spec: { ...stored.spec, ...spec } }, stored, context())
        .map(({ field, body }) => `${field}: ${body.slice(0, 40)}`);
    const spec = { ...stored.spec.template.spec, restartPolicy: 'OnFailure' } as const;
    expect(causes({ parallelism: 4 })).toEqual([]);
    expect(causes({ completions: 4 })).toEqual(['spec.completions: Invalid value: 4: field is immutable']);
    expect(causes({ template: { ...stored.spec.template, spec } })).toEqual([
      'spec.template: Invalid value: {"labels":{"batch.kuberne',
    ]);
    const waiting: Job = { ...stored, spec: { ...stored.spec, suspend: true } };
    const nodeSelector = { disk: 'ssd' };
    const changed = {
      ...waiting,
      spec: { ...waiting.spec, template: { ...waiting.spec.template, spec: { ...podSpec, nodeSelector } } },
    } as unknown as Job;
    const full = { ...changed.spec.template, spec: { ...waiting.spec.template.spec, nodeSelector } };
    expect(
      strategy.validateUpdate({ ...changed, spec: { ...changed.spec, template: full } }, waiting, context()),
    ).toEqual([]);
  });

  it('refuses to lose its containers while it is suspended', () => {
    const { strategy } = jobDefinition;
    const old = created({});
    const waiting: Job = {
      ...old,
      metadata: { ...old.metadata, resourceVersion: '1' },
      spec: { ...old.spec, suspend: true },
    };
    const { containers: _, ...spec } = waiting.spec.template.spec;
    const changed = {
      ...waiting,
      spec: { ...waiting.spec, template: { ...waiting.spec.template, spec } },
    } as unknown as Job;
    const errors = strategy.validateUpdate(changed, waiting, context()).map(({ field, body }) => `${field}: ${body}`);
    // validation.go asks for containers; validatePodResourceUpdatesOnly compares the rest.
    expect(errors).toContain('spec.template.spec.containers: Required value');
    expect(
      errors.filter((error) => /^spec\.template\.spec: Invalid value: .*: field is immutable$/s.test(error)),
    ).toHaveLength(1);
  });
});

function sortedKeys(json: string): string {
  const object = JSON.parse(json) as Record<string, string>;
  return JSON.stringify(Object.fromEntries(Object.entries(object).sort()));
}
