import type { Job, JobConditionType } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { duplicate, invalid, invalidHidden, required } from '../../validation/field-error.ts';
import { goStruct, type GoValue } from '../../validation/go-quote.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import { statusPath } from '../../validation/path.ts';
import { given, nonNegative } from '../../validation/rule.ts';
import { countIndexes } from './completion-indexes.ts';

type Reporter = (isBroken: boolean, error: () => FieldError) => void;

/** ValidateJobUpdateStatus of pkg/apis/batch/validation, with the options that registry/batch/job/strategy.go chooses. */
export function validateJobStatus(job: Job, old: Job): readonly FieldError[] {
  const report: FieldError[] = [];
  const forbid: Reporter = (isBroken, error) => {
    if (isBroken) report.push(error());
  };
  validateMetadataUpdate(job.metadata, old.metadata, report);
  for (const name of ['active', 'succeeded', 'failed', 'ready', 'terminating'] as const)
    given(nonNegative)(job.status[name], statusPath.child(name), report);
  uncountedPods(job, report);
  conditionsAndTimes(job, old, forbid);
  finished(job, old, forbid);
  completionIndexes(job, old, forbid);
  podCounts(job, old, forbid);
  terminalConditions(job, forbid);
  transitions(job, old, forbid);
  return report;
}

function is(job: Job, wanted: JobConditionType): boolean {
  return job.status.conditions?.some(({ type, status }) => type === wanted && status === 'True') ?? false;
}

function isFinished(job: Job): boolean {
  return is(job, 'Complete') || is(job, 'Failed');
}

function condition(message: string): () => FieldError {
  return () => invalidHidden(statusPath.child('conditions'), message);
}

function uncountedPods({ status: { uncountedTerminatedPods = {} } }: Job, report: FieldError[]): void {
  const seen = new Set<string>();
  for (const list of ['succeeded', 'failed'] as const) {
    uncountedTerminatedPods[list]?.forEach((uid, index) => {
      const at = statusPath.child('uncountedTerminatedPods').child(list).index(index);
      if (uid === '') report.push(invalid(at, uid, 'must not be empty'));
      else if (seen.has(uid)) report.push(duplicate(at, uid));
      seen.add(uid);
    });
  }
}

function conditionsAndTimes(job: Job, old: Job, forbid: Reporter): void {
  const { startTime, completionTime } = job.status;
  const place = statusPath.child('completionTime');
  const changed = (type: JobConditionType): boolean => is(job, type) !== is(old, type);
  const isNews = changed('Complete') || completionTime !== old.status.completionTime;
  forbid(
    (changed('Complete') || changed('Failed')) && is(job, 'Complete') && is(job, 'Failed'),
    condition('cannot set Complete=True and Failed=true conditions'),
  );
  forbid(
    (changed('Complete') || changed('FailureTarget')) && is(job, 'Complete') && is(job, 'FailureTarget'),
    condition('cannot set Complete=True and FailureTarget=true conditions'),
  );
  forbid(isNews && completionTime !== undefined && !is(job, 'Complete'), () =>
    invalid(place, completionTime, 'cannot set completionTime when there is no Complete=True condition'),
  );
  forbid(isNews && completionTime === undefined && is(job, 'Complete'), () =>
    required(place, 'completionTime is required for Complete jobs'),
  );
  forbid(startTime !== undefined && completionTime !== undefined && completionTime < startTime, () =>
    invalid(place, completionTime, 'must be equal to or after `startTime`'),
  );
  forbid(
    changed('Failed') && is(job, 'Failed') && !is(job, 'FailureTarget'),
    condition('cannot set Failed=True condition without the FailureTarget=true condition'),
  );
  forbid(
    (changed('Complete') || changed('SuccessCriteriaMet')) && is(job, 'Complete') && !is(job, 'SuccessCriteriaMet'),
    condition('cannot set Complete=True condition without the SuccessCriteriaMet=true condition'),
  );
}

function finished(job: Job, old: Job, forbid: Reporter): void {
  if (!isFinished(job)) return;
  const { active = 0, startTime, uncountedTerminatedPods = {} } = job.status;
  const isNew = !isFinished(old);
  const uncounted = [...(uncountedTerminatedPods.succeeded ?? []), ...(uncountedTerminatedPods.failed ?? [])];
  const isEmptyAndSuspended = job.spec.suspend && job.spec.completions === 0;
  forbid((isNew || active !== (old.status.active ?? 0)) && active > 0, () =>
    invalid(statusPath.child('active'), active, 'active>0 is invalid for finished job'),
  );
  forbid((isNew || startTime !== old.status.startTime) && startTime === undefined && !isEmptyAndSuspended, () =>
    required(statusPath.child('startTime'), 'startTime is required for finished job'),
  );
  forbid(
    uncounted.length > 0 && (isNew || !semanticallyEqual(uncountedTerminatedPods, old.status.uncountedTerminatedPods)),
    () => invalid(statusPath.child('uncountedTerminatedPods'), shownUncounted(job), 'must be empty for finished job'),
  );
}

