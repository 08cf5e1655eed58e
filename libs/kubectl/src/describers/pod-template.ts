import { formatLabelSelector } from '@kubedrill/cluster-sim';
import type { PodSpec, PodTemplateSpec } from '@kubedrill/kube-model';
import { describeContainers } from './containers.ts';
import type { Sheet } from './sheet.ts';
import { describeVolumes } from './volumes.ts';

interface DescribedPodSpec extends PodSpec {
  readonly priorityClassName?: string;
}

/** DescribePodTemplate. */
export function describePodTemplate(sheet: Sheet, { metadata = {}, spec }: PodTemplateSpec): void {
  const { priorityClassName = '', serviceAccountName = '', initContainers = [] }: DescribedPodSpec = spec;
  sheet.line('Pod Template:');
  sheet.labels('  Labels', metadata.labels);
  if (Object.keys(metadata.annotations ?? {}).length > 0) sheet.annotations('  Annotations', metadata.annotations);
  if (serviceAccountName !== '') sheet.field('Service Account', serviceAccountName, 1);
  if (initContainers.length > 0) describeContainers(sheet, 'Init Containers', initContainers, { kind: 'template' });
  describeContainers(sheet, 'Containers', spec.containers, { kind: 'template' });
  describeVolumes(sheet, spec.volumes, true);
  describeSpread(sheet, spec, '  ');
  if (priorityClassName !== '') sheet.field('Priority Class Name', priorityClassName, 1);
  sheet.labels('  Node-Selectors', spec.nodeSelector);
  sheet.tolerations('  Tolerations', spec.tolerations);
}

/** describeTopologySpreadConstraints. */
export function describeSpread(sheet: Sheet, { topologySpreadConstraints = [] }: PodSpec, indent: string): void {
  if (topologySpreadConstraints.length === 0) return;
  const sorted = topologySpreadConstraints.toSorted((left, right) => (left.topologyKey < right.topologyKey ? -1 : 1));
  const texts = sorted.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
    const selected = labelSelector ? ` for selector ${formatLabelSelector(labelSelector)}` : '';
    return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selected}`;
  });
  sheet.lines('Topology Spread Constraints', texts, indent);
}
