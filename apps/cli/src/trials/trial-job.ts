import type { MutationReport, SelfTestReport } from '@kubedrill/content';

/** A part of a self-test or of a mutation test: one variant with some of the seeds. */
export type TrialJob = TestJob | MutationJob;

interface JobSubject {
  readonly exercise: string;
  readonly variant: string;
  readonly seeds: readonly number[];
}

export interface TestJob extends JobSubject {
  readonly kind: 'test';
}

export interface MutationJob extends JobSubject {
  readonly kind: 'mutate';
  /** Mutants of one solution with one seed. */
  readonly mutants: number;
  /** Milliseconds that the job may take; what is not tried by then is left out. */
  readonly time: number;
}

/** What comes of each kind of job. */
export interface TrialReports {
  readonly test: SelfTestReport;
  readonly mutate: MutationReport;
}

/** fault: a bug of ours, or an exercise that cannot be prepared. */
export type TrialAnswer =
  | { readonly kind: 'report'; readonly report: TrialReports[TrialJob['kind']] }
  | { readonly kind: 'fault'; readonly text: string };
