import { formatLabelSelector, humanDuration } from '@kubedrill/cluster-sim';
import type { CronJob, Job, JobTemplateSpec } from '@kubedrill/kube-model';
import { controllerText } from './controller-text.ts';
import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { describePodTemplate } from './pod-template.ts';
import { longTime, orNone, orUnset, type Sheet } from './sheet.ts';

/** describeJob. */
export const describeJob: Describer<'Job'> = (sheet, job, context) => {
  const { metadata, spec, status } = job;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.field('Selector', spec.selector ? formatLabelSelector(spec.selector) : '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  const controller = controllerText(metadata);
  if (controller !== '') sheet.field('Controlled By', controller);
  describeSettings(sheet, job);
  describeTimes(sheet, job);
  const { active = 0, ready, succeeded = 0, failed = 0, completedIndexes = '' } = status;
  const shownReady = ready === undefined ? '' : ` (${ready} Ready)`;
  sheet.field('Pods Statuses', `${active} Active${shownReady} / ${succeeded} Succeeded / ${failed} Failed`);
  if (spec.completionMode === 'Indexed') sheet.field('Completed Indexes', cappedIndexes(completedIndexes));
  describePodTemplate(sheet, spec.template);
  describeEvents(sheet, job, context);
};

function describeSettings(sheet: Sheet, { spec }: Job): void {
  sheet.field('Parallelism', spec.parallelism);
  sheet.field('Completions', orUnset(spec.completions));
  sheet.field('Completion Mode', spec.completionMode);
  sheet.field('Suspend', spec.suspend);
  sheet.field('Backoff Limit', spec.backoffLimit);
  if (spec.ttlSecondsAfterFinished !== undefined)
    sheet.field('TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
}

function describeTimes(sheet: Sheet, { spec, status: { startTime, completionTime } }: Job): void {
  if (startTime !== undefined) sheet.field('Start Time', longTime(startTime));
  if (completionTime !== undefined) sheet.field('Completed At', longTime(completionTime));
  if (startTime !== undefined && completionTime !== undefined)
    sheet.field('Duration', humanDuration(Date.parse(completionTime) - Date.parse(startTime)));
  if (spec.activeDeadlineSeconds !== undefined)
    sheet.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
}

const softLimit = 50;

/** capIndexesListOrNone: cut behind a comma. */
function cappedIndexes(indexes: string): string {
  const comma = indexes.indexOf(',', softLimit);
  return comma < 0 ? orNone(indexes) : `${indexes.slice(0, comma + 1)}...`;
}

/** describeCronJob. */
export const describeCronJob: Describer<'CronJob'> = (sheet, cronJob, context) => {
  const { metadata, spec, status } = cronJob;
  const { startingDeadlineSeconds: deadline } = spec;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('Schedule', spec.schedule);
  sheet.field('Concurrency Policy', spec.concurrencyPolicy);
  sheet.field('Suspend', spec.suspend ? 'True' : 'False');
  sheet.field('Time Zone', orUnset(spec.timeZone));
  sheet.field('Successful Job History Limit', spec.successfulJobsHistoryLimit);
  sheet.field('Failed Job History Limit', spec.failedJobsHistoryLimit);
  sheet.field('Starting Deadline Seconds', deadline === undefined ? '<unset>' : `${deadline}s`);
  describeJobTemplate(sheet, spec.jobTemplate);
  const last = status.lastScheduleTime;
  sheet.field('Last Schedule Time', last === undefined ? '<unset>' : longTime(last));
  sheet.field('Active Jobs', activeJobs(cronJob));
  describeEvents(sheet, cronJob, context);
};

function describeJobTemplate(sheet: Sheet, { spec }: JobTemplateSpec): void {
  sheet.field('Selector', spec.selector ? formatLabelSelector(spec.selector) : '<unset>');
  sheet.field('Parallelism', orUnset(spec.parallelism));
  sheet.field('Completions', orUnset(spec.completions));
  if (spec.activeDeadlineSeconds !== undefined)
    sheet.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  describePodTemplate(sheet, spec.template);
}

function activeJobs({ status: { active = [] } }: CronJob): string {
  return orNone(active.map(({ name = '' }) => name).join(', '));
}
