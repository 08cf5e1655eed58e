import type { Container, ContainerStatus, Pod, PodCondition } from '@kubedrill/kube-model';
import { shouldRestart } from '../../../kubelet/restart-policy.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid } from '../../validation/field-error.ts';
import { GoValue } from '../../validation/go-quote.ts';
import { immutable } from '../../validation/immutable.ts';
import { legacyIp, parseIp } from '../../validation/ip-address.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { statusPath } from '../../validation/path.ts';
import { formatted } from '../../validation/rule.ts';
import { dns1123Subdomain, qualifiedName } from '../../validation/text-format.ts';

type Status = Pod['status'] & { readonly nominatedNodeName?: string };
type Addresses = readonly { readonly ip: string }[];

/** ValidatePodStatusUpdate of pkg/apis/core/validation/validation.go, without what drivers of devices report. */
export function validatePodStatus(pod: Pod, old: Pod): readonly FieldError[] {
  const report: FieldError[] = [];
  const { conditions = [], observedGeneration = 0, podIPs = [], hostIPs = [], hostIP = '' } = pod.status;
  validateMetadataUpdate(pod.metadata, old.metadata, report);
  for (const [index, condition] of conditions.entries())
    conditionOf(condition, statusPath.child('conditions').index(index), report);
  if (pod.spec.nodeName !== old.spec.nodeName)
    report.push(forbidden(statusPath.child('nodeName'), 'may not be changed directly'));
  nomination(pod, old, statusPath.child('nominatedNodeName'), report);
  if (observedGeneration < 0)
    report.push(invalid(statusPath.child('observedGeneration'), observedGeneration, 'must be a non-negative integer'));
  immutable(pod.status.qosClass ?? '', old.status.qosClass ?? '', statusPath.child('qosClass'), report);
  if (!allCouldRestart(old)) statesKept(pod, old, report);
  addresses(podIPs, old.status.podIPs, statusPath.child('podIPs'), report);
  const first = hostIPs[0]?.ip;
  if (first !== undefined && first !== hostIP)
    report.push(invalid(statusPath.child('hostIPs').index(0).child('ip'), first, 'must be equal to `hostIP`'));
  addresses(hostIPs, old.status.hostIPs, statusPath.child('hostIPs'), report);
  return report;
}

const systemConditions = new Set(['PodScheduled', 'Ready', 'Initialized']);

function conditionOf({ type, observedGeneration = 0 }: PodCondition, at: Path, report: FieldError[]): void {
  if (observedGeneration < 0)
    report.push(invalid(at.child('observedGeneration'), observedGeneration, 'must be a non-negative integer'));
  if (!systemConditions.has(type)) formatted(qualifiedName)(type, at.child('Type'), report);
}

/** Only a pod without a node waits for one. */
function nomination(pod: Pod, old: Pod, at: Path, report: FieldError[]): void {
  const [{ nominatedNodeName: name }, { nominatedNodeName: before }] = [pod.status as Status, old.status as Status];
  if (!name || name === before) return;
  formatted(dns1123Subdomain)(name, at, report);
  if (old.spec.nodeName) report.push(forbidden(at, 'may not be set on pods that are already bound to a node'));
}

/** AllContainersCouldRestart: one rule is enough for any container to come back. */
function allCouldRestart({ spec }: Pod): boolean {
  const hasRule = ({ restartPolicyRules }: Container): boolean =>
    restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers') ?? false;
  return (spec.containers ?? []).some(hasRule) || (spec.initContainers?.some(hasRule) ?? false);
}

/** ValidateContainerStateTransition and that of init containers: what has ended for good stays so. */
function statesKept(pod: Pod, { spec, status: old }: Pod, report: FieldError[]): void {
  for (const [list, containers] of [
    ['containerStatuses', spec.containers],
    ['initContainerStatuses', spec.initContainers],
  ] as const) {
    for (const [index, before] of (old[list] ?? []).entries()) {
      const { terminated } = before.state ?? {};
      if (!terminated || !isBack(before.name, pod.status[list])) continue;
      const container = containers?.find(({ name }) => name === before.name);
      if (container && shouldRestart(container, spec.restartPolicy, terminated.exitCode)) continue;
      const place = statusPath.child(list).index(index).child('state');
      report.push(forbidden(place, 'may not be transitioned to non-terminated state'));
    }
  }
}

function isBack(name: string, statuses: readonly ContainerStatus[] | undefined): boolean {
  const status = statuses?.find((candidate) => candidate.name === name);
  return status !== undefined && !status.state?.terminated;
}

/** Of each family one; what was there before is not looked at again. */
function addresses(list: Addresses, old: Addresses | undefined, at: Path, report: FieldError[]): void {
  const known = (old ?? []).map(({ ip }) => ip);
  for (const [index, { ip }] of list.entries()) legacyIp(ip, at.index(index), report, known);
  if (list.length < 2) return;
  const families = new Set(list.map(({ ip }) => parseIp(ip)?.family));
  if (list.length === 2 && families.size === 2) return;
  const shown = new GoValue(`[${list.map(({ ip }) => `{"IP":${JSON.stringify(ip)}}`).join(',')}]`);
  report.push(invalid(at, shown, 'may specify no more than one IP for each IP family'));
}
