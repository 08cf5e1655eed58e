import type { ManifestFile } from '@kubedrill/kube-model';
import type { CheckDeclaration } from '../checks/declaration.ts';
import type { Step } from '../scenario/step.ts';
import type { ClusterSetup } from './cluster-setup.ts';
import type { Constraints } from './constraints.ts';

/** What a learner hands in: manifests, commands typed at a workstation, or answers to a prediction. */
export type SubmissionKind = 'files' | 'commands' | 'answers';

/** One variant of an exercise made concrete by a seed: nothing in it is a parameter any more. */
export interface ExerciseInstance {
  /** Digest of the exercise version that it comes from. */
  readonly digest: string;
  readonly variant: string;
  readonly seed: number;
  readonly points: number;
  readonly accepts: SubmissionKind;
  /** Where documents go that name no namespace. */
  readonly namespace: string;
  readonly cluster: ClusterSetup;
  readonly constraints: Constraints;
  readonly scenario: readonly Step[];
  readonly checks: readonly CheckDeclaration[];
  /** The manifests that `cluster.manifests` and `apply` steps name, by path. */
  readonly manifests: readonly ManifestFile[];
  /** What lies in the home directory of the workstation at which commands are typed. */
  readonly workstation: readonly ManifestFile[];
}
