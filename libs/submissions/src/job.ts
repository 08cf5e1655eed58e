import type { GradingResult } from '@kubedrill/grader';
import type { GradingJob, GradingOutcome } from './grading-job.ts';
import type { RegradedItem, RegradingJob } from './regrades/regrade.ts';

/** What a sandboxed process does in one go. */
export type SandboxJob = GradingJob | RegradingJob;

/** What comes of it. */
export type ResultOf<J extends SandboxJob> = J extends GradingJob
  ? GradingResult
  : J extends RegradingJob
    ? readonly RegradedItem[]
    : never;

/** What the queue carries to workers. The first word of an id that is no submission's says whose it is: "regrade-...". */
export type Job = GradingJob | RegradingJob;

/** What it carries back. */
export type JobOutcome = GradingOutcome | { readonly kind: 'regraded'; readonly items: readonly RegradedItem[] };
