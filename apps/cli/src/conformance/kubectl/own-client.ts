import { kubeDocuments } from '@kubedrill/kube-api';
import { initialKubeconfig, runOnWorkstation } from '@kubedrill/kubectl';
import { recordedContext, recordedServer } from './recorded-lab.ts';
import type { TranscriptClient } from './transcript-client.ts';

const directory = '/root';

/** This project's own kubectl in its own shell; the cluster's clock alone tells the time. */
export const ownClient: TranscriptClient = {
  open({ files }, cluster) {
    const written = new Map([...files].map(([name, content]) => [`${directory}/${name}`, content]));
    const server = `https://${recordedServer}`;
    const workstation = {
      namespace: 'default',
      files: written,
      server: kubeDocuments(cluster, recordedServer),
      kubeconfig: initialKubeconfig({ ...recordedContext, server }),
    };
    return Promise.resolve({
      places: [
        { text: server, placeholder: '<server>' },
        { text: directory, placeholder: '<dir>' },
      ],
      runStep(run) {
        const { stdout, stderr, exitCode } = runOnWorkstation(cluster, workstation, run);
        return Promise.resolve({ stdout, stderr, rc: exitCode });
      },
      timePassed: () => undefined,
      close: () => Promise.resolve(),
    });
  },
};
