import { formatLabels, formatLabelSelector } from '@kubedrill/cluster-sim';
import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';

/** describePodDisruptionBudgetV1. */
export const describeDisruptionBudget: Describer<'PodDisruptionBudget'> = (sheet, budget, context) => {
  const { metadata, spec, status } = budget;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  if (spec.minAvailable !== undefined) sheet.field('Min available', spec.minAvailable);
  else if (spec.maxUnavailable !== undefined) sheet.field('Max unavailable', spec.maxUnavailable);
  sheet.field('Selector', spec.selector ? formatLabelSelector(spec.selector) : '<unset>');
  sheet.line('Status:');
  sheet.field('Allowed disruptions', status.disruptionsAllowed, 2);
  sheet.field('Current', status.currentHealthy, 2);
  sheet.field('Desired', status.desiredHealthy, 2);
  sheet.field('Total', status.expectedPods, 2);
  describeEvents(sheet, budget, context);
};

/** describePriorityClass. */
export const describePriorityClass: Describer<'PriorityClass'> = (sheet, priorityClass, context) => {
  const { metadata, value, globalDefault = false, preemptionPolicy = '', description = '' } = priorityClass;
  sheet.field('Name', metadata.name);
  sheet.field('Value', value);
  sheet.field('GlobalDefault', globalDefault);
  sheet.field('PreemptionPolicy', preemptionPolicy);
  sheet.field('Description', description);
  sheet.field('Annotations', formatLabels(metadata.annotations));
  describeEvents(sheet, priorityClass, context);
};
