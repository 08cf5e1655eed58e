import type { ManifestFile } from '@kubedrill/kube-model';

/** What the learner sent: manifests, kubectl commands, or answers to a prediction (by the id of the check that asks). */
export type SubmissionContent =
  | { readonly kind: 'files'; readonly files: readonly ManifestFile[] }
  | { readonly kind: 'commands'; readonly commands: readonly string[] }
  | { readonly kind: 'answers'; readonly answers: Readonly<Record<string, string>> };
