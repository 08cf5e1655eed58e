import { RecordedCluster, type Cluster, type ClusterBounds, type JournalEntry } from '@kubedrill/cluster-sim';
import {
  typeCommands,
  workstationHome,
  type ServerDocuments,
  type TerminalBound,
  type TypedCommand,
} from '@kubedrill/kubectl';
import type { ExerciseInstance } from '../exercise/instance.ts';
import { UnsupportedCommandError } from './unsupported-command.ts';

/** What was typed at the workstation, and what each command changed in the cluster. */
export interface TypedSession {
  readonly typed: readonly TypedCommand[];
  readonly journal: readonly JournalEntry[];
  /** For each entry of the journal the index of the command that made it. */
  readonly origins: readonly number[];
  readonly bound?: TerminalBound | keyof ClusterBounds;
}

/** What the cluster's API server says of itself: discovery, OpenAPI, its version. */
export type DocumentServer = (cluster: Cluster) => ServerDocuments;

/**
 * Types the commands at a workstation beside the cluster; each is typed when the cluster has come to rest after the one before.
 * Throws UnsupportedCommandError for what this platform lacks.
 */
export function typedSession(
  cluster: Cluster,
  { namespace, workstation }: Pick<ExerciseInstance, 'namespace' | 'workstation'>,
  text: string,
  serve?: DocumentServer,
): TypedSession {
  const typed: TypedCommand[] = [];
  const journal: JournalEntry[] = [];
  const origins: number[] = [];
  const recorded = new RecordedCluster(cluster, {
    hasRoom: true,
    append(entry) {
      journal.push(entry);
      origins.push(typed.length);
    },
  });
  const files = new Map(workstation.map(({ path, content }) => [`${workstationHome}/${path}`, content]));
  const typing = typeCommands(recorded, { namespace, files, ...(serve ? { server: serve(cluster) } : {}) }, text);
  for (;;) {
    const step = typing.next();
    if (step.done !== true) {
      typed.push(step.value);
      const report = cluster.settle();
      if (report.kind === 'limited') return { typed, journal, origins, bound: report.bound };
      continue;
    }
    const end = step.value;
    if (end.kind === 'unsupported') throw new UnsupportedCommandError(end.command, end.text);
    return { typed, journal, origins, ...(end.kind === 'limited' ? { bound: end.bound } : {}) };
  }
}
