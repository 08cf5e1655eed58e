import type { Container, Pod, PodCondition } from '@kubedrill/kube-model';
import type { Duration } from '../engine/time.ts';

/**
 * What somebody dictates to the kubelet instead of what images and probes would give: a recording's annotations, an exercise. It
 * is asked anew at every look at the Pod, so it may follow the Pod's annotations.
 */
export interface PodBehaviour {
  /** How long the Pod lingers once it is being deleted, at most its grace period; settling does not wait for it. */
  readonly terminateAfter?: Duration;
  /** Instead of the next free one of its node; not for a Pod in the node's network. */
  readonly address?: string;
  /** How the Pod lists its conditions, where it is not the kubelet's own order. */
  readonly conditionOrder?: readonly PodCondition['type'][];
  /** Undefined: image and probes decide. */
  container(container: Container): ContainerBehaviour | undefined;
}

/** A dictated container needs no image and has no probes; it listens on what the cluster's processOverride says, if anything. */
export interface ContainerBehaviour {
  readonly ready: boolean;
  /** After its start. */
  readonly readyAfter?: Duration;
  /** It does not get beyond that reason; with an exit code it has run before (CrashLoopBackOff). */
  readonly waiting?: { readonly reason: string; readonly message?: string; readonly lastExitCode?: number };
  readonly exit?: { readonly after: Duration; readonly code: number };
}

export type BehaviourOf = (pod: Pod) => PodBehaviour | undefined;
