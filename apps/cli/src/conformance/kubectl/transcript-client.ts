import type { Cluster } from '@kubedrill/cluster-sim';
import type { StepOutput, Transcript } from './transcript.ts';

/** Something that runs the steps of a session: the real kubectl, or this project's own. */
export interface TranscriptClient {
  /** Ready for the first step: the session's files lie in the working directory. */
  open(transcript: Transcript, cluster: Cluster): Promise<ClientSession>;
}

export interface ClientSession {
  /** What stands for the working directory, the server and HOME in outputs, and its placeholder. */
  readonly places: readonly Place[];
  runStep(run: string): Promise<StepOutput>;
  /** The cluster has moved on by itself. */
  timePassed(): void;
  close(): Promise<void>;
}

export interface Place {
  readonly text: string;
  readonly placeholder: string;
}

export const clientNames = ['real', 'own'] as const;
export type ClientName = (typeof clientNames)[number];
