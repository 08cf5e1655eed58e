import type { Container, Job } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import { formatLabelSelector } from './label-selector-text.ts';
import { ageColumn, column, count, formatLabels, humanDuration, nameColumn, timeSince, wide } from './table.ts';
import type { TableColumn } from './table.ts';

/** kubernetes/pkg/printers/internalversion/printers.go: the kinds that make Pods. */

function containersOf(containers: readonly Container[]): string {
  return containers.map(({ name }) => name).join(',');
}

function imagesOf(containers: readonly Container[]): string {
  return containers.map(({ image }) => image).join(',');
}

export const deploymentTable: readonly TableColumn<'Deployment'>[] = [
  nameColumn,
  column('Ready', ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas}`),
  count('Up-to-date', ({ status }) => status.updatedReplicas),
  count('Available', ({ status }) => status.availableReplicas),
  ageColumn,
  wide('Containers', ({ spec }) => containersOf(spec.template.spec.containers)),
  wide('Images', ({ spec }) => imagesOf(spec.template.spec.containers)),
  wide('Selector', ({ spec }) => formatLabelSelector(spec.selector)),
];

export const replicaSetTable: readonly TableColumn<'ReplicaSet'>[] = [
  nameColumn,
  count('Desired', ({ spec }) => spec.replicas),
  count('Current', ({ status }) => status.replicas),
  count('Ready', ({ status }) => status.readyReplicas),
  ageColumn,
  wide('Containers', ({ spec }) => containersOf(spec.template.spec.containers)),
  wide('Images', ({ spec }) => imagesOf(spec.template.spec.containers)),
  wide('Selector', ({ spec }) => formatLabelSelector(spec.selector)),
];

export const replicationControllerTable: readonly TableColumn<'ReplicationController'>[] = [
  nameColumn,
  count('Desired', ({ spec }) => spec.replicas),
  count('Current', ({ status }) => status.replicas),
  count('Ready', ({ status }) => status.readyReplicas),
  ageColumn,
  wide('Containers', ({ spec }) => containersOf(spec.template.spec.containers)),
  wide('Images', ({ spec }) => imagesOf(spec.template.spec.containers)),
  wide('Selector', ({ spec }) => formatLabels(spec.selector)),
];

export const statefulSetTable: readonly TableColumn<'StatefulSet'>[] = [
  nameColumn,
  column('Ready', ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas}`),
  ageColumn,
  wide('Containers', ({ spec }) => containersOf(spec.template.spec.containers)),
  wide('Images', ({ spec }) => imagesOf(spec.template.spec.containers)),
];

export const daemonSetTable: readonly TableColumn<'DaemonSet'>[] = [
  nameColumn,
  count('Desired', ({ status }) => status.desiredNumberScheduled),
  count('Current', ({ status }) => status.currentNumberScheduled),
  count('Ready', ({ status }) => status.numberReady),
  count('Up-to-date', ({ status }) => status.updatedNumberScheduled),
  count('Available', ({ status }) => status.numberAvailable),
  column('Node Selector', ({ spec }) => formatLabels(spec.template.spec.nodeSelector)),
  ageColumn,
  wide('Containers', ({ spec }) => containersOf(spec.template.spec.containers)),
  wide('Images', ({ spec }) => imagesOf(spec.template.spec.containers)),
  wide('Selector', ({ spec }) => formatLabelSelector(spec.selector)),
];

export const jobTable: readonly TableColumn<'Job'>[] = [
  nameColumn,
  column('Status', jobStatus),
  column('Completions', jobCompletions),
  column('Duration', jobDuration),
  ageColumn,
  wide('Containers', ({ spec }) => containersOf(spec.template.spec.containers)),
  wide('Images', ({ spec }) => imagesOf(spec.template.spec.containers)),
  wide('Selector', ({ spec }) => formatLabelSelector(spec.selector)),
];

export const cronJobTable: readonly TableColumn<'CronJob'>[] = [
  nameColumn,
  column('Schedule', ({ spec }) => spec.schedule),
  column('Timezone', ({ spec }) => spec.timeZone ?? '<none>'),
  { ...column<'CronJob'>('Suspend', ({ spec }) => (spec.suspend ? 'True' : 'False')), type: 'boolean' },
  count('Active', ({ status }) => status.active?.length),
  column('Last Schedule', ({ status }, now) =>
    status.lastScheduleTime === undefined ? '<none>' : timeSince(status.lastScheduleTime, now),
  ),
  ageColumn,
  wide('Containers', ({ spec }) => containersOf(spec.jobTemplate.spec.template.spec.containers)),
  wide('Images', ({ spec }) => imagesOf(spec.jobTemplate.spec.template.spec.containers)),
  wide('Selector', ({ spec }) => formatLabelSelector(spec.jobTemplate.spec.selector)),
];

export const controllerRevisionTable: readonly TableColumn<'ControllerRevision'>[] = [
  nameColumn,
  column('Controller', ({ metadata }) => {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
    if (!owner) return '<none>';
    const [group, version] = owner.apiVersion.split('/');
    return `${owner.kind.toLowerCase()}${version === undefined ? '' : `.${group ?? ''}`}/${owner.name}`;
  }),
  count('Revision', ({ revision }) => revision),
  ageColumn,
];

function jobStatus({ metadata, status }: Job): string {
  const holds = (type: string): boolean =>
    (status.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');
  if (holds('Complete')) return 'Complete';
  if (holds('Failed')) return 'Failed';
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(holds) ?? 'Running';
}

function jobCompletions({ spec, status }: Job): string {
  const succeeded = status.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration({ status }: Job, now: Instant): string {
  if (status.startTime === undefined) return '';
  const end = status.completionTime === undefined ? now : Date.parse(status.completionTime);
  return humanDuration(end - Date.parse(status.startTime));
}
