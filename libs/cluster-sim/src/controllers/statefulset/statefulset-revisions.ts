import type { ControllerRevision, PodTemplateSpec, StatefulSet } from '@kubedrill/kube-model';
import type { Change } from '../../engine/controller.ts';
import type { ObjectView } from '../../store/object-view.ts';
import {
  claimRevisions,
  hasTemplate,
  newRevision,
  renumbered,
  revisionHash,
  revisionName,
  templateOf,
  templatePatch,
} from '../controller-revisions.ts';
import { objectKeyOf } from '../ownership.ts';

/** A template and the name that Pods made of it carry. */
export interface PodRevision {
  readonly name: string;
  readonly template: PodTemplateSpec;
}

export interface Revisions {
  /** What Pods below the partition are made of until an update is complete. */
  readonly current: PodRevision;
  readonly update: PodRevision;
  readonly collisionCount: number;
  readonly changes: readonly Change[];
  /** The stored ones, the oldest first. */
  readonly stored: readonly ControllerRevision[];
}

/** Hashes that collide one after the other; each collision is as unlikely as the first. */
const maxCollisions = 8;

/** pkg/controller/statefulset/stateful_set_control.go getStatefulSetRevisions. */
export function revisionsOf(view: ObjectView, set: StatefulSet): Revisions {
  const { claimed: stored, changes } = claimRevisions(view, set);
  const { template } = set.spec;
  const latest = stored.at(-1);
  const same = stored.findLast((revision) => hasTemplate(revision, template));
  const next = (latest?.revision ?? 0) + 1;
  const found = same
    ? {
        name: same.metadata.name,
        collisionCount: set.status.collisionCount ?? 0,
        changes: same === latest ? [] : renumbered(same, next),
      }
    : created(view, set, next);
  const update = { name: found.name, template };
  const former = stored.find(({ metadata }) => metadata.name === set.status.currentRevision);
  const current =
    former && former.metadata.name !== update.name
      ? { name: former.metadata.name, template: templateOf(former) }
      : update;
  return { current, update, collisionCount: found.collisionCount, changes: [...changes, ...found.changes], stored };
}

/** CreateControllerRevision: a name that another template has already makes the hash count on. */
function created(
  view: ObjectView,
  set: StatefulSet,
  revision: number,
): { readonly name: string; readonly collisionCount: number; readonly changes: readonly Change[] } {
  const { namespace = '', name: setName } = set.metadata;
  const { template } = set.spec;
  const data = templatePatch(template);
  const before = set.status.collisionCount ?? 0;
  const hashLabel = { 'controller.kubernetes.io/hash': revisionHash(data, before) };
  for (let collisionCount = before; collisionCount < before + maxCollisions; collisionCount += 1) {
    const name = revisionName(setName, revisionHash(data, collisionCount));
    const taken = view.get('ControllerRevision', namespace, name);
    if (taken && !hasTemplate(taken, template)) continue;
    const object = newRevision(set, name, hashLabel, revision);
    return { name, collisionCount, changes: taken ? [] : [{ verb: 'create', object }] };
  }
  throw new Error(`${maxCollisions} revisions of ${namespace}/${setName} collide`);
}

/** truncateHistory: what no Pod is made of goes beyond the limit, the oldest first. */
export function surplusRevisions(
  set: StatefulSet,
  { stored, current, update }: Revisions,
  podRevisions: ReadonlySet<string>,
): readonly Change[] {
  const { revisionHistoryLimit } = set.spec;
  if (revisionHistoryLimit < 0) return [];
  const history = stored.filter(
    ({ metadata: { name } }) => name !== current.name && name !== update.name && !podRevisions.has(name),
  );
  return history
    .slice(0, Math.max(0, history.length - revisionHistoryLimit))
    .map((revision): Change => ({ verb: 'delete', key: objectKeyOf(revision), uid: revision.metadata.uid }));
}
