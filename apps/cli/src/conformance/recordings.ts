import type { CaseDirectory } from './case-directory.ts';
import { openApiRecordings } from './api/replay.ts';
import { openDataplaneRecordings } from './dataplane/replay.ts';
import type { CaseOutcome } from './report.ts';

/** A folder of cases that can be replayed one by one. */
export interface Recordings {
  /** "<topic>/<case>", sorted. */
  readonly names: readonly string[];
  replay(name: string): CaseOutcome;
}

/** Undefined: such recordings cannot be replayed in process. */
export function openRecordings({ kind, path }: CaseDirectory): Recordings | undefined {
  switch (kind) {
    case 'api':
      return openApiRecordings(path);
    case 'dataplane':
      return openDataplaneRecordings(path);
    case 'kubectl':
      return undefined;
  }
}
