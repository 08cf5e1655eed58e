import type { ResourceQuota } from '@kubedrill/kube-model';
import { ageColumn, column, count, creationColumn, nameColumn, wide } from './table.ts';
import type { TableColumn } from './table.ts';

/** kubernetes/pkg/printers/internalversion/printers.go: kinds that bound what others may use or do. */

export const resourceQuotaTable: readonly TableColumn<'ResourceQuota'>[] = [
  nameColumn,
  column('Request', (quota) => usedOfHard(quota, false)),
  column('Limit', (quota) => usedOfHard(quota, true)),
  ageColumn,
];

function usedOfHard({ status: { hard = {}, used = {} } }: ResourceQuota, isOfLimits: boolean): string {
  const names = Object.keys(hard).filter((name) => name.startsWith('limits.') === isOfLimits);
  return names
    .sort()
    .map((name) => `${name}: ${used[name] ?? '0'}/${hard[name] ?? '0'}`)
    .join(', ');
}

export const limitRangeTable: readonly TableColumn<'LimitRange'>[] = [nameColumn, creationColumn];

export const priorityClassTable: readonly TableColumn<'PriorityClass'>[] = [
  nameColumn,
  count('Value', ({ value }) => value),
  {
    ...column<'PriorityClass'>('Global-Default', ({ globalDefault }) => String(globalDefault === true)),
    type: 'boolean',
  },
  ageColumn,
  wide('PreemptionPolicy', ({ preemptionPolicy }) => preemptionPolicy ?? ''),
];

export const podDisruptionBudgetTable: readonly TableColumn<'PodDisruptionBudget'>[] = [
  nameColumn,
  column('Min Available', ({ spec }) => String(spec.minAvailable ?? 'N/A')),
  column('Max Unavailable', ({ spec }) => String(spec.maxUnavailable ?? 'N/A')),
  count('Allowed Disruptions', ({ status }) => status.disruptionsAllowed),
  ageColumn,
];
