import type { Pod } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';

/** updatePodGeneration: it counts how often the specification changed. */
export function generationOf(pod: Pod, old: Pod): number | undefined {
  if (semanticallyEqual(pod.spec, old.spec)) return old.metadata.generation;
  return (old.metadata.generation ?? 0) + 1;
}
