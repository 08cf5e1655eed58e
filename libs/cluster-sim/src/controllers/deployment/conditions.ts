import type { ConditionStatus, WorkloadCondition } from '@kubedrill/kube-model';

export type DeploymentConditionType = 'Available' | 'Progressing' | 'ReplicaFailure';

/** Reasons of the condition Progressing: deployment_util.go. */
export const reasons = {
  replicaSetUpdated: 'ReplicaSetUpdated',
  created: 'NewReplicaSetCreated',
  found: 'FoundNewReplicaSet',
  available: 'NewReplicaSetAvailable',
  timedOut: 'ProgressDeadlineExceeded',
  paused: 'DeploymentPaused',
  resumed: 'DeploymentResumed',
} as const;

type Conditions = readonly WorkloadCondition[];

export function findCondition(
  conditions: Conditions | undefined,
  type: DeploymentConditionType,
): WorkloadCondition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

export function newCondition(
  type: DeploymentConditionType,
  status: ConditionStatus,
  reason: string,
  message: string,
  time: string,
): WorkloadCondition {
  return { type, status, lastUpdateTime: time, lastTransitionTime: time, reason, message };
}

/** SetDeploymentCondition: the same status and reason change nothing, the message included. */
export function withCondition(conditions: Conditions, condition: WorkloadCondition): Conditions {
  const current = conditions.find(({ type }) => type === condition.type);
  if (current && current.status === condition.status && current.reason === condition.reason) return conditions;
  const kept =
    current?.status === condition.status ? { ...condition, lastTransitionTime: current.lastTransitionTime } : condition;
  return [...conditions.filter(({ type }) => type !== condition.type), kept];
}

export function withoutCondition(conditions: Conditions, unwanted: DeploymentConditionType): Conditions {
  return conditions.some(({ type }) => type === unwanted)
    ? conditions.filter(({ type }) => type !== unwanted)
    : conditions;
}
