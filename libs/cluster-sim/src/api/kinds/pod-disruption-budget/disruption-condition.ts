import type { DisruptionCondition, PodDisruptionBudget } from '@kubedrill/kube-model';
import { formatTime, type Instant } from '../../../engine/time.ts';

/** meta.SetStatusCondition, for the one condition that budgets have. */
export function conditionsWith(
  { status }: PodDisruptionBudget,
  next: Omit<DisruptionCondition, 'type' | 'lastTransitionTime'>,
  now: Instant,
): readonly DisruptionCondition[] {
  const type = 'DisruptionAllowed';
  const before = status.conditions?.find((condition) => condition.type === type);
  const lastTransitionTime = before?.status === next.status ? before.lastTransitionTime : formatTime(now);
  const others = (status.conditions ?? []).filter((condition) => condition !== before);
  return [...others, { type, ...next, lastTransitionTime }];
}
