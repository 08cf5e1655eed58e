import type { JournalEntry, Probe, ProxyMode, TracedOutcome } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';

/** The exercise in whose initial state a sandbox begins, pinned to a version. */
export interface SandboxExercise {
  readonly id: string;
  readonly digest: string;
  readonly variant: string;
  readonly seed: number;
}

/** A named position in a sandbox's journal. */
export interface SandboxSnapshot {
  readonly name: string;
  /** How many entries of the journal it has. */
  readonly position: number;
  readonly createdAt: Date;
}

/** A simulated cluster of a learner's own, to be worked on with kubectl. */
export interface LearnerSandbox {
  readonly id: string;
  readonly userId: string;
  readonly exercise?: SandboxExercise;
  /** Of a sandbox without an exercise; those of an exercise are the exercise's. */
  readonly nodes: number;
  readonly proxyMode: ProxyMode;
  readonly seed: number;
  /** How fast its clock runs, as a multiple of real time. */
  readonly speed: number;
  /** When its clock began, anew with each reset. */
  readonly startedAt: Date;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  /** SHA-256 of its token, in hex. */
  readonly tokenDigest: string;
  /** In the order in which they were taken. */
  readonly snapshots: readonly SandboxSnapshot[];
}

export type NewSandbox = Omit<LearnerSandbox, 'snapshots'>;

export interface SandboxStore {
  /** tooMany: the learner has `most` already. */
  create(sandbox: NewSandbox, most: number): Promise<'created' | 'tooMany'>;
  find(id: string): Promise<LearnerSandbox | undefined>;
  /** Oldest first. */
  ofUser(userId: string): Promise<readonly LearnerSandbox[]>;
  /** False: it is gone, as for all that follow. */
  markUsed(id: string, at: Date, expiresAt: Date): Promise<boolean>;
  /** From an empty journal: its snapshots go. */
  restart(id: string, startedAt: Date): Promise<boolean>;
  addSnapshot(id: string, snapshot: SandboxSnapshot): Promise<'added' | 'nameTaken' | 'gone'>;
  /** Those behind the position go. */
  cutSnapshots(id: string, position: number): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  /** Those that ended before, at most so many. */
  expired(before: Date, limit: number): Promise<readonly LearnerSandbox[]>;
}

/** What a host has to know of a sandbox to make its cluster. Plain data. */
export interface HostedSandbox {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly speed: number;
  readonly origin:
    | { readonly kind: 'bare'; readonly seed: number; readonly nodes: number; readonly proxyMode: ProxyMode }
    | {
        readonly kind: 'exercise';
        readonly exercise: Json;
        readonly exerciseDigest: string;
        readonly variant: string;
        readonly seed: number;
      };
}

/** How far a sandbox is. */
export interface SandboxProgress {
  /** Entries of its journal. */
  readonly position: number;
  /** On its own clock. */
  readonly now: number;
}

/** A sandbox that cannot be had now, and why: its journal does not replay, or its host is being replaced. */
export class SandboxUnavailable extends Error {
  override readonly name = 'SandboxUnavailable';
}

/**
 * Where the clusters are. They are made from their journals when somebody asks for them. All reject with SandboxUnavailable where that
 * fails.
 */
export interface SandboxHosts {
  open(sandbox: HostedSandbox): Promise<SandboxProgress>;
  /** Sends one probe into the sandbox's network. */
  connect(sandbox: HostedSandbox, probe: Probe): Promise<TracedOutcome>;
  /** The journal up to the position. */
  journal(id: string, position: number): Promise<readonly JournalEntry[]>;
  /** Cuts what is behind the position; the cluster is made anew when it is asked for next. */
  goBack(id: string, position: number): Promise<void>;
  /** Cluster and journal go. */
  erase(id: string): Promise<void>;
}
