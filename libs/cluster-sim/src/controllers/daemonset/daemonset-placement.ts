import type { DaemonSet, Pod } from '@kubedrill/kube-model';
import { labelOf } from '../label-selector.ts';
import { isPodReady } from '../pod-state.ts';
import { revisionHashLabel, type Eligibility } from './daemon-pod.ts';
import { allowances, type UpdateStep } from './daemonset-rolling-update.ts';

/** pkg/controller/daemon/daemon_controller.go podsShouldBeOnNode. */
export function placementOn(
  set: DaemonSet,
  { node, eligible, pods }: { readonly node: string; readonly eligible: Eligibility; readonly pods: readonly Pod[] },
  hash: string,
  isAvailable: (pod: Pod) => boolean,
): UpdateStep {
  if (eligible === 'runs' && pods.length === 0) return { podsToDelete: [], nodesToFill: [node] };
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  if (eligible === 'no') return { podsToDelete: staying, nodesToFill: [] };
  const ended = staying.filter(({ status }) => status.phase === 'Failed' || status.phase === 'Succeeded');
  const running = staying.filter((pod) => !ended.includes(pod)).toSorted(byPrecedence);
  const hasSurge = allowances(set, 1).surge > 0;
  if (!hasSurge) return { podsToDelete: [...ended, ...running.slice(1)], nodesToFill: [] };
  if (running.length > 1)
    return { podsToDelete: [...ended, ...surplusOfSurge(running, hash, isAvailable)], nodesToFill: [] };
  return { podsToDelete: ended, nodesToFill: running.length === 0 && eligible === 'runs' ? [node] : [] };
}

/** podByCreationTimestampAndPhase: those with a node first, then the oldest. */
export function byPrecedence(left: Pod, right: Pod): number {
  const [first, second] = [Boolean(left.spec.nodeName), Boolean(right.spec.nodeName)];
  if (first !== second) return first ? -1 : 1;
  const [before, after] = [left.metadata, right.metadata];
  if (before.creationTimestamp !== after.creationTimestamp)
    return before.creationTimestamp < after.creationTimestamp ? -1 : 1;
  return before.name < after.name ? -1 : 1;
}

/** One new and one old Pod may be there at a time, until the new one is available or the old one is of no use. */
function surplusOfSurge(running: readonly Pod[], hash: string, isAvailable: (pod: Pod) => boolean): readonly Pod[] {
  const isFresh = ({ metadata }: Pod): boolean => labelOf(metadata.labels, revisionHashLabel) === hash;
  const [fresh, old] = [running.find(isFresh), running.find((pod) => !isFresh(pod))];
  const surplus = running.filter((pod) => pod !== fresh && pod !== old);
  return fresh && old && (!isPodReady(old) || isAvailable(fresh)) ? [...surplus, old] : surplus;
}