/** In its internal form. */
function shownUncounted({ status: { uncountedTerminatedPods } }: Job): GoValue {
  const { succeeded = null, failed = null } = uncountedTerminatedPods ?? {};
  return goStruct({ Succeeded: succeeded, Failed: failed });
}

function completionIndexes(job: Job, old: Job, forbid: Reporter): void {
  const { completions, completionMode, backoffLimitPerIndex } = job.spec;
  for (const name of ['completedIndexes', 'failedIndexes'] as const) {
    const text = job.status[name];
    if (text === old.status[name] || text === undefined) continue;
    const place = statusPath.child(name);
    const counted = completions === undefined ? undefined : countIndexes(text, completions);
    forbid(counted?.ok === false, () =>
      invalid(place, text, `error parsing ${name}: ${counted?.ok === false ? counted.message : ''}`),
    );
    forbid(name === 'completedIndexes' && text !== '' && completionMode !== 'Indexed', () =>
      invalid(place, text, 'cannot set non-empty completedIndexes when non-indexed completion mode'),
    );
    forbid(name === 'failedIndexes' && backoffLimitPerIndex === undefined, () =>
      invalid(place, text, 'cannot set non-null failedIndexes when backoffLimitPerIndex is null'),
    );
  }
}

function podCounts(job: Job, old: Job, forbid: Reporter): void {
  const { terminating = 0, ready = 0, active = 0 } = job.status;
  const isNew = isFinished(job) !== isFinished(old);
  forbid((isNew || terminating !== (old.status.terminating ?? 0)) && terminating > 0 && isFinished(job), () =>
    invalid(statusPath.child('terminating'), terminating, 'terminating>0 is invalid for finished job'),
  );
  forbid((ready !== (old.status.ready ?? 0) || active !== (old.status.active ?? 0)) && ready > active, () =>
    invalid(statusPath.child('ready'), ready, 'cannot set more ready pods than active'),
  );
}

function terminalConditions(job: Job, forbid: Reporter): void {
  if (!is(job, 'SuccessCriteriaMet')) return;
  forbid(is(job, 'Failed'), condition('cannot set SuccessCriteriaMet=True and Failed=true conditions'));
  forbid(is(job, 'FailureTarget'), condition('cannot set SuccessCriteriaMet=True and FailureTarget=true conditions'));
}

/** What only ever goes in one direction. */
function transitions(job: Job, old: Job, forbid: Reporter): void {
  const [now, before] = [job.status, old.status];
  for (const type of ['Failed', 'Complete', 'FailureTarget'] as const)
    forbid(is(old, type) && !is(job, type), condition(`cannot disable the terminal ${type}=True condition`));
  for (const name of ['failed', 'succeeded'] as const) {
    const mayShrink =
      name === 'succeeded' && job.spec.completionMode === 'Indexed' && job.spec.completions === job.spec.parallelism;
    forbid(!mayShrink && (now[name] ?? 0) < (before[name] ?? 0), () =>
      invalid(statusPath.child(name), now[name] ?? 0, `cannot decrease the ${name} counter`),
    );
  }
  forbid(
    before.completionTime !== undefined &&
      now.completionTime !== undefined &&
      now.completionTime !== before.completionTime,
    () => invalid(statusPath.child('completionTime'), now.completionTime, 'field is immutable'),
  );
  const isResuming = is(old, 'Suspended') && !is(job, 'Suspended');
  forbid(before.startTime !== undefined && now.startTime !== before.startTime && !job.spec.suspend && !isResuming, () =>
    invalid(statusPath.child('startTime'), now.startTime, 'field is immutable for unsuspended job once set'),
  );
  forbid(
    is(old, 'SuccessCriteriaMet') && !is(job, 'SuccessCriteriaMet'),
    condition('cannot disable the SuccessCriteriaMet=True condition'),
  );
  forbid(
    is(old, 'Complete') && !is(old, 'SuccessCriteriaMet') && is(job, 'SuccessCriteriaMet'),
    condition('cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions'),
  );
}
