import type { KubeObject, Pod, PodTemplateSpec } from '@kubedrill/kube-model';
import type { Draft } from '../engine/controller.ts';
import { controllerReference } from './ownership.ts';

/** pkg/controller/controller_utils.go GetPodFromTemplate. The API server completes the name. */
export function podFromTemplate(owner: KubeObject, { metadata, spec }: PodTemplateSpec): Draft<Pod> {
  const { labels, annotations, finalizers } = metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(Array.isArray(finalizers) && { finalizers }),
      ownerReferences: [controllerReference(owner)],
    },
    spec,
  };
}
