import { labelSelector, objectMeta } from '../../schema/object-meta.ts';
import { always, bool, int32, int64, list, named, object, pointer, string, time } from '../../schema/schema.ts';
import { podTemplateSpec } from '../pod-template/schema/pod-spec.ts';

/** batch/v1 Job. */

const onExitCodes = object('PodFailurePolicyOnExitCodesRequirement', {
  containerName: pointer(string),
  operator: always(named('v1.PodFailurePolicyOnExitCodesOperator', string)),
  values: always(list(int32, { listType: { kind: 'set' } })),
});

const onPodConditions = object('PodFailurePolicyOnPodConditionsPattern', {
  type: always(named('v1.PodConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
});

const podFailureRule = object('PodFailurePolicyRule', {
  action: always(named('v1.PodFailurePolicyAction', string)),
  onExitCodes,
  onPodConditions: list(onPodConditions),
});

const successRule = object('SuccessPolicyRule', {
  succeededIndexes: pointer(string),
  succeededCount: pointer(int32),
});

export const jobSpec = object('JobSpec', {
  parallelism: pointer(int32),
  completions: pointer(int32),
  activeDeadlineSeconds: pointer(int64),
  podFailurePolicy: object('PodFailurePolicy', { rules: always(list(podFailureRule)) }),
  successPolicy: object('SuccessPolicy', { rules: always(list(successRule)) }),
  backoffLimit: pointer(int32),
  backoffLimitPerIndex: pointer(int32),
  maxFailedIndexes: pointer(int32),
  selector: labelSelector,
  manualSelector: pointer(bool),
  template: always(podTemplateSpec),
  ttlSecondsAfterFinished: pointer(int32),
  completionMode: pointer(named('v1.CompletionMode', string)),
  suspend: pointer(bool),
  podReplacementPolicy: pointer(named('v1.PodReplacementPolicy', string)),
  managedBy: pointer(string),
});

export const jobCondition = object('JobCondition', {
  type: always(named('v1.JobConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastProbeTime: always(time),
  lastTransitionTime: always(time),
  reason: string,
  message: string,
});

export const jobStatus = object('JobStatus', {
  conditions: list(jobCondition, { patchMergeKey: 'type', listType: { kind: 'atomic' } }),
  startTime: time,
  completionTime: time,
  active: int32,
  succeeded: int32,
  failed: int32,
  terminating: pointer(int32),
  completedIndexes: string,
  failedIndexes: pointer(string),
  uncountedTerminatedPods: object('UncountedTerminatedPods', {
    succeeded: list(named('types.UID', string), { listType: { kind: 'set' } }),
    failed: list(named('types.UID', string), { listType: { kind: 'set' } }),
  }),
  ready: pointer(int32),
});

export const job = object('Job', { metadata: always(objectMeta), spec: always(jobSpec), status: always(jobStatus) });
