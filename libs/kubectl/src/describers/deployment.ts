import { formatLabels, formatLabelSelector } from '@kubedrill/cluster-sim';
import type { ReplicaSet, WorkloadCondition } from '@kubedrill/kube-model';
import { replicaSetsOf } from '../deployment-replica-sets.ts';
import { controllerText } from './controller-text.ts';
import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { describePodTemplate } from './pod-template.ts';
import { longTime, orNone, type Sheet } from './sheet.ts';
import { phaseCounts, podPhases, podsOf } from './workload-pods.ts';

/** describeDeployment. */
export const describeDeployment: Describer<'Deployment'> = (sheet, deployment, context) => {
  const { metadata, spec, status } = deployment;
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0 } = status;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('Selector', formatLabelSelector(spec.selector));
  sheet.field(
    'Replicas',
    `${spec.replicas} desired | ${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`,
  );
  sheet.field('StrategyType', spec.strategy.type);
  sheet.field('MinReadySeconds', spec.minReadySeconds ?? 0);
  const { rollingUpdate } = spec.strategy;
  if (rollingUpdate) {
    const { maxUnavailable, maxSurge } = rollingUpdate;
    sheet.field('RollingUpdateStrategy', `${maxUnavailable} max unavailable, ${maxSurge} max surge`);
  }
  describePodTemplate(sheet, spec.template);
  describeConditions(sheet, status.conditions);
  const sets = replicaSetsOf(deployment, context.reader);
  if (sets.ok && (sets.old.length > 0 || sets.fresh)) {
    sheet.field('OldReplicaSets', setList(sets.old));
    sheet.field('NewReplicaSet', setList(sets.fresh ? [sets.fresh] : []));
  }
  describeEvents(sheet, deployment, context);
};

function describeConditions(sheet: Sheet, conditions: readonly WorkloadCondition[] = []): void {
  if (conditions.length === 0) return;
  sheet.write('Conditions:\n  Type\tStatus\tReason\n');
  sheet.row(['----', '------', '------'], 1);
  for (const { type, status, reason = '' } of conditions) sheet.row([`${type} `, status, reason], 1);
}

function setList(sets: readonly ReplicaSet[]): string {
  return orNone(
    sets
      .map(({ metadata, status, spec }) => `${metadata.name} (${status.replicas}/${spec.replicas} replicas created)`)
      .join(', '),
  );
}

/** describeReplicaSet. */
export const describeReplicaSet: Describer<'ReplicaSet'> = (sheet, set, context) => {
  const { metadata, spec, status } = set;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.field('Selector', formatLabelSelector(spec.selector));
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  const controller = controllerText(metadata);
  if (controller !== '') sheet.field('Controlled By', controller);
  sheet.field('Replicas', `${status.replicas} current / ${spec.replicas} desired`);
  const pods = podsOf(set, context);
  sheet.field(
    'Pods Status',
    pods.ok ? phaseCounts(set, pods.objects) : `error in fetching pods: ${pods.status.message}`,
  );
  describePodTemplate(sheet, spec.template);
  describeConditions(sheet, status.conditions);
  describeEvents(sheet, set, context);
};

/** describeReplicationController. */
export const describeReplicationController: Describer<'ReplicationController'> = (sheet, controller, context) => {
  const { metadata, spec, status } = controller;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.field('Selector', formatLabels(spec.selector));
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('Replicas', `${status.replicas} current / ${spec.replicas} desired`);
  sheet.field('Pods Status', podPhases({ metadata, spec: { selector: { matchLabels: spec.selector } } }, context));
  describePodTemplate(sheet, spec.template);
  describeConditions(sheet, status.conditions);
  describeEvents(sheet, controller, context);
};
