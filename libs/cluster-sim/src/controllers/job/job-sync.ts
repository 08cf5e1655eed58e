import type { Job, JobCondition, Pod } from '@kubedrill/kube-model';
import type { Change } from '../../engine/controller.ts';
import { formatTime, type Instant } from '../../engine/time.ts';
import { objectKeyOf } from '../ownership.ts';
import { PodCommentary } from '../pod-commentary.ts';
import { isPodReady } from '../pod-state.ts';
import { indexesText } from './index-intervals.ts';
import { newCondition, withCondition, type JobConditions } from './job-conditions.ts';
import { completionIndex, isIndexed, isPodFailed, isTracked, withoutTracking } from './job-pods.ts';
import { failureVerdict } from './job-policies.ts';
import { nextPods, surplusPods } from './job-scaling.ts';
import { progressOf, type JobProgress } from './job-progress.ts';
import { deadlineOf, verdictOn } from './job-verdict.ts';
import { jobReporter } from './job-commentary.ts';

/**
 * One look at a Job: pkg/controller/job/job_controller.go syncJob. Where Kubernetes notes the Pods to count, takes their finalizers
 * and counts them in three writes, this does it in one go.
 */
export class JobSync {
  wakeAt: Instant | undefined;
  /** Pods lose their finalizer before anything else happens to them. */
  private readonly releases: Change[] = [];
  private readonly writes: Change[] = [];
  private readonly job: Job;
  private readonly commentary: PodCommentary;
  private readonly pods: readonly Pod[];
  private readonly now: Instant;
  private readonly progress: JobProgress;
  private active: number;
  private ready: number;
  private terminating: number;
  private startTime: string | undefined;
  private conditions: JobConditions;
  private verdict: JobCondition | undefined;
  private readonly deleted = new Set<string>();
  private created = 0;
  private counts = { succeeded: 0, failed: 0 };
  private completionTime: string | undefined;

  constructor(job: Job, pods: readonly Pod[], now: Instant) {
    this.pods = pods;
    this.now = now;
    this.startTime = job.status.startTime ?? (job.spec.suspend ? undefined : formatTime(now));
    this.job = { ...job, status: { ...job.status, ...(this.startTime && { startTime: this.startTime }) } };
    this.commentary = new PodCommentary(jobReporter, job);
    this.conditions = job.status.conditions ?? [];
    this.progress = progressOf(this.job, pods);
    this.active = this.progress.active.length;
    this.ready = this.progress.active.filter(isPodReady).length;
    this.terminating = this.progress.terminating.length;
  }

  get changes(): readonly Change[] {
    return [...this.releases, ...this.writes];
  }

  run(): void {
    const { job, now } = this;
    this.verdict = verdictOn(job, this.pods, this.progress, now);
    const deadline = deadlineOf(job);
    if (!this.verdict && deadline !== undefined) this.wakeAt = deadline;
    if (this.verdict) this.deletePods(this.progress.active, 'counted');
    else this.manage();
    this.counts = this.countPods();
    this.completionTime = this.conclude();
  }

  private manage(): void {
    const { job, now } = this;
    const { completions, suspend } = job.spec;
    const isGoing = job.metadata.deletionTimestamp !== undefined;
    if (!isGoing) this.scale();
    const { succeeded } = this.progress;
    const isDone = completions === undefined ? succeeded > 0 : succeeded >= completions;
    if (isDone && this.active === 0) {
      const message = 'Reached expected number of succeeded pods';
      this.verdict = newCondition('SuccessCriteriaMet', 'True', 'CompletionsReached', message, now);
    } else if (!isGoing) {
      this.noteSuspension(suspend);
    }
  }

  private noteSuspension(suspend: boolean): void {
    const { now } = this;
    const before = this.conditions;
    this.conditions = suspend
      ? withCondition(before, newCondition('Suspended', 'True', 'JobSuspended', 'Job suspended', now))
      : withCondition(before, newCondition('Suspended', 'False', 'JobResumed', 'Job resumed', now));
    if (this.conditions !== before) this.startTime = suspend ? undefined : formatTime(now);
  }

