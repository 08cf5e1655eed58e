import type { BehaviourOf, ClusterOptions, ProcessModel } from '@kubedrill/cluster-sim';
import type { ImageOverride } from '../exercise/cluster-setup.ts';

/** Set on Pods whose processes the scenario has stopped. */
export const stoppedAnnotation = 'kubedrill.dev/process';

/** What the kubelets are told of Pods whose processes were stopped: their containers run on and are not ready. */
export const stoppedPods: BehaviourOf = ({ metadata }) =>
  metadata.annotations?.[stoppedAnnotation] === 'stopped' ? { container: () => ({ ready: false }) } : undefined;

/** What the cluster asks before its catalogue of images. */
export function replacedProcesses(images: readonly ImageOverride[]): NonNullable<ClusterOptions['processOverride']> {
  const processes = new Map(images.map((override) => [override.image, processOf(override)]));
  return (_, container) => processes.get(container.image);
}

function processOf({ listens, exit, startup }: ImageOverride): ProcessModel {
  return {
    listeners: listens.map(({ port, protocol, address, http }) => ({
      port,
      protocol,
      address,
      application: http
        ? {
            kind: 'http',
            respond: () => ({ status: http.status, headers: { 'content-type': 'text/plain' }, body: http.body }),
          }
        : { kind: 'silent' },
    })),
    ...(exit ? { exit } : {}),
    ...(startup === undefined ? {} : { startup }),
  };
}
