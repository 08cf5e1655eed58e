import type { GradingResult } from '@kubedrill/grader';
import type { GradingJob, GradingOutcome } from './grading-job.ts';
import type { Submission, SubmissionContent, SubmissionStatus } from './submission.ts';

export interface NewSubmission {
  readonly id: string;
  readonly userId: string;
  readonly exerciseId: string;
  readonly exerciseDigest: string;
  readonly variant: string;
  readonly seed: number;
  readonly content: SubmissionContent;
  readonly createdAt: Date;
  /** Unique per user: the same key again gives the submission that it made first. */
  readonly idempotencyKey?: string;
}

export interface SubmissionPage {
  readonly items: readonly Submission[];
  readonly nextCursor?: string;
}

/** The source of truth (an outbox): a submission is stored before it is queued. */
export interface SubmissionStore {
  /** 'conflict': the key was used before for another content. */
  create(submission: NewSubmission): Promise<
    { readonly kind: 'created' | 'existing'; readonly submission: Submission } | { readonly kind: 'conflict' }
  >;
  find(id: string): Promise<Submission | undefined>;
  list(filter: { readonly userId: string; readonly exerciseId?: string; readonly cursor?: string; readonly limit: number }): Promise<SubmissionPage>;
  /** Moves on unless it is graded already; false when nothing moved. */
  markStatus(id: string, status: Exclude<SubmissionStatus, 'graded' | 'faulted'>): Promise<boolean>;
  /** Result, check results, progress and standings in one transaction; a second result for one submission changes nothing. */
  recordResult(id: string, result: GradingResult, gradedAt: Date): Promise<'recorded' | 'alreadyGraded' | 'unknown'>;
  recordFault(id: string, message: string): Promise<void>;
  /** Submitted, queued, running or faulted, oldest first: what a restart has to put into the queue again. */
  unfinished(limit: number): Promise<readonly Submission[]>;
}

/** The way to the workers. Delivery is at least once; the store makes recording exactly once. */
export interface GradingQueue {
  /** Adding a job whose id is waiting or running already changes nothing. Rejects when the queue cannot be reached. */
  enqueue(job: GradingJob): Promise<void>;
  /** One listener: hears when a worker takes a job up, and each job's end. Resolving acknowledges; rejecting asks for redelivery. */
  listen(listener: GradingListener): Promise<void>;
  /** Jobs waiting and running. */
  depth(): Promise<number>;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

export interface GradingListener {
  started(id: string): Promise<void>;
  finished(id: string, outcome: GradingOutcome): Promise<void>;
}

/** Takes jobs from the queue and runs each with the handler; a handler that throws is retried with back-off, then a fault. */
export interface GradingWorker {
  start(handler: (job: GradingJob) => Promise<GradingOutcome>): Promise<void>;
  close(): Promise<void>;
}

/** Runs one job isolated from the platform and from other jobs. Throws only for platform faults. */
export interface Sandbox {
  run(job: GradingJob): Promise<SandboxOutcome>;
  close(): Promise<void>;
}

export type SandboxOutcome =
  | { readonly kind: 'finished'; readonly result: GradingResult }
  | { readonly kind: 'limited'; readonly bound: 'time' | 'memory'; readonly text: string };
