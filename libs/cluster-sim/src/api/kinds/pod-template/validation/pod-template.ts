import type { LabelSelector, PodTemplateSpec } from '@kubedrill/kube-model';
import type { FieldError } from '../../../validation/field-error.ts';
import { forbidden, invalid, notSupported } from '../../../validation/field-error.ts';
import { annotations, labels } from '../../../validation/metadata.ts';
import type { Path } from '../../../validation/path.ts';
import { podAnnotations } from './pod-annotations.ts';
import { validatePodSpec } from './pod-spec.ts';
import type { FullPodSpec } from './pod-spec-shape.ts';

/** ValidatePodTemplateSpec. */
export function validatePodTemplate(template: PodTemplateSpec, at: Path, report: FieldError[]): void {
  const place = at.child('annotations');
  labels(template.metadata?.labels, at.child('labels'), report);
  annotations(template.metadata?.annotations, place, report);
  podAnnotations(template.metadata?.annotations, template.spec, place, report);
  validatePodSpec(template.spec, false, at.child('spec'), report);
  if ((template.spec as FullPodSpec).ephemeralContainers) {
    report.push(
      forbidden(at.child('spec').child('ephemeralContainers'), 'ephemeral containers not allowed in pod template'),
    );
  }
}

/**
 * ValidatePodTemplateSpecForReplicaSet: the template of what keeps pods running. `selects`: whether the workload's selector
 * matches labels; undefined where the selector itself is invalid.
 */
export function validateReplicatedTemplate(
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
  selects: (labels: Readonly<Record<string, string>>) => boolean,
  at: Path,
  report: FieldError[],
): void {
  const isEmpty = selector !== undefined && !hasRequirements(selector);
  const own = template.metadata?.labels;
  if (!isEmpty && !selects(own ?? {})) {
    report.push(
      invalid(at.child('metadata').child('labels'), own ?? null, '`selector` does not match template `labels`'),
    );
  }
  validatePodTemplate(template, at, report);
  const { restartPolicy = '', activeDeadlineSeconds } = template.spec;
  const place = at.child('spec');
  if (restartPolicy !== 'Always') report.push(notSupported(place.child('restartPolicy'), restartPolicy, ['Always']));
  if (activeDeadlineSeconds !== undefined) {
    report.push(
      forbidden(place.child('activeDeadlineSeconds'), 'activeDeadlineSeconds in ReplicaSet is not Supported'),
    );
  }
}

export function hasRequirements({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return (matchLabels !== undefined && Object.keys(matchLabels).length > 0) || (matchExpressions?.length ?? 0) > 0;
}
