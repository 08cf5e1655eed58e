import { describe, expect, it } from '@jest/globals';
import { resources, type CronJob, type Job, type JsonObject } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith } from '../cluster-fixture.ts';
import { eventLines } from '../events/event-lines.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** At half a minute past ten of a Monday; Pods end after a second, or never. */
const startTime = Date.UTC(2026, 5, 1, 10, 0, 30);

function manifest(spec: string): string {
  return `
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec:
  ${spec}
  jobTemplate:
    metadata: {labels: {from: cron}, annotations: {note: x}}
    spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}}
`;
}

function clusterOf(spec: string, code: number | 'never' = 0): Cluster {
  const cluster = clusterWith(manifest(spec), {
    startTime,
    podBehaviour: () => ({
      container: () => ({ ready: true, ...(code !== 'never' && { exit: { after: second, code } }) }),
    }),
  });
  expect(cluster.settle().kind).toBe('settled');
  return cluster;
}

const jobs = (cluster: Cluster): readonly Job[] => cluster.view.list('Job', 'default');

/** When the Jobs that are there were due. */
function dates(cluster: Cluster): readonly string[] {
  return jobs(cluster).map(({ metadata }) => {
    const minutes = Number(/^tick-(\d+)$/.exec(metadata.name)?.[1]);
    return new Date(minutes * minute).toISOString().slice(11, 16);
  });
}

function cronJob(cluster: Cluster): CronJob {
  const found = cluster.view.get('CronJob', 'default', 'tick');
  if (!found) throw new Error('there is no CronJob');
  return found;
}

const active = (cluster: Cluster): number => cronJob(cluster).status.active?.length ?? 0;

function patch(cluster: Cluster, spec: JsonObject): void {
  const target = { resource: resources.CronJob, namespace: 'default', name: 'tick' };
  const { ok } = cluster.api.handle({ verb: 'patch', ...target, patchType: 'merge', body: { spec } });
  expect(ok).toBe(true);
}

