import type { Cluster } from '@kubedrill/cluster-sim';
import type { PodSet } from '../exercise/pod-set.ts';
import { describePodSet, isAlive, podsOf } from '../observe/pods.ts';
import type { Diagnosis } from './diagnosis.ts';
import { formatPairs, mismatches } from './label-pairs.ts';

/** A Pod that the selector of a Service finds besides those of a set; undefined when there is none. */
export function diagnoseStranger(
  cluster: Cluster,
  namespace: string,
  name: string,
  set: PodSet,
): Diagnosis | undefined {
  const selector = cluster.view.get('Service', namespace, name)?.spec.selector;
  if (!selector || Object.keys(selector).length === 0) return undefined;
  const wanted = new Set(podsOf(cluster, set).map(({ metadata }) => metadata.uid));
  const stranger = cluster.view
    .list('Pod', namespace)
    .find((pod) => !wanted.has(pod.metadata.uid) && isAlive(pod) && mismatches(selector, pod).length === 0);
  if (!stranger) return undefined;
  const labels = formatPairs(stranger.metadata.labels ?? {});
  return {
    text: `the selector ${formatPairs(selector)} finds Pod ${stranger.metadata.name} (${labels}), which is none of ${describePodSet(set)}`,
    evidence: [{ kind: 'Service', namespace, name, path: ['spec', 'selector'] }],
  };
}
