import type { Job, Pod } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import { labelOf } from '../label-selector.ts';
import { conditionOf } from '../pod-state.ts';

/** What a Job asks of its Pods: pkg/controller/job. */

/** Keeps a Pod in place until its Job has counted it. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';
export const completionIndexKey = 'batch.kubernetes.io/job-completion-index';
export const failureCountKey = 'batch.kubernetes.io/job-index-failure-count';
export const ignoredFailureCountKey = 'batch.kubernetes.io/job-index-ignored-failure-count';

export function isTracked({ metadata: { finalizers } }: Pod): boolean {
  return finalizers?.includes(trackingFinalizer) ?? false;
}

export function withTracking(pod: Pod): Pod {
  if (isTracked(pod)) return pod;
  const finalizers = [...(pod.metadata.finalizers ?? []), trackingFinalizer];
  return { ...pod, metadata: { ...pod.metadata, finalizers } };
}

export function withoutTracking(pod: Pod): Pod {
  const { finalizers, ...metadata } = pod.metadata;
  const others = finalizers?.filter((name) => name !== trackingFinalizer) ?? [];
  return { ...pod, metadata: others.length > 0 ? { ...metadata, finalizers: others } : metadata };
}

/** The index of a Pod of an indexed Job; undefined when it has none, or one beyond the completions. */
export function completionIndex({ metadata: { annotations } }: Pod, { spec }: Job): number | undefined {
  const text = labelOf(annotations, completionIndexKey);
  const index = text !== undefined && /^\+?\d+$/.test(text) ? Number(text) : undefined;
  return index !== undefined && index < (spec.completions ?? 0) ? index : undefined;
}

/** isPodFailed: a Pod that is going counts as failed, unless only Pods that have failed are replaced. */
export function isPodFailed({ metadata, status }: Pod, { spec }: Job): boolean {
  if (status.phase === 'Failed') return true;
  if (spec.podReplacementPolicy === 'Failed') return false;
  return metadata.deletionTimestamp !== undefined && status.phase !== 'Succeeded';
}

export function isIndexed({ spec }: Job): boolean {
  return spec.completionMode === 'Indexed';
}

/** Of the Pods that had an index before this one. */
export function indexFailures(pod: Pod): { readonly counted: number; readonly ignored: number } {
  return { counted: wholeNumber(pod, failureCountKey), ignored: wholeNumber(pod, ignoredFailureCountKey) };
}

function wholeNumber({ metadata: { annotations } }: Pod, key: string): number {
  const text = labelOf(annotations, key);
  return text !== undefined && /^\+?\d{1,10}$/.test(text) ? Number(text) : 0;
}

/** backoff_utils.go getFinishedTime. */
export function finishedTime(pod: Pod): Instant {
  const { metadata, status } = pod;
  const ends = status.containerStatuses?.map(({ state }) => Date.parse(state.terminated?.finishedAt ?? ''));
  if (ends && ends.length > 0 && !ends.some(Number.isNaN)) return Math.max(...ends);
  const ready = conditionOf(pod, 'Ready');
  if (ready?.status === 'False' && ready.lastTransitionTime) return Date.parse(ready.lastTransitionTime);
  if (metadata.deletionTimestamp !== undefined)
    return Date.parse(metadata.deletionTimestamp) - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return Date.parse(metadata.creationTimestamp);
}
