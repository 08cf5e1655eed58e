import type { DaemonSet, Pod } from '@kubedrill/kube-model';
import { scaledValue } from '../scaled-value.ts';
import { isUpdated } from './daemon-pod.ts';

/** What an update does in one step. */
export interface UpdateStep {
  readonly podsToDelete: readonly Pod[];
  readonly nodesToFill: readonly string[];
}

export interface NodePods {
  readonly node: string;
  /** Whether a new Pod would go there. */
  readonly shouldRun: boolean;
  readonly pods: readonly Pod[];
}

type IsAvailable = (pod: Pod) => boolean;

/** SurgeCount and UnavailableCount; neither: one may be missing. */
export function allowances(set: DaemonSet, desired: number): { readonly surge: number; readonly unavailable: number } {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  if (type !== 'RollingUpdate' || !rollingUpdate) return { surge: 0, unavailable: 0 };
  const surge = scaledValue(rollingUpdate.maxSurge, desired, Math.ceil);
  const unavailable = scaledValue(rollingUpdate.maxUnavailable, desired, Math.ceil);
  return surge === 0 && unavailable === 0 && desired > 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

/** pkg/controller/daemon/update.go rollingUpdate. */
export function rollingUpdate(
  set: DaemonSet,
  nodes: readonly NodePods[],
  hash: string,
  isAvailable: IsAvailable,
): UpdateStep {
  const desired = nodes.filter(({ shouldRun }) => shouldRun).length;
  const { surge, unavailable } = allowances(set, desired);
  const generations = nodes.map((node) => ({ ...node, ...generationsOn(node.pods, set, hash) }));
  return surge === 0
    ? { podsToDelete: replaceInPlace(generations, unavailable, isAvailable), nodesToFill: [] }
    : surgeStep(generations, surge, desired, isAvailable);
}

interface Generations extends NodePods {
  readonly fresh: Pod | undefined;
  readonly old: Pod | undefined;
  /** More than one of a kind: not for the update to sort out. */
  readonly isCrowded: boolean;
}

/** findUpdatedPodsOnNode. */
function generationsOn(
  pods: readonly Pod[],
  set: DaemonSet,
  hash: string,
): Pick<Generations, 'fresh' | 'old' | 'isCrowded'> {
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const fresh = staying.filter((pod) => isUpdated(pod, set, hash));
  const old = staying.filter((pod) => !isUpdated(pod, set, hash));
  return { fresh: fresh[0], old: old[0], isCrowded: fresh.length > 1 || old.length > 1 };
}

/** Old Pods that are not available go in any case, others as far as Pods may be missing. */
function replaceInPlace(nodes: readonly Generations[], allowed: number, isAvailable: IsAvailable): readonly Pod[] {
  let unavailable = 0;
  const broken: Pod[] = [];
  const candidates: Pod[] = [];
  for (const { fresh, old, isCrowded } of nodes) {
    if (isCrowded || Boolean(fresh) === Boolean(old)) unavailable += 1;
    else if (fresh && !isAvailable(fresh)) unavailable += 1;
    else if (old && !isAvailable(old)) {
      broken.push(old);
      unavailable += 1;
    } else if (old) candidates.push(old);
  }
  return [...broken, ...candidates.slice(0, Math.max(0, allowed - unavailable))];
}

/** New Pods come first, as many at a time as allowed; an old one goes when the new one is available. */
function surgeStep(
  nodes: readonly Generations[],
  surge: number,
  desired: number,
  isAvailable: IsAvailable,
): UpdateStep {
  let [surging, available] = [0, 0];
  const podsToDelete: Pod[] = [];
  const misplaced: Pod[] = [];
  const candidates: string[] = [];
  const nodesToFill: string[] = [];
  for (const { node, shouldRun, fresh, old, isCrowded } of nodes) {
    if (isCrowded) {
      surging += 1;
      continue;
    }
    const serving = old ?? fresh;
    const isServing = serving !== undefined && isAvailable(serving);
    if (isServing) available += 1;
    if (!old) continue;
    if (fresh) {
      if (isAvailable(fresh)) podsToDelete.push(old);
      else surging += 1;
    } else if (!shouldRun) (isServing ? misplaced : podsToDelete).push(old);
    else (isServing ? candidates : nodesToFill).push(node);
  }
  podsToDelete.push(...misplaced.slice(0, Math.max(0, available - desired)));
  nodesToFill.push(...candidates.slice(0, Math.max(0, surge - surging)));
  return { podsToDelete, nodesToFill };
}
