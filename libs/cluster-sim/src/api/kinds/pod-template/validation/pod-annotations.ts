import type { PodSpec, StringMap } from '@kubedrill/kube-model';
import type { FieldError } from '../../../validation/field-error.ts';
import { invalid } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import { profileAnnotations } from './profile-annotations.ts';

const mirror = 'kubernetes.io/config.mirror';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';

/** ValidatePodSpecificAnnotations: annotations that Kubernetes itself reads. */
export function podAnnotations(
  annotations: StringMap | undefined,
  spec: PodSpec,
  at: Path,
  report: FieldError[],
): void {
  if (!annotations) return;
  const mirrored = own(annotations, mirror);
  if (mirrored !== undefined && !spec.nodeName) {
    report.push(invalid(at.key(mirror), mirrored, 'must set spec.nodeName if mirror pod annotation is set'));
  }
  const cost = own(annotations, deletionCost);
  if (cost !== undefined && !isCost(cost)) report.push(invalid(at.key(deletionCost), cost, 'must be a 32bit integer'));
  profileAnnotations(annotations, spec, at, report);
}

function own(annotations: StringMap, key: string): string | undefined {
  return Object.hasOwn(annotations, key) ? annotations[key] : undefined;
}

/** Decimal without a plus sign or leading zeros, within 32 bits (helper.GetDeletionCostFromPodAnnotations). */
function isCost(text: string): boolean {
  if (!/^(0|-?[1-9][0-9]*)$/.test(text)) return false;
  return Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31;
}
