import type { Job, Pod } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { matcherOf } from '../label-selector.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { claim, controllerOf } from '../ownership.ts';
import { retried } from '../refused-changes.ts';
import { sameValue } from '../same-value.ts';
import { statusCommentary } from './job-commentary.ts';
import { isFinished } from './job-conditions.ts';
import { withTracking } from './job-pods.ts';
import { JobSync } from './job-sync.ts';

/** spec.managedBy of Jobs that are this controller's. */
const ownName = 'kubernetes.io/job-controller';

/** pkg/controller/job/job_controller.go. */
export const jobController: Controller = {
  name: 'job',
  watches: ['Job', 'Pod'],
  keysFor,
  reconcile,
};

function keysFor({ type, object, previous }: WatchEvent, view: ObjectView): readonly string[] {
  if (object.kind === 'Job') return type === 'DELETED' ? [] : [keyOf(object.metadata)];
  if (object.kind !== 'Pod') return [];
  const former = type === 'MODIFIED' && previous?.kind === 'Pod' ? ownersOf(previous, view) : [];
  return [...ownersOf(object, view), ...former];
}

function ownersOf({ metadata }: Pod, view: ObjectView): readonly string[] {
  const { namespace = '', labels } = metadata;
  const owner = controllerOf(metadata);
  if (owner) return owner.kind === 'Job' ? [`${namespace}/${owner.name}`] : [];
  return view
    .list('Job', namespace)
    .filter(({ spec }) => matcherOf(spec.selector)(labels))
    .map((job) => keyOf(job.metadata));
}

function reconcile(view: ObjectView, key: string, now: Instant): Reconciliation {
  const { namespace, name } = splitKey(key);
  const job = view.get('Job', namespace, name);
  if (!job || isFinished(job) || (job.spec.managedBy ?? ownName) !== ownName) return noChanges;
  const matches = matcherOf(job.spec.selector);
  const { claimed, changes } = claim(
    job,
    view.indexed('Pod', 'owner', job.metadata.uid),
    view.indexed('Pod', 'orphan', namespace),
    ({ metadata }) => matches(metadata.labels),
  );
  // Pods are counted once they are the Job's own, and marked so.
  if (changes.length > 0) return { changes: changes.map((change) => withFinalizer(change, job)) };
  const sync = new JobSync(job, claimed, now);
  sync.run();
  const report = (isRefused: boolean): readonly Change[] => {
    const status = sync.status(isRefused);
    if (sameValue(status, job.status)) return [];
    return [{ verb: 'updateStatus', object: { ...job, status }, comment: statusCommentary(job, status) }];
  };
  return retried(sync.changes, report, sync.wakeAt);
}

function withFinalizer(change: Change, job: Job): Change {
  if (change.verb !== 'update' || change.object.kind !== 'Pod') return change;
  const isAdopted = controllerOf(change.object.metadata)?.uid === job.metadata.uid;
  return isAdopted ? { verb: 'update', object: withTracking(change.object) } : change;
}
