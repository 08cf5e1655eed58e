import type { Container, Pod, PodSpec, StringMap, Toleration } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, required } from '../../validation/field-error.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { metadataPath, specPath } from '../../validation/path.ts';
import { rangeError } from '../../validation/text-format.ts';
import { podAnnotations } from '../pod-template/validation/pod-annotations.ts';
import { appArmorOfContainer } from '../pod-template/validation/profile-annotations.ts';
import { tolerations } from '../pod-template/validation/scheduling.ts';
import { nodeAffinityExtended, nodeSelectorExtended } from './gated-pod-update.ts';
import { podSpecDiff } from './pod-spec-diff.ts';
import { validatePodMetadataAndSpec } from './pod-validation.ts';

const changeable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** ValidatePodUpdate: next to nothing of a pod can change. */
export function validatePodUpdate(pod: Pod, old: Pod): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(pod.metadata, old.metadata, report);
  validatePodMetadataAndSpec(pod, report);
  fixedAnnotations(pod, old, report);
  podAnnotations(pod.metadata.annotations, pod.spec, metadataPath.child('annotations'), report);
  if (!containersKept(containersOf(pod.spec), containersOf(old.spec), specPath.child('containers'), report))
    return report;
  if (
    !containersKept(
      pod.spec.initContainers ?? [],
      old.spec.initContainers ?? [],
      specPath.child('initContainers'),
      report,
    )
  )
    return report;
  if (!deadlineShortened(pod.spec, old.spec, report)) return report;
  tolerationsAdded(pod.spec.tolerations ?? [], old.spec.tolerations ?? [], report);
  gatesRemoved(pod.spec, old.spec, report);
  if (semanticallyEqual(pod.spec, old.spec)) return report;
  const unchanged = withChangeableOf(pod.spec, old.spec, report);
  if (semanticallyEqual(unchanged, old.spec)) return report;
  report.push(
    forbidden(
      specPath,
      `pod updates may not change fields other than ${changeable}\n${podSpecDiff(old.spec, unchanged)}`,
    ),
  );
  return report;
}

/** A decoded pod may have null for none. */
function containersOf(spec: PodSpec): readonly Container[] {
  return spec.containers ?? [];
}

const mirror = 'kubernetes.io/config.mirror';

/** ValidatePodSpecificAnnotationUpdates: some annotations are as fixed as the spec. */
export function fixedAnnotations({ metadata }: Pod, { metadata: old }: Pod, report: FieldError[]): void {
  const [now, before] = [new Map(entriesOf(metadata.annotations)), new Map(entriesOf(old.annotations))];
  const refuse = (key: string, what: 'may not add' | 'may not remove or update'): void => {
    const place = metadataPath.child('annotations').key(key);
    if (key.startsWith(appArmorOfContainer)) report.push(forbidden(place, `${what} AppArmor annotations`));
    if (key === mirror) report.push(forbidden(place, `${what} mirror pod annotation`));
  };
  for (const [key, value] of before) if (now.get(key) !== value) refuse(key, 'may not remove or update');
  for (const key of now.keys()) if (!before.has(key)) refuse(key, 'may not add');
}

function entriesOf(annotations: StringMap | undefined): readonly [string, string][] {
  return Object.entries(annotations ?? {});
}

/** ValidateContainerUpdates; false ends the validation. */
function containersKept(
  containers: readonly Container[],
  old: readonly Container[],
  at: Path,
  report: FieldError[],
): boolean {
  if (containers.length !== old.length) {
    report.push(forbidden(at, 'pod updates may not add or remove containers'));
    return false;
  }
  for (const [index, { image }] of containers.entries()) {
    const place = at.index(index).child('image');
    if (!image) report.push(required(place));
    else if (image.trim() !== image) report.push(invalid(place, image, 'must not have leading or trailing whitespace'));
  }
  return true;
}

const maxInt32 = 2 ** 31 - 1;

function deadlineShortened(spec: PodSpec, old: PodSpec, report: FieldError[]): boolean {
  const place = specPath.child('activeDeadlineSeconds');
  const [now, before] = [spec.activeDeadlineSeconds, old.activeDeadlineSeconds];
  if (now === undefined) {
    if (before !== undefined) report.push(invalid(place, null, 'must not update from a positive integer to nil value'));
    return true;
  }
  if (now < 0 || now > maxInt32) report.push(invalid(place, now, rangeError(0, maxInt32)));
  else if (before !== undefined && before < now)
    report.push(invalid(place, now, 'must be less than or equal to previous value'));
  else return true;
  return false;
}

/** validateOnlyAddedTolerations: of those that are there only the time may change. */
function tolerationsAdded(list: readonly Toleration[], old: readonly Toleration[], report: FieldError[]): void {
  const place = specPath.child('tolerations');
  const kept = old.every((before) =>
    list.some((now) =>
      semanticallyEqual({ ...before, tolerationSeconds: undefined }, { ...now, tolerationSeconds: undefined }),
    ),
  );
  if (kept) tolerations(list, place, report);
  else report.push(forbidden(place, 'existing toleration can not be modified except its tolerationSeconds'));
}

function gatesRemoved(spec: PodSpec, old: PodSpec, report: FieldError[]): void {
  const before = new Set((old.schedulingGates ?? []).map(({ name }) => name));
  for (const [index, { name }] of (spec.schedulingGates ?? []).entries()) {
    if (before.has(name)) continue;
    const place = specPath.child('schedulingGates').index(index).child('name');
    report.push(forbidden(place, `only deletion is allowed, but found new scheduling gate '${name}'`));
  }
}

/** The new spec, with everything that may change as it was before. */
function withChangeableOf(spec: PodSpec, old: PodSpec, report: FieldError[]): PodSpec {
  const kept: Record<string, unknown> = { ...spec };
  kept.containers = withOldImages(containersOf(spec), containersOf(old));
  if (spec.initContainers) kept.initContainers = withOldImages(spec.initContainers, old.initContainers ?? []);
  kept.activeDeadlineSeconds = old.activeDeadlineSeconds;
  kept.schedulingGates = old.schedulingGates;
  kept.tolerations = old.tolerations;
  if ((old.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1) {
    kept.terminationGracePeriodSeconds = old.terminationGracePeriodSeconds;
  }
  if (old.schedulingGates?.length) {
    nodeSelectorExtended(spec, old, report);
    kept.nodeSelector = old.nodeSelector;
    kept.affinity = nodeAffinityExtended(spec, old, report);
  }
  return kept as unknown as PodSpec;
}

function withOldImages(containers: readonly Container[], old: readonly Container[]): readonly Container[] {
  return containers.map((container, index) => ({ ...container, image: old[index]?.image ?? container.image }));
}
