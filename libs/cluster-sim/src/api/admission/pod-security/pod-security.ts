import { resources, type KubeObject, type ObjectMeta, type Pod, type PodSpec } from '@kubedrill/kube-model';
import type { ObjectView } from '../../../store/object-view.ts';
import type { FullContainer, FullPodSpec } from '../../kinds/pod-template/validation/pod-spec-shape.ts';
import type { ApiStatus } from '../../request.ts';
import { forbidden, invalid } from '../../status.ts';
import { isSameStandard, isStricter, policyOf, standardText, type Standard } from './policy.ts';
import { reviewedPod, type ReviewedPod } from './reviewed-pod.ts';
import { violationsOf, violationText } from './standards.ts';

/**
 * The admission plugin PodSecurity, without exemptions: a namespace's labels say what its pods may do. It looks at what has been
 * found valid, last before it is stored. k8s.io/pod-security-admission/admission/admission.go.
 */
export function admitByPodSecurity(
  view: ObjectView,
  object: KubeObject,
  old: KubeObject | undefined,
  warnings: string[] | undefined,
): ApiStatus | undefined {
  switch (object.kind) {
    case 'Namespace':
      return admitNamespace(view, object, old?.kind === 'Namespace' ? old : undefined, warnings);
    case 'Pod':
      return admitPod(view, object, old?.kind === 'Pod' ? old : undefined, warnings);
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return warnOfTemplate(view, object, object.spec.template, warnings);
    case 'CronJob':
      return warnOfTemplate(view, object, object.spec.jobTemplate.spec.template, warnings);
    default:
      return undefined;
  }
}

function admitPod(
  view: ObjectView,
  pod: Pod,
  old: Pod | undefined,
  warnings: string[] | undefined,
): ApiStatus | undefined {
  const policy = policyIn(view, pod.metadata.namespace);
  if (!policy || (old && !hasOtherImages(pod, old))) return undefined;
  const reviewed = reviewedPod(pod.metadata, pod.spec);
  const violations = violationsOf(reviewed, policy.enforce);
  if (violations.length === 0) return warn(reviewed, policy.warn, warnings);
  const why = `violates ${violationText(policy.enforce, violations)}`;
  return forbidden(resources.Pod, pod.metadata.name, why);
}

/** Templates are never refused: their pods will be. */
function warnOfTemplate(
  view: ObjectView,
  { metadata: { namespace } }: KubeObject,
  template: { readonly metadata?: Pick<ObjectMeta, 'annotations'>; readonly spec: PodSpec },
  warnings: string[] | undefined,
): undefined {
  if (!warnings) return undefined;
  const policy = policyIn(view, namespace);
  if (policy) warn(reviewedPod(template.metadata ?? {}, template.spec), policy.warn, warnings);
  return undefined;
}

function policyIn(view: ObjectView, namespace = ''): ReturnType<typeof policyOf> {
  return policyOf(view.get('Namespace', '', namespace)?.metadata.labels);
}

function warn(pod: ReviewedPod, standard: Standard, warnings: string[] | undefined): undefined {
  const violations = violationsOf(pod, standard);
  if (violations.length > 0) warnings?.push(`would violate ${violationText(standard, violations)}`);
}

/** isSignificantPodUpdate: of what may change in a pod, only its images and new ephemeral containers matter. */
function hasOtherImages(pod: Pod, old: Pod): boolean {
  const [now, before] = [pod.spec as FullPodSpec, old.spec as FullPodSpec];
  const added = (now.ephemeralContainers ?? []).some(({ name, image }) =>
    before.ephemeralContainers?.every((other) => other.name !== name || other.image !== image),
  );
  return (
    added ||
    (now.ephemeralContainers ?? []).length > (before.ephemeralContainers ?? []).length ||
    differ(now.containers ?? [], before.containers ?? []) ||
    differ(now.initContainers ?? [], before.initContainers ?? [])
  );
}

function differ(now: readonly FullContainer[], before: readonly FullContainer[]): boolean {
  return now.length !== before.length || now.some(({ image }, index) => image !== before[index]?.image);
}

type Namespace = Extract<KubeObject, { kind: 'Namespace' }>;

/** Labels that cannot be read are refused when they are new; a stricter level warns of the pods that are there. */
function admitNamespace(
  view: ObjectView,
  namespace: Namespace,
  old: Namespace | undefined,
  warnings: string[] | undefined,
): ApiStatus | undefined {
  const policy = policyOf(namespace.metadata.labels);
  if (!policy) return undefined;
  const before = policyOf(old?.metadata.labels);
  const knownErrors = new Set(before?.errors.map(({ field, body }) => `${field} ${body}`));
  const isOldNews =
    old !== undefined &&
    knownErrors.size === policy.errors.length &&
    policy.errors.every(({ field, body }) => knownErrors.has(`${field} ${body}`));
  if (policy.errors.length > 0 && !isOldNews)
    return invalid(resources.Namespace, namespace.metadata.name, policy.errors);
  if (old && warnings)
    warnOfPresentPods(view, namespace.metadata.name, policy.enforce, before?.enforce ?? unlimited, warnings);
  return undefined;
}

const unlimited: Standard = { level: 'privileged', minor: undefined };

function warnOfPresentPods(
  view: ObjectView,
  namespace: string,
  enforce: Standard,
  before: Standard,
  warnings: string[],
): void {
  const isRelaxed = enforce.minor === before.minor && !isStricter(enforce, before);
  if (isSameStandard(enforce, before) || enforce.level === 'privileged' || isRelaxed) return;
  const namesOf = new Map<string, string[]>();
  for (const { metadata, spec } of view.list('Pod', namespace)) {
    const violations = violationsOf(reviewedPod(metadata, spec), enforce);
    if (violations.length === 0) continue;
    const reasons = violations.map(({ reason }) => reason).join(', ');
    const names = namesOf.get(reasons) ?? [];
    names.push(metadata.name);
    namesOf.set(reasons, names);
  }
  if (namesOf.size === 0) return;
  const level = `"${standardText(enforce)}"`;
  warnings.push(`existing pods in namespace "${namespace}" violate the new PodSecurity enforce level ${level}`);
  warnings.push(...[...namesOf].map(([reasons, names]) => `${podsText(names)}: ${reasons}`).sort());
}

function podsText(names: readonly string[]): string {
  const first = [...names].sort()[0] ?? '';
  const others = names.length - 1;
  return others === 0 ? first : `${first} (and ${others} other ${others === 1 ? 'pod' : 'pods'})`;
}
