import type { Pod } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';
import type { EndOfPod } from './pod-status.ts';

/** pkg/kubelet/active_deadline.go. */
export const deadlineExceeded: EndOfPod = {
  phase: 'Failed',
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
};

/** When a Pod with a deadline that has started has been active for too long. */
export function deadlineOf({ spec, status }: Pod): Instant | undefined {
  if (spec.activeDeadlineSeconds === undefined || status.startTime === undefined) return undefined;
  return Date.parse(status.startTime) + spec.activeDeadlineSeconds * 1000;
}
