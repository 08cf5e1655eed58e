import type { JobSpecDraft } from '@kubedrill/kube-model';
import type { Path } from '../../validation/path.ts';
import { podWarnings } from '../pod-template/warnings.ts';

/** pkg/api/job/warnings.go. */
export function jobSpecWarnings(spec: JobSpecDraft, at: Path): readonly string[] {
  const { completionMode, completions = 0, parallelism = 0, template } = spec;
  const isLarge = completionMode === 'Indexed' && completions > 100_000 && parallelism > 10_000;
  const words =
    'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';
  return [
    ...(isLarge ? [`${at.toString()}: ${words}`] : []),
    ...podWarnings(template.spec, template.metadata?.annotations, at.child('template')),
  ];
}
