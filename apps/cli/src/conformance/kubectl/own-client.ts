import { runOnWorkstation } from '@kubedrill/kubectl';
import type { TranscriptClient } from './transcript-client.ts';

const directory = '/root';

/** This project's own kubectl in its own shell; the cluster's clock alone tells the time. */
export const ownClient: TranscriptClient = {
  open({ files }, cluster) {
    const written = new Map([...files].map(([name, content]) => [`${directory}/${name}`, content]));
    const workstation = { namespace: 'default', files: written };
    return Promise.resolve({
      places: [{ text: directory, placeholder: '<dir>' }],
      runStep(run) {
        const { stdout, stderr, exitCode } = runOnWorkstation(cluster, workstation, run);
        return Promise.resolve({ stdout, stderr, rc: exitCode });
      },
      timePassed: () => undefined,
      close: () => Promise.resolve(),
    });
  },
};
