import type { CronJob, Job, JobSpec, ObjectReference } from '@kubedrill/kube-model';
import { formatLocalTime } from '../../cron/local-time.ts';
import { findTimeZone, utc } from '../../cron/time-zone.ts';
import type { Draft } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import { controllerReference } from '../ownership.ts';

/** The minute since 1970 makes the name, so that no date has two Jobs. */
export function jobName({ metadata }: CronJob, date: Instant): string {
  return `${metadata.name}-${Math.floor(date / 60_000)}`;
}

/** pkg/controller/cronjob/utils.go getJobFromTemplate2. */
export function jobOfSchedule(cronJob: CronJob, date: Instant): Draft<Job> {
  const { jobTemplate, timeZone } = cronJob.spec;
  const { labels, annotations } = jobTemplate.metadata ?? {};
  const zone = findTimeZone(timeZone ?? '') ?? utc;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(cronJob, date),
      namespace: cronJob.metadata.namespace,
      ...(labels && { labels }),
      annotations: { ...annotations, 'batch.kubernetes.io/cronjob-scheduled-timestamp': formatLocalTime(date, zone) },
      ownerReferences: [controllerReference(cronJob)],
    },
    // The API server gives it what it lacks.
    spec: jobTemplate.spec as JobSpec,
  };
}

/** client-go's reference.GetReference. */
export function referenceTo({ apiVersion, kind, metadata }: Job): ObjectReference {
  const { name, namespace, uid, resourceVersion } = metadata;
  return { kind, namespace, name, uid, apiVersion, resourceVersion };
}
