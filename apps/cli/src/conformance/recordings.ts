import type { CaseDirectory } from './case-directory.ts';
import { openApiRecordings } from './api/replay.ts';
import { openDataplaneRecordings } from './dataplane/replay.ts';
import { openTranscripts } from './kubectl/replay.ts';
import type { ClientName } from './kubectl/transcript-client.ts';
import type { CaseOutcome } from './report.ts';

/** A folder of cases that can be replayed one by one. */
export interface Recordings {
  /** "<topic>/<case>", sorted. */
  readonly names: readonly string[];
  replay(name: string): CaseOutcome | Promise<CaseOutcome>;
}

/** Recordings that are replayed within the simulation, where no real time passes. */
export interface SimulatedRecordings extends Recordings {
  replay(name: string): CaseOutcome;
}

/** `client`: who runs recorded kubectl sessions. */
export function openRecordings({ kind, path }: CaseDirectory, client: ClientName): Recordings {
  switch (kind) {
    case 'api':
      return openApiRecordings(path);
    case 'dataplane':
      return openDataplaneRecordings(path);
    case 'kubectl':
      return openTranscripts(path, client);
  }
}
