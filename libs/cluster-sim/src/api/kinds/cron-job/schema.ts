import { objectMeta, objectReference } from '../../schema/object-meta.ts';
import { always, bool, int32, int64, list, named, object, pointer, string, time } from '../../schema/schema.ts';
import { jobSpec } from '../job/schema.ts';

/** batch/v1 CronJob. */

const jobTemplateSpec = object('JobTemplateSpec', { metadata: objectMeta, spec: always(jobSpec) });

const cronJobSpec = object('CronJobSpec', {
  schedule: always(string),
  timeZone: pointer(string),
  startingDeadlineSeconds: pointer(int64),
  concurrencyPolicy: named('v1.ConcurrencyPolicy', string),
  suspend: pointer(bool),
  jobTemplate: always(jobTemplateSpec),
  successfulJobsHistoryLimit: pointer(int32),
  failedJobsHistoryLimit: pointer(int32),
});

const cronJobStatus = object('CronJobStatus', {
  active: list(objectReference, { listType: { kind: 'atomic' } }),
  lastScheduleTime: time,
  lastSuccessfulTime: time,
});

export const cronJob = object('CronJob', {
  metadata: objectMeta,
  spec: always(cronJobSpec),
  status: always(cronJobStatus),
});