describe('a CronJob', () => {
  it('does nothing by itself while the cluster settles, and keeps its dates when time is advanced', () => {
    const cluster = clusterOf('schedule: "* * * * *"');
    cluster.settle();
    cluster.settle(5 * minute);
    expect(dates(cluster)).toEqual([]);
    const other = clusterOf('schedule: "* * * * *"');
    other.advance(29 * second);
    expect(dates(other)).toEqual([]);
    other.advance(2 * second);
    expect(dates(other)).toEqual(['10:01']);
    other.advance(2 * minute);
    expect(dates(other)).toEqual(['10:01', '10:02', '10:03']);
  });

  it('makes Jobs of its template, and knows what became of them', () => {
    const cluster = clusterOf('schedule: "1 * * * *", timeZone: Asia/Tokyo'.replace(', ', '\n  '));
    cluster.advance(30 * second + 200);
    const [job] = jobs(cluster);
    expect(job?.metadata).toMatchObject({
      name: `tick-${Date.UTC(2026, 5, 1, 10, 1) / minute}`,
      labels: { from: 'cron' },
      annotations: { note: 'x', 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-06-01T19:01:00+09:00' },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'tick', controller: true }],
    });
    const { name, uid } = job?.metadata ?? {};
    expect(cronJob(cluster).status).toMatchObject({
      active: [{ apiVersion: 'batch/v1', kind: 'Job', namespace: 'default', name, uid }],
      lastScheduleTime: '2026-06-01T10:01:00Z',
    });
    cluster.settle();
    const { completionTime } = jobs(cluster)[0]?.status ?? {};
    expect(completionTime).toBeDefined();
    expect(cronJob(cluster).status).toEqual({
      lastScheduleTime: '2026-06-01T10:01:00Z',
      lastSuccessfulTime: completionTime,
    });
  });

  it.each<[policy: string, dates: readonly string[], active: number]>([
    ['Allow', ['10:01', '10:02', '10:03'], 3],
    ['Forbid', ['10:01'], 1],
    ['Replace', ['10:03'], 1],
  ])('with policy %s meets Jobs that are still at work', (policy, expected, count) => {
    const cluster = clusterOf(`schedule: "* * * * *"\n  concurrencyPolicy: ${policy}`, 'never');
    cluster.advance(3 * minute);
    expect(dates(cluster)).toEqual(expected);
    expect(active(cluster)).toBe(count);
  });

  it('starts the Job that was forbidden once the other one is gone', () => {
    const cluster = clusterOf('schedule: "*/5 * * * *"\n  concurrencyPolicy: Forbid', 'never');
    cluster.advance(11 * minute);
    expect(dates(cluster)).toEqual(['10:05']);
    const name = jobs(cluster)[0]?.metadata.name ?? '';
    cluster.api.handle({
      verb: 'delete',
      resource: resources.Job,
      namespace: 'default',
      name,
      propagation: 'Background',
    });
    cluster.advance(second);
    expect(dates(cluster)).toEqual(['10:10']);
  });

  it.each<[string, number, readonly string[]]>([
    ['successfulJobsHistoryLimit: 2', 0, ['10:04', '10:05']],
    ['successfulJobsHistoryLimit: 0', 0, []],
    ['failedJobsHistoryLimit: 2', 1, ['10:04', '10:05']],
  ])('with %s keeps as many Jobs', (limit, code, expected) => {
    const cluster = clusterOf(`schedule: "* * * * *"\n  ${limit}`, code);
    patch(cluster, { jobTemplate: { spec: { backoffLimit: 0 } } });
    cluster.advance(4 * minute + 50 * second);
    expect(dates(cluster)).toEqual(expected);
  });

  it('starts the last of the Jobs that it has missed, unless that is too late', () => {
    const suspended = 'schedule: "0 * * * *"\n  suspend: true';
    const late = clusterOf(suspended);
    late.advance(5 * hour);
    expect(dates(late)).toEqual([]);
    patch(late, { suspend: false });
    late.settle();
    expect(dates(late)).toEqual(['15:00']);
    const tooLate = clusterOf(`${suspended}\n  startingDeadlineSeconds: 10`);
    tooLate.advance(5 * hour);
    patch(tooLate, { suspend: false });
    tooLate.settle();
    expect(dates(tooLate)).toEqual([]);
    tooLate.advance(hour);
    expect(dates(tooLate)).toEqual(['16:00']);
  });

  it('waits for the next date after a change of its schedule', () => {
    const cluster = clusterOf('schedule: "0 3 * * *"');
    cluster.advance(10 * minute);
    patch(cluster, { schedule: '* * * * *' });
    cluster.settle();
    expect(dates(cluster)).toEqual([]);
    cluster.advance(31 * second);
    expect(dates(cluster)).toEqual(['10:11']);
    cluster.advance(2 * minute);
    expect(dates(cluster)).toEqual(['10:11', '10:12', '10:13']);
  });

  it.each(['0 0 31 2 *', ',, * * * *'])('of schedule %s never does anything', (schedule) => {
    const cluster = clusterOf(`schedule: "${schedule}"`);
    cluster.advance(48 * hour);
    expect(dates(cluster)).toEqual([]);
  });

  it('says of a schedule without dates that it has none', () => {
    const cluster = clusterOf('schedule: "0 0 31 2 *"');
    cluster.advance(minute);
    expect(eventLines(cluster).join('\n')).toContain(
      'Warning InvalidSchedule CronJob/tick cronjob-controller: invalid schedule: 0 0 31 2 * : time difference between two schedules is less than 1 second',
    );
  });

  it('says of Jobs that others have started or deleted that it did not expect that', () => {
    const cluster = clusterOf('schedule: "* * * * *"', 'never');
    const owner = `{apiVersion: batch/v1, kind: CronJob, name: tick, uid: ${cronJob(cluster).metadata.uid}, controller: true}`;
    applyTo(
      cluster,
      `{apiVersion: batch/v1, kind: Job, metadata: {name: manual, ownerReferences: [${owner}]}, spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}}}`,
    );
    cluster.advance(minute);
    const first = `tick-${Date.UTC(2026, 5, 1, 10, 1) / minute}`;
    cluster.api.handle({ verb: 'delete', resource: resources.Job, namespace: 'default', name: first });
    cluster.advance(second);
    const lines = eventLines(cluster).join('\n');
    expect(lines).toContain(
      'Warning UnexpectedJob CronJob/tick cronjob-controller: Saw a job that the controller did not create or forgot: manual',
    );
    expect(lines).toContain(`Normal MissingJob CronJob/tick cronjob-controller: Active job went missing: ${first}`);
    expect(lines).not.toContain(`forgot: ${first}`);
  });

  it.each([
    [100, false],
    [102, true],
  ])('after %i minutes of sleep says whether that is too many: %s', (minutes, isSaid) => {
    const cluster = clusterOf('schedule: "* * * * *"\n  suspend: true');
    cluster.advance(minutes * minute);
    patch(cluster, { suspend: false });
    cluster.settle();
    const words =
      'Warning TooManyMissedTimes CronJob/tick cronjob-controller: too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
    expect(eventLines(cluster).join('\n').includes(words)).toBe(isSaid);
  });

  it('takes its Jobs along when it goes', () => {
    const cluster = clusterOf('schedule: "* * * * *"');
    cluster.advance(2 * minute);
    expect(dates(cluster)).toEqual(['10:01', '10:02']);
    cluster.api.handle({ verb: 'delete', resource: resources.CronJob, namespace: 'default', name: 'tick' });
    cluster.settle();
    cluster.advance(5 * minute);
    expect(jobs(cluster)).toEqual([]);
  });

  it('leaves a Job alone that has the name of the next one', () => {
    const cluster = clusterOf('schedule: "* * * * *"');
    const name = `tick-${Date.UTC(2026, 5, 1, 10, 1) / minute}`;
    applyTo(
      cluster,
      `{apiVersion: batch/v1, kind: Job, metadata: {name: ${name}}, spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}}}`,
    );
    cluster.advance(minute);
    expect(jobs(cluster)).toHaveLength(1);
    expect(cronJob(cluster).status).toEqual({});
  });

  it.each<[string, string, number | 'never', readonly string[]]>([
    [
      'starts and sees ended',
      'successfulJobsHistoryLimit: 0',
      0,
      [
        'Normal SuccessfulCreate: Created job tick-1',
        'Normal SawCompletedJob: Saw completed job: tick-1, condition: Complete',
        'Normal SuccessfulDelete: Deleted job tick-1',
      ],
    ],
    [
      'may not start',
      'concurrencyPolicy: Forbid',
      'never',
      [
        'Normal SuccessfulCreate: Created job tick-1',
        'Normal JobAlreadyActive: Not starting job because prior execution is running and concurrency policy is Forbid',
      ],
    ],
    [
      'replaces',
      'concurrencyPolicy: Replace',
      'never',
      [
        'Normal SuccessfulCreate: Created job tick-1',
        'Normal SuccessfulDelete: Deleted job tick-1',
        'Normal SuccessfulCreate: Created job tick-2',
      ],
    ],
  ])('says which Jobs it %s', (_what, spec, code, expected) => {
    const cluster = clusterOf(`schedule: "*/2 * * * *"\n  ${spec}`, code);
    cluster.advance(3 * minute + 50 * second);
    const first = Date.UTC(2026, 5, 1, 10, 2) / minute;
    const texts = eventLines(cluster).filter((line) => line.includes('CronJob/tick cronjob-controller: '));
    const lines = texts.map((line) =>
      line
        .replace(' CronJob/tick cronjob-controller', '')
        .replaceAll(`tick-${first}`, 'tick-1')
        .replaceAll(`tick-${first + 2}`, 'tick-2'),
    );
    expect(lines.slice(0, expected.length)).toEqual(expected);
  });
});
