import type { CronJob } from '@kubedrill/kube-model';
import { noChanges, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { controllerOf } from '../ownership.ts';
import { syncCronJob } from './cron-job-sync.ts';
import { nextWake, scheduleOf, wakeDelay } from './missed-schedules.ts';

/** pkg/controller/cronjob/cronjob_controllerv2.go. */
export const cronJobController: Controller = {
  name: 'cronjob',
  watches: ['CronJob', 'Job'],
  keysFor,
  reconcile(view, key, now) {
    const isRescheduled = key.endsWith(rescheduled);
    const { namespace, name } = splitKey(isRescheduled ? key.slice(0, -rescheduled.length) : key);
    const cronJob = view.get('CronJob', namespace, name);
    if (!cronJob) return noChanges;
    return isRescheduled && !isDate(cronJob, now) ? waiting(cronJob, now) : syncCronJob(cronJob, view, now);
  },
};

/** updateCronJob: after a change of the schedule nothing is done before the next date. */
const rescheduled = '#rescheduled';

function keysFor({ object, previous, type }: WatchEvent, view: ObjectView): readonly string[] {
  if (object.kind === 'CronJob') {
    if (type === 'DELETED') return [];
    const before = previous?.kind === 'CronJob' ? previous.spec : object.spec;
    const { schedule, timeZone } = object.spec;
    const isSame = schedule === before.schedule && timeZone === before.timeZone;
    return [isSame ? keyOf(object.metadata) : keyOf(object.metadata) + rescheduled];
  }
  const owner = object.kind === 'Job' ? controllerOf(object.metadata) : undefined;
  if (owner?.kind !== 'CronJob') return [];
  const cronJob = view.get('CronJob', object.metadata.namespace ?? '', owner.name);
  return cronJob?.metadata.uid === owner.uid ? [keyOf(cronJob.metadata)] : [];
}

function waiting(cronJob: CronJob, now: Instant): Reconciliation {
  const schedule = scheduleOf(cronJob);
  return schedule ? { changes: [], wakeAt: nextWake(cronJob, now, schedule), isRecurring: true } : noChanges;
}

/** Whether this is the moment that `waiting` has waited for. */
function isDate(cronJob: CronJob, now: Instant): boolean {
  return scheduleOf(cronJob)?.next(now - wakeDelay - 1) === now - wakeDelay;
}
