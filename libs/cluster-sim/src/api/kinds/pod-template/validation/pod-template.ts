import type { LabelSelector, PodTemplateSpec } from '@kubedrill/kube-model';
import { matcherOf } from '../../../../controllers/label-selector.ts';
import type { FieldError } from '../../../validation/field-error.ts';
import { forbidden, invalid, notSupported } from '../../../validation/field-error.ts';
import { annotations, labels } from '../../../validation/metadata.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
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
  if ((template.spec as FullPodSpec).ephemeralContainers?.length) {
    report.push(
      forbidden(at.child('spec').child('ephemeralContainers'), 'ephemeral containers not allowed in pod template'),
    );
  }
}

/** ValidatePodTemplateSpecForReplicaSet: the template of what keeps pods running. */
export function validateReplicatedTemplate(
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
  at: Path,
  report: FieldError[],
): void {
  const isEmpty = selector !== undefined && !hasRequirements(selector);
  if (!isEmpty) selectedLabels(template, selector, at, report);
  validatePodTemplate(template, at, report);
  endlessPods('ReplicaSet')(template, at, report);
}

/** Nothing is selected by a selector that is missing. */
export function selectedLabels(
  { metadata }: PodTemplateSpec,
  selector: LabelSelector | undefined,
  at: Path,
  report: FieldError[],
): void {
  const place = at.child('metadata').child('labels');
  if (!matcherOf(selector)(metadata?.labels))
    report.push(invalid(place, metadata?.labels, '`selector` does not match template `labels`'));
}

/** Pods that are to be there for good; Deployments speak of ReplicaSets. */
export function endlessPods(
  kind: 'DaemonSet' | 'ReplicaSet' | 'ReplicationController' | 'StatefulSet',
): Rule<PodTemplateSpec> {
  return ({ spec: { restartPolicy = '', activeDeadlineSeconds } }, at, report) => {
    const place = at.child('spec');
    if (restartPolicy !== 'Always') report.push(notSupported(place.child('restartPolicy'), restartPolicy, ['Always']));
    if (activeDeadlineSeconds !== undefined)
      report.push(forbidden(place.child('activeDeadlineSeconds'), `activeDeadlineSeconds in ${kind} is not Supported`));
  };
}

export function hasRequirements({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return (matchLabels !== undefined && Object.keys(matchLabels).length > 0) || (matchExpressions?.length ?? 0) > 0;
}
