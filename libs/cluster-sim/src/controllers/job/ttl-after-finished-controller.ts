import type { Job } from '@kubedrill/kube-model';
import { noChanges, type Controller } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { objectKeyOf } from '../ownership.ts';
import { trueCondition } from './job-conditions.ts';

/** pkg/controller/ttlafterfinished: Jobs that are done go after their time, with their Pods. */
export const ttlAfterFinishedController: Controller = {
  name: 'ttl-after-finished',
  watches: ['Job'],
  keysFor: ({ type, object }) =>
    object.kind === 'Job' && type !== 'DELETED' && expiryOf(object) !== undefined ? [keyOf(object.metadata)] : [],
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const job = view.get('Job', namespace, name);
    const expiry = job && expiryOf(job);
    if (!job || expiry === undefined || job.metadata.deletionTimestamp !== undefined) return noChanges;
    if (expiry > now) return { changes: [], wakeAt: expiry };
    const { uid } = job.metadata;
    return { changes: [{ verb: 'delete', key: objectKeyOf(job), uid, propagation: 'Foreground' }] };
  },
};

function expiryOf({ spec, status: { conditions = [] } }: Job): Instant | undefined {
  const end = trueCondition(conditions, 'Complete') ?? trueCondition(conditions, 'Failed');
  if (spec.ttlSecondsAfterFinished === undefined || end?.lastTransitionTime === undefined) return undefined;
  return Date.parse(end.lastTransitionTime) + spec.ttlSecondsAfterFinished * 1000;
}
