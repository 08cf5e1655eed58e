import type { ClusterOptions, ProcessModel } from '@kubedrill/cluster-sim';
import type { ImageOverride } from '../exercise/cluster-setup.ts';

/** Set on Pods whose processes the scenario has stopped. */
export const stoppedAnnotation = 'kubedrill.dev/process';

const stopped: ProcessModel = { listeners: [] };

/** What the cluster asks before its catalogue of images: processes that the scenario stopped, images that the exercise replaces. */
export function replacedProcesses(images: readonly ImageOverride[]): NonNullable<ClusterOptions['processOverride']> {
  const processes = new Map(images.map((override) => [override.image, processOf(override)]));
  return (pod, container) => {
    if (pod.metadata.annotations?.[stoppedAnnotation] === 'stopped') return stopped;
    return processes.get(container.image);
  };
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
