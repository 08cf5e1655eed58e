import { describe, expect, it } from '@jest/globals';
import { resources, type Job, type Pod } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { clusterWith } from '../cluster-fixture.ts';
import { job } from './workload-manifests.ts';

/** Containers that end a second after their start, with the code that the test says; undefined: never. */
function clusterOf(manifest: string, exitCode: (pod: Pod) => number | undefined = () => 0): Cluster {
  return clusterWith(manifest, {
    podBehaviour: (pod) => {
      const code = exitCode(pod);
      return {
        container: () => ({ ready: true, ...(code !== undefined && { exit: { after: 1000, code } }) }),
      };
    },
  });
}

function settled(manifest: string, exitCode?: (pod: Pod) => number | undefined): Cluster {
  const cluster = clusterOf(manifest, exitCode);
  expect(cluster.settle().kind).toBe('settled');
  return cluster;
}

function jobOf(cluster: Cluster): Job {
  const found = cluster.view.get('Job', 'default', 'work');
  if (!found) throw new Error('there is no Job work');
  return found;
}

const pods = (cluster: Cluster): readonly Pod[] => cluster.view.list('Pod', 'default');

function conditions(cluster: Cluster): readonly string[] {
  return (jobOf(cluster).status.conditions ?? []).map(
    ({ type, status, reason, message }) => `${type}=${status} ${reason ?? ''}: ${message ?? ''}`,
  );
}

