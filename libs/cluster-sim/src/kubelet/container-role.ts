import type { Container } from '@kubedrill/kube-model';

export type ContainerRole = 'init' | 'sidecar' | 'main';

/** A restartable init container is a sidecar. */
export function roleOf({ restartPolicy }: Container, isInit: boolean): ContainerRole {
  if (!isInit) return 'main';
  return restartPolicy === 'Always' ? 'sidecar' : 'init';
}
