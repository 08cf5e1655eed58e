import type { SelfTestReport } from '@kubedrill/content';

/** A part of a self-test: one variant with some of the seeds. */
export interface TrialJob {
  readonly exercise: string;
  readonly variant: string;
  readonly seeds: readonly number[];
}

/** fault: a bug of ours, or an exercise that cannot be prepared. */
export type TrialAnswer =
  { readonly kind: 'report'; readonly report: SelfTestReport } | { readonly kind: 'fault'; readonly text: string };
