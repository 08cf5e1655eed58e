import type { ClusterOptions, ProcessModel } from '@kubedrill/cluster-sim';
import type { ImageOverride } from '../exercise/cluster-setup.ts';

/** Set on Pods whose processes the scenario has stopped. */
export const stoppedAnnotation = 'kubedrill.dev/process';

/** Runs on and accepts no connection any more. Whether anybody notices is up to the probes of its Pod. */
const stopped: ProcessModel = { listeners: [], onStop: { exitCode: 0 } };

/** What the cluster asks before its catalogue of images: processes that the scenario stopped, images that the exercise replaces. */
export function replacedProcesses(images: readonly ImageOverride[]): NonNullable<ClusterOptions['processOverride']> {
  const processes = new Map(images.map((override) => [override.image, processOf(override)]));
  return ({ metadata }, container) =>
    metadata.annotations?.[stoppedAnnotation] === 'stopped' ? stopped : processes.get(container.image);
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
    onStop: { exitCode: 0 },
    ...(exit ? { exit } : {}),
    ...(startup === undefined ? {} : { startup }),
  };
}
