import type { Pod, Service } from '@kubedrill/kube-model';
import { conditionOf } from '../pod-state.ts';

export const triggerTimeAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';

/**
 * staging/src/k8s.io/endpointslice/util/trigger_time_tracker.go, without its memory: the first time counts as the Service's
 * creation; afterwards the earliest readiness change since the last one that was noted. Undefined: nothing to note.
 */
export function triggerTime(
  service: Service,
  pods: readonly Pod[],
  noted: string | undefined,
  isFirst: boolean,
): string | undefined {
  const { creationTimestamp } = service.metadata;
  if (isFirst) return creationTimestamp;
  const since = noted ?? creationTimestamp;
  let earliest: string | undefined;
  for (const pod of pods) {
    const changed = conditionOf(pod, 'Ready')?.lastTransitionTime;
    if (changed && changed > since && (earliest === undefined || changed < earliest)) earliest = changed;
  }
  return earliest;
}
