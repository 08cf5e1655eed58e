import path from 'node:path';
import type { Cluster } from '@kubedrill/cluster-sim';
import { filesBelow } from '../case-directory.ts';
import type { Recordings } from '../recordings.ts';
import { outcomeOfSession, type CaseOutcome, type StepDifference } from '../report.ts';
import { Normalisation } from './normalisation/normalised-output.ts';
import { ownClient } from './own-client.ts';
import { realClient } from './real-client.ts';
import { createRecordedLab, mayWrite, settleLab } from './recorded-lab.ts';
import { compareStep } from './step-comparison.ts';
import type { ClientName, TranscriptClient } from './transcript-client.ts';
import { newestClient, readTranscript, type Transcript } from './transcript.ts';

/** Sessions of kubectl, a file each; "<client's version>/<session>". */
export function openTranscripts(folder: string, clientName: ClientName): Recordings {
  const files = new Map(filesBelow(folder, '.yaml').map((file) => [sessionName(file), path.join(folder, file)]));
  const names = [...files.keys()].sort();
  let opened: Promise<Opened> | undefined;
  return {
    // The project's own kubectl is the newest.
    names: clientName === 'real' ? names : names.filter((name) => name.startsWith(`${newestClient}/`)),
    async replay(name): Promise<CaseOutcome> {
      opened ??= open(clientName);
      const { client, lab } = await opened;
      return outcomeOfSession(`kubectl/${name}`, () => {
        const file = files.get(name);
        if (file === undefined) throw new Error(`there is no session ${name}`);
        return replaySession(readTranscript(file), client, lab.fork());
      });
    },
  };
}

interface Opened {
  readonly client: TranscriptClient;
  readonly lab: Cluster;
}

async function open(clientName: ClientName): Promise<Opened> {
  return { client: clientName === 'real' ? await realClient() : ownClient, lab: createRecordedLab(Date.now()) };
}

/** "wait-kubectl-1.27.yaml" -> "1.27/wait". */
function sessionName(file: string): string {
  const [, session = '', version = newestClient] = /^(.+?)(?:-kubectl-([\d.]+))?\.yaml$/.exec(file) ?? [];
  return `${version}/${session}`;
}

async function replaySession(
  transcript: Transcript,
  client: TranscriptClient,
  cluster: Cluster,
): Promise<readonly StepDifference[]> {
  const session = await client.open(transcript, cluster);
  const normalisation = new Normalisation(transcript, session.places);
  const differences: StepDifference[] = [];
  try {
    for (const [index, step] of transcript.steps.entries()) {
      normalisation.observe(cluster.view);
      const output = await session.runStep(step.run);
      if (mayWrite(step.run)) {
        settleLab(cluster);
        session.timePassed();
      }
      normalisation.observe(cluster.view);
      differences.push(...compareStep(index, step, normalisation.normalised(output, step)));
    }
  } finally {
    await session.close();
  }
  return differences;
}
