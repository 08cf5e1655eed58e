import type { DaemonSet } from '@kubedrill/kube-model';

/** What Kubernetes keeps inside as spec.templateGeneration, and apps/v1 shows as an annotation: pkg/apis/apps/v1/conversion.go. */
const annotation = 'deprecated.daemonset.template.generation';

export function templateGeneration({ metadata: { annotations } }: DaemonSet): number {
  const text = annotations && Object.hasOwn(annotations, annotation) ? annotations[annotation] : undefined;
  const generation = Number(text ?? 0);
  return Number.isSafeInteger(generation) ? generation : 0;
}

export function withTemplateGeneration(daemonSet: DaemonSet, generation: number): DaemonSet {
  const { metadata } = daemonSet;
  const annotations = { ...metadata.annotations, [annotation]: String(generation) };
  return { ...daemonSet, metadata: { ...metadata, annotations } };
}
