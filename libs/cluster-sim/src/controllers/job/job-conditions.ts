import type { Job, JobCondition, JobConditionType } from '@kubedrill/kube-model';
import { formatTime, type Instant } from '../../engine/time.ts';

export type JobConditions = readonly JobCondition[];

export function trueCondition(conditions: JobConditions, wanted: JobConditionType): JobCondition | undefined {
  return conditions.find(({ type, status }) => type === wanted && status === 'True');
}

export function isFinished({ status: { conditions = [] } }: Job): boolean {
  return Boolean(trueCondition(conditions, 'Complete') ?? trueCondition(conditions, 'Failed'));
}

export function newCondition(
  type: JobConditionType,
  status: 'True' | 'False',
  reason: string,
  message: string,
  now: Instant,
): JobCondition {
  const time = formatTime(now);
  return { type, status, lastProbeTime: time, lastTransitionTime: time, reason, message };
}

/** ensureJobConditionStatus: what says the same stays as it is; what has never been true need not be false. */
export function withCondition(conditions: JobConditions, condition: JobCondition): JobConditions {
  const index = conditions.findIndex(({ type }) => type === condition.type);
  const current = conditions[index];
  if (!current) return condition.status === 'False' ? conditions : [...conditions, condition];
  const { status, reason, message } = current;
  const isSame = status === condition.status && reason === condition.reason && message === condition.message;
  return isSame ? conditions : conditions.with(index, condition);
}
