import type { Pod, PodCondition } from '@kubedrill/kube-model';
import { ipWarnings } from '../../validation/ip-address.ts';
import { statusPath } from '../../validation/path.ts';
import type { SubresourceStrategy } from '../kind-definition.ts';
import { withMembers } from '../pod-template/with-members.ts';
import { validatePodStatus } from './pod-status-validation.ts';

/** podStatusStrategy of registry/core/pod/strategy.go. */
export const podStatusStrategy: SubresourceStrategy<'Pod'> = {
  prepareForUpdate(pod, old) {
    const { ownerReferences, deletionTimestamp } = old.metadata;
    const status = withMembers(pod.status, { qosClass: pod.status.qosClass ?? old.status.qosClass });
    return {
      ...pod,
      metadata: withMembers(pod.metadata, { ownerReferences, deletionTimestamp }),
      spec: old.spec,
      status: { ...status, ...withObservedGenerations(pod, old) },
    };
  },
  validateUpdate: validatePodStatus,
  warningsOnUpdate: ({ status: { podIPs = [], hostIPs = [] } }) => [
    ...podIPs.flatMap(({ ip }, index) => ipWarnings(ip, statusPath.child('podIPs').index(index).child('ip'))),
    ...hostIPs.flatMap(({ ip }, index) => ipWarnings(ip, statusPath.child('hostIPs').index(index).child('ip'))),
  ],
};

/** preserveOldObservedGeneration: who does not know of it does not clear it. */
function withObservedGenerations(pod: Pod, old: Pod): Partial<Pod['status']> {
  const observedGeneration = pod.status.observedGeneration ?? old.status.observedGeneration;
  const unclaimed = [...(old.status.conditions ?? [])];
  const conditions = pod.status.conditions?.map((condition): PodCondition => {
    const position = unclaimed.findIndex(({ type }) => type === condition.type);
    const before = position < 0 ? undefined : unclaimed.splice(position, 1)[0];
    const observed = condition.observedGeneration ?? before?.observedGeneration;
    return observed === condition.observedGeneration ? condition : { ...condition, observedGeneration: observed };
  });
  return { ...(observedGeneration !== undefined && { observedGeneration }), ...(conditions && { conditions }) };
}
