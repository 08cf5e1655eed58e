import type { Pod, ReplicaSet, WorkloadCondition } from '@kubedrill/kube-model';
import { formatTime, type Instant } from '../../engine/time.ts';
import { hasLabels } from '../label-selector.ts';
import { availableFrom } from '../pod-state.ts';
import { sameValue } from '../same-value.ts';
import type { ReplicatingSet } from './replicating-set.ts';

export interface CountedStatus {
  /** Undefined when the stored status says so already. */
  readonly status: ReplicaSet['status'] | undefined;
  /** When the next Pod has been ready for minReadySeconds. */
  readonly nextAvailable: Instant | undefined;
}

/** pkg/controller/replicaset/replica_set_utils.go calculateStatus and updateReplicaSetStatus. */
export function countedStatus(
  set: ReplicatingSet,
  pods: readonly Pod[],
  terminating: number,
  failure: string | undefined,
  now: Instant,
): CountedStatus {
  const { minReadySeconds = 0, template } = set.spec;
  const templateLabels = template.metadata?.labels ?? {};
  let [labelled, ready, available] = [0, 0, 0];
  let nextAvailable: Instant | undefined;
  for (const pod of pods) {
    if (hasLabels(pod.metadata.labels, templateLabels)) labelled += 1;
    const from = availableFrom(pod, minReadySeconds);
    if (from === undefined) continue;
    ready += 1;
    if (from <= now) available += 1;
    else nextAvailable = Math.min(from, nextAvailable ?? from);
  }
  const conditions = conditionsOf(set, pods.length, failure, now);
  const status: ReplicaSet['status'] = {
    replicas: pods.length,
    ...(labelled > 0 ? { fullyLabeledReplicas: labelled } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    // ReplicationControllers don't say it.
    ...(set.kind === 'ReplicaSet' ? { terminatingReplicas: terminating } : {}),
    observedGeneration: set.metadata.generation,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
  return { status: sameValue(status, set.status) ? undefined : status, nextAvailable };
}

/** A failure is noted once; it goes when Pods can be created and deleted again. */
function conditionsOf(
  { spec, status }: ReplicatingSet,
  pods: number,
  failure: string | undefined,
  now: Instant,
): readonly WorkloadCondition[] {
  const { conditions = [] } = status;
  const isNoted = conditions.some(({ type }) => type === 'ReplicaFailure');
  if (failure === undefined) return isNoted ? conditions.filter(({ type }) => type !== 'ReplicaFailure') : conditions;
  if (isNoted) return conditions;
  const reason = pods < spec.replicas ? 'FailedCreate' : 'FailedDelete';
  const lastTransitionTime = formatTime(now);
  return [...conditions, { type: 'ReplicaFailure', status: 'True', lastTransitionTime, reason, message: failure }];
}
