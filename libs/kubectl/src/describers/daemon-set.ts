import { formatLabels, formatLabelSelector } from '@kubedrill/cluster-sim';
import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { describePodTemplate } from './pod-template.ts';
import { podPhases } from './workload-pods.ts';

/** describeDaemonSet. */
export const describeDaemonSet: Describer<'DaemonSet'> = (sheet, set, context) => {
  const { metadata, spec, status } = set;
  const phases = podPhases(set, context);
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.field('Selector', formatLabelSelector(spec.selector));
  sheet.field('Node-Selector', formatLabels(spec.template.spec.nodeSelector));
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.line(`Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled}`);
  sheet.line(`Current Number of Nodes Scheduled: ${status.currentNumberScheduled}`);
  sheet.line(`Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}`);
  sheet.line(`Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}`);
  sheet.line(`Number of Nodes Misscheduled: ${status.numberMisscheduled}`);
  sheet.field('Pods Status', phases);
  describePodTemplate(sheet, spec.template);
  describeEvents(sheet, set, context);
};
