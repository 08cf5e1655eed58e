import type { Job, Pod } from '@kubedrill/kube-model';
import { noChanges, type Controller } from '../../engine/controller.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { controllerOf } from '../ownership.ts';
import { isFinished } from './job-conditions.ts';
import { isTracked, withoutTracking } from './job-pods.ts';

/** job_controller.go syncOrphanPod: Pods that no Job counts any more are let go. */
export const trackingFinalizerController: Controller = {
  name: 'job-tracking-finalizer',
  watches: ['Job', 'Pod'],
  keysFor({ type, object }, view) {
    if (object.kind === 'Pod') return type !== 'DELETED' && isOrphan(object, view) ? [keyOf(object.metadata)] : [];
    if (object.kind !== 'Job' || (type !== 'DELETED' && !isFinished(object))) return [];
    const pods = view.indexed('Pod', 'owner', object.metadata.uid);
    return pods.filter(isTracked).map(({ metadata }) => keyOf(metadata));
  },
  reconcile(view, key) {
    const { namespace, name } = splitKey(key);
    const pod = view.get('Pod', namespace, name);
    if (!pod || !isOrphan(pod, view)) return noChanges;
    return { changes: [{ verb: 'update', object: withoutTracking(pod) }] };
  },
};

function isOrphan(pod: Pod, view: ObjectView): boolean {
  if (!isTracked(pod)) return false;
  const owner = controllerOf(pod.metadata);
  if (!owner) return true;
  if (owner.kind !== 'Job' || owner.apiVersion !== 'batch/v1') return false;
  const job: Job | undefined = view.get('Job', pod.metadata.namespace ?? '', owner.name);
  return job?.metadata.uid !== owner.uid || isFinished(job);
}
