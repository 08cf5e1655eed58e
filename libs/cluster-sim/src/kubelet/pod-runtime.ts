import type { Duration, Instant } from '../engine/time.ts';
import type { ContainerContext, ImageModel, LogLine, ProcessModel } from '../images/image-model.ts';
import type { ProbeProgress } from './probe-schedule.ts';

/**
 * What a kubelet knows of a Pod besides what it has written into the status: immutable, so that forks share it. Times are exact
 * here; the status shows whole seconds.
 */
export interface PodRuntime {
  readonly uid: string;
  /** When the sandbox is up and the first container can start. */
  readonly sandboxAt: Instant;
  /** Undefined until the sandbox is up. */
  readonly address?: string;
  /** In the order of the spec, init containers first. */
  readonly containers: ReadonlyMap<string, ContainerRuntime>;
  /** Init containers have to run in the new sandbox before all others. */
  readonly mustInitialize?: true;
  /** The grace period in which its containers are being stopped for good; a later order may shorten it. */
  readonly endsWithin?: Duration;
  /** When a Pod whose end is dictated is gone. */
  readonly stopsAt?: Instant;
}

export interface ContainerRuntime {
  readonly state: ContainerRunState;
  readonly last?: Terminated;
  readonly restarts: number;
  /** How long the next restart has to wait: flowcontrol.Backoff, 10 seconds at first. */
  readonly backOff?: BackOff;
}

export interface BackOff {
  readonly duration: Duration;
  readonly since: Instant;
}

export type ContainerRunState = Waiting | Running | Terminated;

export interface Waiting {
  readonly kind: 'waiting';
  readonly reason: string;
  readonly message?: string;
  /** The image that could not be had: another one is tried at once. */
  readonly image?: string;
  readonly pull?: PullAttempts;
  /** When to try again, or to show the next reason; undefined: when something changes. */
  readonly until?: Instant;
}

/** Pulls of an image that have failed. */
export interface PullAttempts {
  readonly backOff: BackOff;
  readonly error: string;
  /** What the next synchronization does: shows that it has to wait, pulls once more, or shows how that has ended. */
  readonly next: 'backOff' | 'pull' | 'report';
}

export interface Running {
  readonly kind: 'running';
  readonly startedAt: Instant;
  /** Absent where the behaviour is dictated. */
  readonly instance?: ContainerInstance;
  /** Its postStart hook is at work until then: the kubelet reports the container when it is done. */
  readonly postStart?: { readonly until: Instant; readonly failure?: string };
  readonly stop?: Stop;
  readonly startup?: ProbeProgress;
  readonly readiness?: ProbeProgress;
  readonly liveness?: ProbeProgress;
}

/** A running container that has been told to stop. */
export interface Stop {
  readonly at: Instant;
  readonly exitCode: number;
  /** What the kubelet does next. */
  readonly then: 'restart' | 'failStart' | 'nothing';
}

/** A process that runs in a container. */
export interface ContainerInstance {
  readonly image: ImageModel;
  readonly context: ContainerContext;
  readonly process: ProcessModel;
}

export interface Terminated {
  readonly kind: 'terminated';
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** What the process had written. */
  readonly logs?: readonly LogLine[];
}
