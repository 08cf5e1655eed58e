import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { cronJobDefinition } from '../../../../src/api/kinds/cron-job/cron-job-definition.ts';
import { TestServer } from '../../api-server-fixture.ts';
import { errorsOf } from '../decoded.ts';

const podSpec = { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] };
const jobTemplate = { spec: { template: { spec: podSpec } } };

function manifest(spec: JsonObject, name = 'nightly'): JsonObject {
  return { metadata: { name }, spec: { schedule: '0 3 * * *', jobTemplate, ...spec } };
}

function job(spec: JsonObject): JsonObject {
  return { jobTemplate: { spec: { template: { spec: podSpec }, ...spec } } };
}

const noTimeZone = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';

/** pkg/apis/batch/validation/validation.go, and the cases of its tests. */
describe('CronJob', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['right', {}, []],
    ['in a time zone', { timeZone: 'Europe/Berlin' }, []],
    ['kept from waking', { suspend: true, startingDeadlineSeconds: 0, successfulJobsHistoryLimit: 0 }, []],
    ['without a schedule', { schedule: '' }, ['spec.schedule: Required value']],
    [
      'of an unknown schedule',
      { schedule: 'error' },
      ['spec.schedule: Invalid value: "error": expected exactly 5 fields, found 1: [error]'],
    ],
    [
      'with a time zone in its schedule',
      { schedule: 'TZ=UTC 0 * * * *' },
      [`spec.schedule: Invalid value: "TZ=UTC 0 * * * *": ${noTimeZone}`],
    ],
    [
      'with nothing but a time zone in its schedule',
      { schedule: 'TZ=0' },
      [
        'spec.schedule: Invalid value: "TZ=0": invalid schedule format: runtime error: slice bounds out of range [:-1]',
        `spec.schedule: Invalid value: "TZ=0": ${noTimeZone}`,
      ],
    ],
    [
      'of an empty time zone',
      { timeZone: '' },
      ['spec.timeZone: Invalid value: "": timeZone must be nil or non-empty string'],
    ],
    [
      'of the zone of its machine',
      { timeZone: 'local' },
      [
        'spec.timeZone: Invalid value: "local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
        'spec.timeZone: Invalid value: "local": unknown time zone local',
      ],
    ],
    [
      'of the zone of its machine, well written',
      { timeZone: 'Local' },
      [
        'spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
      ],
    ],
    [
      'of a zone that is a path',
      { timeZone: '../UTC' },
      ['spec.timeZone: Invalid value: "../UTC": unknown time zone ../UTC'],
    ],
    [
      'of a zone that is none',
      { timeZone: 'Continent/Zone' },
      ['spec.timeZone: Invalid value: "Continent/Zone": unknown time zone Continent/Zone'],
    ],
    [
      'of limits below zero',
      { startingDeadlineSeconds: -1, successfulJobsHistoryLimit: -1, failedJobsHistoryLimit: -1 },
      ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'].map(
        (name) => `spec.${name}: Invalid value: -1: must be greater than or equal to 0`,
      ),
    ],
    [
      'of an unknown policy',
      { concurrencyPolicy: 'Sometimes' },
      ['spec.concurrencyPolicy: Unsupported value: "Sometimes": supported values: "Allow", "Forbid", "Replace"'],
    ],
    [
      'whose Jobs have a selector',
      job({ manualSelector: true, selector: { matchExpressions: [], matchLabels: { a: 'b' } } }),
      [
        'spec.jobTemplate.spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` will be auto-generated',
        'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"',
      ],
    ],
    [
      'whose Pods are restarted always',
      { jobTemplate: { spec: { template: { spec: { containers: podSpec.containers } } } } },
      ['spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      'whose Jobs count indexes without having them',
      job({ backoffLimitPerIndex: 1 }),
      ['spec.jobTemplate.spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode'],
    ],
  ])('%s is answered', (_what, spec, errors) => {
    expect(errorsOf(cronJobDefinition, manifest(spec))).toEqual(errors);
  });

  it('has a name that its Jobs have room in', () => {
    const name = 'a'.repeat(53);
    expect(errorsOf(cronJobDefinition, manifest({}, name))).toEqual([
      `metadata.name: Invalid value: "${name}": must be no more than 52 characters`,
    ]);
  });

  it('may be changed, and counts how often its specification was', () => {
    const server = new TestServer();
    server.create('CronJob', manifest({}));
    const changed = server.patch('CronJob', 'nightly', 'merge', {
      spec: { schedule: '@hourly', timeZone: 'Asia/Tokyo' },
    });
    expect(changed.object?.metadata.generation).toBe(2);
    const refused = server.patch('CronJob', 'nightly', 'merge', { spec: { schedule: '@never' } });
    expect(refused).toMatchObject({
      code: 422,
      message:
        'CronJob.batch "nightly" is invalid: spec.schedule: Invalid value: "@never": unrecognized descriptor: @never',
    });
  });

  it('has a status of its own', () => {
    const server = new TestServer();
    server.create('CronJob', { ...manifest({}), status: { lastScheduleTime: '2026-01-01T00:00:00Z' } });
    expect(server.get('CronJob', 'nightly').object).toMatchObject({ status: {} });
    const body = { spec: { suspend: true }, status: { lastScheduleTime: '2026-01-01T00:00:00Z' } };
    const { object } = server.patch('CronJob', 'nightly', 'merge', body, { subresource: 'status' });
    expect(object).toMatchObject({ spec: { suspend: false }, status: { lastScheduleTime: '2026-01-01T00:00:00Z' } });
  });
});
