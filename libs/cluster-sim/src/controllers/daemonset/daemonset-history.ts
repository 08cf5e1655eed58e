import type { ControllerRevision, DaemonSet, Pod } from '@kubedrill/kube-model';
import type { Change } from '../../engine/controller.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { claimRevisions, hasTemplate, newRevision, renumbered } from '../controller-revisions.ts';
import { labelOf } from '../label-selector.ts';
import { objectKeyOf } from '../ownership.ts';
import { podTemplateHash } from '../template-hash/pod-template-hash.ts';
import { revisionHashLabel } from './daemon-pod.ts';

export interface DaemonSetHistory {
  /** Undefined: another template has the same hash, which has been counted. */
  readonly hash: string | undefined;
  readonly collisionCount: number | undefined;
  readonly old: readonly ControllerRevision[];
  readonly changes: readonly Change[];
}

/** pkg/controller/daemon/update.go constructHistory. */
export function historyOf(view: ObjectView, set: DaemonSet): DaemonSetHistory {
  const { claimed, changes } = claimRevisions(view, set);
  const current = claimed.findLast((revision) => hasTemplate(revision, set.spec.template));
  const old = claimed.filter((revision) => revision !== current);
  const number = Math.max(0, ...old.map(({ revision }) => revision)) + 1;
  const { collisionCount } = set.status;
  if (!current) {
    const taken = snapshot(view, set, number);
    return { ...taken, old, changes: [...changes, ...taken.changes] };
  }
  const hash = labelOf(current.metadata.labels, revisionHashLabel);
  const renumbering = current.revision < number ? renumbered(current, number) : [];
  return { hash, collisionCount, old, changes: [...changes, ...renumbering] };
}

/** A DaemonSet names its revisions as a Deployment does its ReplicaSets. */
function snapshot(view: ObjectView, set: DaemonSet, number: number): Omit<DaemonSetHistory, 'old'> {
  const { namespace = '', name } = set.metadata;
  const { collisionCount } = set.status;
  const hash = podTemplateHash(set.spec.template, collisionCount);
  const revisionName = `${name}-${hash}`;
  const taken = view.get('ControllerRevision', namespace, revisionName);
  if (taken && !hasTemplate(taken, set.spec.template))
    return { hash: undefined, collisionCount: (collisionCount ?? 0) + 1, changes: [] };
  const object = newRevision(set, revisionName, { [revisionHashLabel]: hash }, number);
  return { hash, collisionCount, changes: taken ? [] : [{ verb: 'create', object }] };
}

/** cleanupHistory: what no Pod is made of goes beyond the limit, the oldest first. */
export function surplusHistory(
  { spec }: DaemonSet,
  old: readonly ControllerRevision[],
  pods: readonly Pod[],
): readonly Change[] {
  const surplus = old.length - spec.revisionHistoryLimit;
  if (surplus <= 0) return [];
  const live = new Set(pods.map(({ metadata }) => labelOf(metadata.labels, revisionHashLabel)));
  return old
    .filter(({ metadata }) => !live.has(labelOf(metadata.labels, revisionHashLabel)))
    .slice(0, surplus)
    .map((revision): Change => ({ verb: 'delete', key: objectKeyOf(revision), uid: revision.metadata.uid }));
}
