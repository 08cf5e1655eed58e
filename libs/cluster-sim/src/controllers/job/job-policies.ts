import type { ContainerStatus, Job, Pod, PodFailureRule } from '@kubedrill/kube-model';
import { indexCount, parseIndexes, sharedCount, type IndexIntervals } from './index-intervals.ts';

/** What a rule of the Job says about a failed Pod. */
export interface FailureVerdict {
  readonly action: PodFailureRule['action'];
  /** Why the whole Job fails. */
  readonly message?: string;
}

/** pod_failure_policy.go: the first rule that matches. Without one, or without a policy, the failure counts. */
export function failureVerdict({ spec }: Job, pod: Pod): FailureVerdict {
  for (const [index, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const reason = matchedReason(rule, pod);
    if (reason === undefined) continue;
    const { action } = rule;
    return action === 'FailJob'
      ? { action, message: `${reason} matching ${action} rule at index ${index}` }
      : { action };
  }
  return { action: 'Count' };
}

function matchedReason({ onExitCodes, onPodConditions = [] }: PodFailureRule, pod: Pod): string | undefined {
  const { namespace = '', name } = pod.metadata;
  if (onExitCodes) {
    const ended = matchingContainer(pod, onExitCodes);
    const code = ended?.state.terminated?.exitCode;
    return ended && `Container ${ended.name} for pod ${namespace}/${name} failed with exit code ${String(code)}`;
  }
  const matching = pod.status.conditions?.find(({ type, status }) =>
    onPodConditions.some((pattern) => pattern.type === type && pattern.status === status),
  );
  return matching && `Pod ${namespace}/${name} has condition ${matching.type}`;
}

function matchingContainer(
  { status }: Pod,
  { containerName, operator, values }: NonNullable<PodFailureRule['onExitCodes']>,
): ContainerStatus | undefined {
  const all = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
  return all.find(({ name, state: { terminated } }) => {
    if (!terminated || terminated.exitCode === 0) return false;
    if (containerName !== undefined && containerName !== name) return false;
    return values.includes(terminated.exitCode) === (operator === 'In');
  });
}

/** success_policy.go matchSuccessPolicy: the message of the first rule that is fulfilled. */
export function metSuccessRule({ spec }: Job, succeeded: IndexIntervals): string | undefined {
  if (succeeded.length === 0) return undefined;
  const rules = spec.successPolicy?.rules ?? [];
  const index = rules.findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && indexCount(succeeded) >= succeededCount;
    const wanted = parseIndexes(succeededIndexes, spec.completions ?? 0);
    if (wanted.length === 0) return false;
    const shared = sharedCount(wanted, succeeded);
    return shared === indexCount(wanted) || (succeededCount !== undefined && shared >= succeededCount);
  });
  return index < 0 ? undefined : `Matched rules at index ${index}`;
}
