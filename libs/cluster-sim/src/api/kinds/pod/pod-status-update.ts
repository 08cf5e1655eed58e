import type { Pod, PodCondition } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid } from '../../validation/field-error.ts';
import { immutable } from '../../validation/immutable.ts';
import { ipWarnings, legacyIp } from '../../validation/ip-address.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { statusPath } from '../../validation/path.ts';
import { formatted } from '../../validation/rule.ts';
import { dns1123Subdomain, qualifiedName } from '../../validation/text-format.ts';
import type { SubresourceStrategy } from '../kind-definition.ts';
import { withMembers } from '../pod-template/with-members.ts';

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
  validateUpdate: validateStatus,
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

/** ValidatePodStatusUpdate, without what only kubelet reports. */
function validateStatus(pod: Pod, old: Pod): readonly FieldError[] {
  const report: FieldError[] = [];
  const {
    conditions = [],
    observedGeneration = 0,
    podIPs = [],
    hostIPs = [],
    nominatedNodeName,
  } = pod.status as Pod['status'] & {
    readonly nominatedNodeName?: string;
  };
  validateMetadataUpdate(pod.metadata, old.metadata, report);
  for (const [index, condition] of conditions.entries())
    conditionOf(condition, statusPath.child('conditions').index(index), report);
  if (pod.spec.nodeName !== old.spec.nodeName)
    report.push(forbidden(statusPath.child('nodeName'), 'may not be changed directly'));
  if (nominatedNodeName) formatted(dns1123Subdomain)(nominatedNodeName, statusPath.child('nominatedNodeName'), report);
  if (observedGeneration < 0)
    report.push(invalid(statusPath.child('observedGeneration'), observedGeneration, 'must be a non-negative integer'));
  immutable(pod.status.qosClass ?? '', old.status.qosClass ?? '', statusPath.child('qosClass'), report);
  const known = (list: readonly { readonly ip: string }[] | undefined): readonly string[] =>
    (list ?? []).map(({ ip }) => ip);
  for (const [index, { ip }] of podIPs.entries())
    legacyIp(ip, statusPath.child('podIPs').index(index), report, known(old.status.podIPs));
  for (const [index, { ip }] of hostIPs.entries())
    legacyIp(ip, statusPath.child('hostIPs').index(index), report, known(old.status.hostIPs));
  return report;
}

const systemConditions = new Set(['PodScheduled', 'Ready', 'Initialized']);

function conditionOf({ type, observedGeneration = 0 }: PodCondition, at: Path, report: FieldError[]): void {
  if (observedGeneration < 0)
    report.push(invalid(at.child('observedGeneration'), observedGeneration, 'must be a non-negative integer'));
  if (!systemConditions.has(type)) formatted(qualifiedName)(type, at.child('Type'), report);
}
