import type { MetricSpec } from '@kubedrill/kube-model';
import { ageColumn, column, count, nameColumn } from './table.ts';
import type { TableColumn } from './table.ts';

/** kubernetes/pkg/printers/internalversion/printers.go printHorizontalPodAutoscaler; nothing in the cluster measures anything. */
export const horizontalPodAutoscalerTable: readonly TableColumn<'HorizontalPodAutoscaler'>[] = [
  nameColumn,
  column('Reference', ({ spec: { scaleTargetRef } }) => `${scaleTargetRef.kind}/${scaleTargetRef.name}`),
  column('Targets', ({ spec }) => targets(spec.metrics ?? [])),
  column('MinPods', ({ spec }) => String(spec.minReplicas ?? '<unset>')),
  count('MaxPods', ({ spec }) => spec.maxReplicas),
  count('Replicas', ({ status }) => status.currentReplicas),
  ageColumn,
];

const shown = 2;

function targets(metrics: readonly MetricSpec[]): string {
  if (metrics.length === 0) return '<none>';
  const list = metrics.slice(0, shown).map(targetText).join(', ');
  return metrics.length > shown ? `${list} + ${metrics.length - shown} more...` : list;
}

function targetText({ resource, containerResource, pods, object, external }: MetricSpec): string {
  const measured = resource ?? containerResource;
  if (measured) {
    const { averageValue, averageUtilization } = measured.target;
    const wanted = averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`;
    return `${measured.name}: <unknown>/${averageValue ?? wanted}`;
  }
  const target = (pods ?? object ?? external)?.target;
  if (!target) return '<unknown type>';
  if (pods) return `<unknown>/${target.averageValue ?? ''}`;
  return target.averageValue === undefined
    ? `<unknown>/${target.value ?? ''}`
    : `<unknown>/${target.averageValue} (avg)`;
}
