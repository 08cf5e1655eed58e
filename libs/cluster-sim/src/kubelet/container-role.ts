import type { Container, Pod } from '@kubedrill/kube-model';

export type ContainerRole = 'init' | 'sidecar' | 'main' | 'ephemeral';

/** What an init container is: a restartable one is a sidecar. */
export function initRoleOf({ restartPolicy }: Container): 'init' | 'sidecar' {
  return restartPolicy === 'Always' ? 'sidecar' : 'init';
}

/** Of whatever role: pkg/api/v1/pod/util.go VisitContainers, in its order. */
export function allContainers({ spec }: Pick<Pod, 'spec'>): readonly Container[] {
  const { initContainers = [], containers, ephemeralContainers = [] } = spec;
  return [...initContainers, ...containers, ...ephemeralContainers];
}

/** Names are unique across the roles. */
export function containerNamed({ spec }: Pick<Pod, 'spec'>, name: string): Container | undefined {
  const isNamed = (container: Container): boolean => container.name === name;
  return spec.containers.find(isNamed) ?? spec.initContainers?.find(isNamed) ?? spec.ephemeralContainers?.find(isNamed);
}
