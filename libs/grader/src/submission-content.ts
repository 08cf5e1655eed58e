import type { Instant, JournalEntry } from '@kubedrill/cluster-sim';
import type { ManifestFile } from '@kubedrill/kube-model';

/** A learner's cluster, by what was done to it since it began in the instance's initial state. */
export interface SubmittedSandbox {
  readonly id: string;
  readonly startTime: Instant;
  /** When it was submitted, on its own clock. */
  readonly until: Instant;
  readonly journal: readonly JournalEntry[];
}

/** What the learner sent: manifests, kubectl commands, answers to a prediction (by the id of the check that asks), or a sandbox. */
export type SubmissionContent =
  | { readonly kind: 'files'; readonly files: readonly ManifestFile[] }
  | { readonly kind: 'commands'; readonly commands: readonly string[] }
  | { readonly kind: 'answers'; readonly answers: Readonly<Record<string, string>> }
  | { readonly kind: 'sandbox'; readonly sandbox: SubmittedSandbox };