  private scale(): void {
    const { job, progress } = this;
    const surplus = surplusPods(job, progress, this.now);
    if (surplus.length > 0 || job.spec.suspend) {
      this.deletePods(surplus, 'uncounted');
      return;
    }
    const { drafts, wakeAt } = nextPods(job, progress, this.pods, this.now);
    if (wakeAt !== undefined) {
      this.wakeAt = Math.min(wakeAt, this.wakeAt ?? wakeAt);
      // While it waits, the controller says that nothing runs; the API server refuses that of Pods that are ready.
      if (this.ready === 0) this.active = 0;
      return;
    }
    this.created = drafts.length;
    this.active += drafts.length;
    for (const object of drafts) this.writes.push({ verb: 'create', object, comment: this.commentary.created });
  }

  /** Pods that are too many are not counted: they lose their finalizer first. */
  private deletePods(pods: readonly Pod[], mode: 'counted' | 'uncounted'): void {
    for (const pod of pods) {
      if (mode === 'uncounted') {
        this.deleted.add(pod.metadata.uid);
        if (isTracked(pod)) this.releases.push({ verb: 'update', object: withoutTracking(pod) });
      }
      const comment = this.commentary.deleted(pod);
      this.writes.push({ verb: 'delete', key: objectKeyOf(pod), uid: pod.metadata.uid, comment });
    }
    this.active -= pods.length;
    this.terminating += pods.length;
    this.ready -= pods.filter(isPodReady).length;
  }

  /** trackJobStatusAndRemoveFinalizers. */
  private countPods(): { readonly succeeded: number; readonly failed: number } {
    const { job } = this;
    let { succeeded = 0, failed = 0 } = job.status;
    for (const pod of this.pods) {
      if (!isTracked(pod) || this.deleted.has(pod.metadata.uid) || !this.mayLetGo(pod)) continue;
      const isOfIndex = !isIndexed(job) || completionIndex(pod, job) !== undefined;
      if (pod.status.phase === 'Succeeded') succeeded += isOfIndex ? 1 : 0;
      else if (isOfIndex && this.countsAsFailed(pod)) failed += 1;
      this.releases.push({ verb: 'update', object: withoutTracking(pod) });
    }
    return { succeeded: isIndexed(job) ? this.progress.succeeded : succeeded, failed };
  }

  private mayLetGo(pod: Pod): boolean {
    const { job, verdict, progress } = this;
    if (job.metadata.deletionTimestamp !== undefined || verdict || pod.status.phase === 'Succeeded') return true;
    if (!isPodFailed(pod, job)) return false;
    const index = completionIndex(pod, job);
    return index === undefined || progress.awaitingReplacement.get(index)?.metadata.uid !== pod.metadata.uid;
  }

  private countsAsFailed(pod: Pod): boolean {
    const isOver = this.verdict !== undefined && this.verdict.type !== 'SuccessCriteriaMet';
    return (isPodFailed(pod, this.job) || isOver) && failureVerdict(this.job, pod).action !== 'Ignore';
  }

  /** The final condition waits for the last Pod to stop: enactJobFinished. */
  private conclude(): string | undefined {
    const { verdict, now } = this;
    if (!verdict) return this.job.status.completionTime;
    this.conditions = withCondition(this.conditions, verdict);
    if (this.terminating > 0) return undefined;
    const { reason = '', message = '' } = verdict;
    const isSuccess = verdict.type === 'SuccessCriteriaMet';
    this.conditions = withCondition(
      this.conditions,
      newCondition(isSuccess ? 'Complete' : 'Failed', 'True', reason, message, now),
    );
    return isSuccess ? formatTime(now) : undefined;
  }

  /** `isRefused`: the Pods that were to be made are not there. */
  status(isRefused: boolean): Job['status'] {
    const { startTime, completionTime, counts } = this;
    const { succeeded, failed } = counts;
    const active = isRefused ? this.active - this.created : this.active;
    const { succeededIndexes, failedIndexes } = this.progress;
    const completedIndexes = indexesText(succeededIndexes);
    return {
      ...(this.conditions.length > 0 && { conditions: this.conditions }),
      ...(startTime !== undefined && { startTime }),
      ...(completionTime !== undefined && { completionTime }),
      ...(active > 0 && { active }),
      ...(succeeded > 0 && { succeeded }),
      ...(failed > 0 && { failed }),
      terminating: this.terminating,
      ...(completedIndexes !== '' && { completedIndexes }),
      ...(failedIndexes && { failedIndexes: indexesText(failedIndexes) }),
      uncountedTerminatedPods: {},
      ready: this.ready,
    };
  }
}
