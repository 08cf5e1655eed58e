import type { GradingResult } from '@kubedrill/grader';
import type { Job, JobOutcome, ResultOf, SandboxJob } from './job.ts';
import type {
  Submission,
  SubmissionContent,
  SubmissionPosition,
  SubmissionState,
  SubmissionStatus,
  SubmissionSummary,
} from './submission.ts';

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
  readonly items: readonly SubmissionSummary[];
  /** Where the next page begins; absent on the last. */
  readonly next?: SubmissionPosition;
}

export interface SubmissionFilter {
  readonly userId: string;
  readonly exerciseId?: string;
  readonly after?: SubmissionPosition;
  readonly limit: number;
}

export type UnfinishedStatus = Exclude<SubmissionStatus, 'graded'>;

export interface UnfinishedFilter {
  readonly statuses: readonly UnfinishedStatus[];
  /** Only those whose status has not changed since. */
  readonly unchangedSince?: Date;
  readonly after?: SubmissionPosition;
  readonly limit: number;
}

export type CreateOutcome =
  { readonly kind: 'created' | 'existing'; readonly submission: Submission } | { readonly kind: 'conflict' };

/** The source of truth (an outbox): a submission is stored before it is queued. Instants are handed in. */
export interface SubmissionStore {
  /** 'conflict': the key was used before for another exercise, variant or content. */
  create(submission: NewSubmission): Promise<CreateOutcome>;
  find(id: string): Promise<Submission | undefined>;
  /** Whose it is and how far it is, without what was sent and what came out. */
  findState(id: string): Promise<SubmissionState | undefined>;
  /** Newest first. */
  list(filter: SubmissionFilter): Promise<SubmissionPage>;
  /** Moves on as `statusesBefore` allows; false when nothing moved. */
  markStatus(id: string, status: Exclude<SubmissionStatus, 'graded' | 'faulted'>, at: Date): Promise<boolean>;
  /** Result, check results, progress and standings in one transaction; a second result for one submission changes nothing. */
  recordResult(id: string, result: GradingResult, gradedAt: Date): Promise<'recorded' | 'alreadyGraded' | 'unknown'>;
  /** False when nothing changed: unknown, graded or faulted already. */
  recordFault(id: string, message: string, at: Date): Promise<boolean>;
  /** Oldest first: what a restart has to put into the queue again. */
  unfinished(filter: UnfinishedFilter): Promise<SubmissionPage>;
}

/** The way to the workers. Delivery is at least once; the store makes recording exactly once. */
export interface GradingQueue {
  /** Adding a job whose id is waiting or running already changes nothing. Rejects when the queue cannot be reached. */
  enqueue(job: Job): Promise<void>;
  /** One listener: hears when a worker takes a job up, and each job's end. Resolving acknowledges; rejecting asks for redelivery. */
  listen(listener: GradingListener): Promise<void>;
  /** Jobs waiting and running. */
  depth(): Promise<number>;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

export interface GradingListener {
  started(id: string): Promise<void>;
  finished(id: string, outcome: JobOutcome): Promise<void>;
}

/** Takes jobs from the queue and runs each with the handler; a handler that throws is retried with back-off, then a fault. */
export interface GradingWorker {
  start(handler: (job: Job) => Promise<JobOutcome>): Promise<void>;
  close(): Promise<void>;
}

/** Runs one job isolated from the platform and from other jobs. Throws only for platform faults. */
export interface Sandbox {
  run<J extends SandboxJob>(job: J): Promise<SandboxOutcome<ResultOf<J>>>;
  close(): Promise<void>;
}

export type SandboxOutcome<Result = GradingResult> =
  | { readonly kind: 'finished'; readonly result: Result }
  | { readonly kind: 'limited'; readonly bound: 'time' | 'memory'; readonly text: string }
  /** The learner asked for what the platform lacks: no verdict, and trying again would not help. */
  | { readonly kind: 'unsupported'; readonly text: string };

/** Told of platform trouble, for the log; never of the learner's. */
export type TroubleReport = (what: string, error: unknown) => void;

/** Gives the present instant; handed in so that tests decide it. */
export type Clock = () => Date;
