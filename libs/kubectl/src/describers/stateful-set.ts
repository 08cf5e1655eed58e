import { formatLabelSelector } from '@kubedrill/cluster-sim';
import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { describePodTemplate } from './pod-template.ts';
import { longTime } from './sheet.ts';
import { describeClaimTemplates } from './volume-claims.ts';
import { podPhases } from './workload-pods.ts';

/** describeStatefulSet. */
export const describeStatefulSet: Describer<'StatefulSet'> = (sheet, set, context) => {
  const { metadata, spec, status } = set;
  const phases = podPhases(set, context);
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  sheet.field('Selector', formatLabelSelector(spec.selector));
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('Replicas', `${spec.replicas} desired | ${status.replicas} total`);
  sheet.field('Update Strategy', spec.updateStrategy.type);
  const { rollingUpdate } = spec.updateStrategy;
  if (rollingUpdate) {
    sheet.field('Partition', rollingUpdate.partition, 1);
    if (rollingUpdate.maxUnavailable !== undefined) sheet.field('MaxUnavailable', rollingUpdate.maxUnavailable, 1);
  }
  sheet.field('Pods Status', phases);
  describePodTemplate(sheet, spec.template);
  describeClaimTemplates(sheet, spec.volumeClaimTemplates);
  describeEvents(sheet, set, context);
};
