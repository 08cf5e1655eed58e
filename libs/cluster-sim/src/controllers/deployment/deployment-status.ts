import type { Deployment, ReplicaSet, WorkloadCondition } from '@kubedrill/kube-model';
import { formatTime, type Instant } from '../../engine/time.ts';
import { findCondition, newCondition, reasons, withCondition, withoutCondition } from './conditions.ts';
import { isComplete, maxUnavailable, sumOf } from './replica-sets.ts';

export type DeploymentStatus = Deployment['status'];

/** The ReplicaSets as they are after this reconciliation. */
export interface ReplicaSets {
  readonly fresh: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
}

/** pkg/controller/deployment/sync.go calculateStatus. `deployment` has the conditions to start from. */
export function statusOf(deployment: Deployment, { fresh, old }: ReplicaSets, now: Instant): DeploymentStatus {
  const all = fresh ? [...old, fresh] : old;
  const available = sumOf(all, (set) => set.status.availableReplicas);
  const unavailable = Math.max(0, sumOf(all, (set) => set.spec.replicas) - available);
  const isAvailable = available >= deployment.spec.replicas - maxUnavailable(deployment);
  const condition = isAvailable
    ? newCondition(
        'Available',
        'True',
        'MinimumReplicasAvailable',
        'Deployment has minimum availability.',
        formatTime(now),
      )
    : newCondition(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
        formatTime(now),
      );
  const { collisionCount, conditions = [] } = deployment.status;
  const replicas = sumOf(all, (set) => set.status.replicas);
  const updatedReplicas = fresh?.status.replicas ?? 0;
  const readyReplicas = sumOf(all, (set) => set.status.readyReplicas);
  // Counts of zero are absent (omitempty).
  return {
    observedGeneration: deployment.metadata.generation,
    ...(replicas > 0 && { replicas }),
    ...(updatedReplicas > 0 && { updatedReplicas }),
    ...(readyReplicas > 0 && { readyReplicas }),
    ...(available > 0 && { availableReplicas: available }),
    ...(unavailable > 0 && { unavailableReplicas: unavailable }),
    ...terminating(all),
    conditions: withCondition(conditions, condition),
    ...(collisionCount === undefined ? {} : { collisionCount }),
  };
}

/** GetTerminatingReplicaCountForReplicaSets: unknown while a ReplicaSet does not say. */
function terminating(all: readonly ReplicaSet[]): DeploymentStatus {
  let terminatingReplicas = 0;
  for (const { status } of all) {
    if (status.terminatingReplicas === undefined && (status.observedGeneration ?? 0) === 0) continue;
    if (status.terminatingReplicas === undefined) return {};
    terminatingReplicas += status.terminatingReplicas;
  }
  return { terminatingReplicas };
}

const noDeadline = 2147483647;

/** The seconds within which a rollout has to progress; undefined: any time will do. */
export function progressDeadline({ spec }: Deployment): number | undefined {
  return spec.progressDeadlineSeconds === noDeadline ? undefined : spec.progressDeadlineSeconds;
}

/** pkg/controller/deployment/progress.go syncRolloutStatus, without the write. */
export function withProgress(
  deployment: Deployment,
  status: DeploymentStatus,
  sets: ReplicaSets,
  now: Instant,
): DeploymentStatus {
  const conditions = status.conditions ?? [];
  const progressed =
    progressDeadline(deployment) === undefined
      ? withoutCondition(conditions, 'Progressing')
      : progressing(deployment, status, conditions, sets.fresh, now);
  const failure = replicaFailure(sets);
  return {
    ...status,
    conditions: failure ? withCondition(progressed, failure) : withoutCondition(progressed, 'ReplicaFailure'),
  };
}

function progressing(
  deployment: Deployment,
  status: DeploymentStatus,
  conditions: readonly WorkloadCondition[],
  fresh: ReplicaSet | undefined,
  now: Instant,
): readonly WorkloadCondition[] {
  const current = findCondition(deployment.status.conditions, 'Progressing');
  const wasComplete = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === reasons.available;
  if (wasComplete) return conditions;
  const subject = fresh ? `ReplicaSet "${fresh.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const time = formatTime(now);
  if (isComplete(deployment, status)) {
    const message = `${subject} has successfully progressed.`;
    return withCondition(conditions, newCondition('Progressing', 'True', reasons.available, message, time));
  }
  if (hasProgressed(deployment.status, status)) {
    const condition = newCondition(
      'Progressing',
      'True',
      reasons.replicaSetUpdated,
      `${subject} is progressing.`,
      time,
    );
    // Replaced even where status and reason are the same: the deadline counts from the last progress.
    const since =
      current?.status === 'True' ? { ...condition, lastTransitionTime: current.lastTransitionTime } : condition;
    return [...withoutCondition(conditions, 'Progressing'), since];
  }
  if (hasTimedOut(deployment, conditions, now)) {
    const message = `${subject} has timed out progressing.`;
    return withCondition(conditions, newCondition('Progressing', 'False', reasons.timedOut, message, time));
  }
  return conditions;
}

/** DeploymentProgressing. */
function hasProgressed(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus): number => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

function hasTimedOut(deployment: Deployment, conditions: readonly WorkloadCondition[], now: Instant): boolean {
  const condition = findCondition(conditions, 'Progressing');
  if (!condition || condition.reason === reasons.available) return false;
  if (condition.reason === reasons.timedOut) return true;
  const deadline = progressDeadline(deployment);
  return deadline !== undefined && Date.parse(condition.lastUpdateTime ?? '') + deadline * 1000 < now;
}

/** requeueStuckDeployment: when to see whether the deadline has passed. */
export function nextProgressCheck(deployment: Deployment, status: DeploymentStatus): Instant | undefined {
  const deadline = progressDeadline(deployment);
  const condition = findCondition(status.conditions, 'Progressing');
  if (deadline === undefined || !condition || condition.reason === reasons.timedOut || isComplete(deployment, status))
    return undefined;
  return Date.parse(condition.lastUpdateTime ?? '') + (deadline + 1) * 1000;
}

/** getReplicaFailures: of the new ReplicaSet first. */
function replicaFailure({ fresh, old }: ReplicaSets): WorkloadCondition | undefined {
  for (const set of fresh ? [fresh, ...old] : old) {
    const condition = set.status.conditions?.find(({ type }) => type === 'ReplicaFailure');
    if (condition) return { ...condition, lastUpdateTime: condition.lastTransitionTime };
  }
  return undefined;
}