const completed = (reason: string, message: string): readonly string[] => [
  `SuccessCriteriaMet=True ${reason}: ${message}`,
  `Complete=True ${reason}: ${message}`,
];
const failed = (reason: string, message: string): readonly string[] => [
  `FailureTarget=True ${reason}: ${message}`,
  `Failed=True ${reason}: ${message}`,
];
const reached = completed('CompletionsReached', 'Reached expected number of succeeded pods');
const exceeded = failed('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
const indexOf = ({ metadata }: Pod): string => metadata.annotations?.['batch.kubernetes.io/job-completion-index'] ?? '';
const isLost = (pod: Pod): boolean => indexOf(pod) === '1';

describe('a Job', () => {
  it.each<[string, string, (pod: Pod) => number, readonly string[], Partial<Job['status']>, number]>([
    ['completes', '', () => 0, reached, { succeeded: 1 }, 1],
    ['completes several times', 'completions: 3, parallelism: 2', () => 0, reached, { succeeded: 3 }, 3],
    ['has nothing to do', 'completions: 0', () => 0, reached, {}, 0],
    ['fails at once', 'backoffLimit: 0', () => 3, exceeded, { failed: 1 }, 1],
    ['fails after its retries', 'backoffLimit: 2', () => 1, exceeded, { failed: 3 }, 3],
    [
      'completes its indexes',
      'completions: 4, parallelism: 4, completionMode: Indexed',
      () => 0,
      reached,
      { succeeded: 4, completedIndexes: '0-3' },
      4,
    ],
    [
      'gives up an index',
      'completions: 3, parallelism: 3, completionMode: Indexed, backoffLimitPerIndex: 0',
      (pod) => (isLost(pod) ? 1 : 0),
      failed('FailedIndexes', 'Job has failed indexes'),
      { succeeded: 2, failed: 1, completedIndexes: '0,2', failedIndexes: '1' },
      3,
    ],
    [
      'is content with some indexes',
      'completions: 3, parallelism: 1, completionMode: Indexed, successPolicy: {rules: [{succeededIndexes: "0"}]}',
      () => 0,
      completed('SuccessPolicy', 'Matched rules at index 0'),
      { succeeded: 1, completedIndexes: '0' },
      1,
    ],
  ])('%s', (_what, spec, exitCode, expected, counts, made) => {
    const cluster = settled(job(spec), exitCode);
    expect(conditions(cluster)).toEqual(expected);
    const { conditions: _conditions, startTime, completionTime, ...status } = jobOf(cluster).status;
    expect(status).toEqual({ ...counts, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
    expect(startTime).toBeDefined();
    expect(completionTime !== undefined).toBe(expected[1]?.startsWith('Complete'));
    expect(pods(cluster).filter(({ metadata }) => metadata.finalizers)).toEqual([]);
    expect(pods(cluster)).toHaveLength(made);
  });

  it('waits ten seconds after a failure, then twenty', () => {
    const cluster = settled(job('backoffLimit: 2'), () => 1);
    const [first = 0, second = 0, third = 0] = pods(cluster)
      .map(({ metadata }) => Date.parse(metadata.creationTimestamp) / 1000)
      .toSorted((left, right) => left - right);
    // A container starts a second after its Pod and runs for another one.
    expect([second - first, third - second]).toEqual([12, 22]);
  });

  it('fails by a rule for an exit code', () => {
    const rules = 'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}';
    const cluster = settled(job(rules), () => 42);
    const name = pods(cluster)[0]?.metadata.name ?? '';
    const message = `Container c for pod default/${name} failed with exit code 42 matching FailJob rule at index 0`;
    expect(conditions(cluster)).toEqual(failed('PodFailurePolicy', message));
  });

  it('ends at its deadline', () => {
    const cluster = settled(job('activeDeadlineSeconds: 30'), () => undefined);
    expect(conditions(cluster)).toEqual(failed('DeadlineExceeded', 'Job was active longer than specified deadline'));
    expect(jobOf(cluster).status).toMatchObject({ failed: 1 });
    expect(pods(cluster)).toEqual([]);
  });

  it('pauses and goes on', () => {
    const cluster = settled(job('suspend: true'), () => undefined);
    const patch = (suspend: boolean): void => {
      const target = { resource: resources.Job, namespace: 'default', name: 'work' };
      const response = cluster.api.handle({
        verb: 'patch',
        ...target,
        patchType: 'merge',
        body: { spec: { suspend } },
      });
      expect(response.ok).toBe(true);
      cluster.settle();
    };
    expect(conditions(cluster)).toEqual(['Suspended=True JobSuspended: Job suspended']);
    expect(jobOf(cluster).status.startTime).toBeUndefined();
    patch(false);
    expect(conditions(cluster)).toEqual(['Suspended=False JobResumed: Job resumed']);
    expect(jobOf(cluster).status).toMatchObject({ active: 1, ready: 1 });
    patch(true);
    expect(pods(cluster)).toEqual([]);
    expect(jobOf(cluster).status.failed).toBeUndefined();
  });

  it('replaces a Pod that is deleted, and counts it as failed', () => {
    const cluster = settled(job(), () => undefined);
    const name = pods(cluster)[0]?.metadata.name ?? '';
    cluster.api.handle({ verb: 'delete', resource: resources.Pod, namespace: 'default', name });
    cluster.settle();
    expect(jobOf(cluster).status).toMatchObject({ active: 1, failed: 1 });
    expect(pods(cluster)).toHaveLength(1);
  });

  it('goes after its time to live, with its Pods', () => {
    const cluster = settled(job('ttlSecondsAfterFinished: 60'));
    expect(cluster.view.list('Job', 'default')).toEqual([]);
    expect(pods(cluster)).toEqual([]);
  });

  it('lets its Pods go when it is deleted', () => {
    const cluster = settled(job(), () => undefined);
    const target = { resource: resources.Job, namespace: 'default', name: 'work' };
    cluster.api.handle({ verb: 'delete', ...target, propagation: 'Background' });
    cluster.settle();
    expect(pods(cluster)).toEqual([]);
  });

  it('leaves its Pods behind when nobody says otherwise', () => {
    const cluster = settled(job(), () => undefined);
    cluster.api.handle({ verb: 'delete', resource: resources.Job, namespace: 'default', name: 'work' });
    cluster.settle();
    expect(cluster.view.list('Job', 'default')).toEqual([]);
    const left = pods(cluster).map(({ metadata: { ownerReferences, finalizers } }) => ({
      ownerReferences,
      finalizers,
    }));
    expect(left).toEqual([{}]);
  });

  it('tells each Pod its index', () => {
    const cluster = settled(job('completions: 2, parallelism: 2, completionMode: Indexed'), () => undefined);
    const pod = pods(cluster).find(isLost);
    expect(pod?.spec.hostname).toBe('work-1');
    expect(pod?.metadata.name).toMatch(/^work-1-[a-z0-9]{5}$/);
    expect(pod?.spec.containers[0]?.env).toContainEqual({
      name: 'JOB_COMPLETION_INDEX',
      valueFrom: {
        fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']" },
      },
    });
  });
});
