import type { IntOrString, LabelSelector, PodTemplateSpec } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, required } from '../../validation/field-error.ts';
import { goStruct, type GoValue } from '../../validation/go-quote.ts';
import { labelSelectorRule, shownSelector } from '../../validation/label-selector.ts';
import type { Path } from '../../validation/path.ts';
import { dns1123Label } from '../../validation/text-format.ts';
import { hasRequirements, validateReplicatedTemplate } from './validation/pod-template.ts';

/** Selector and template, which Deployments and ReplicaSets check alike: pkg/apis/apps/validation/validation.go. */
export function validateSelectorAndTemplate(
  spec: { readonly selector?: LabelSelector; readonly template: PodTemplateSpec },
  at: Path,
  report: FieldError[],
): void {
  const { selector, template } = spec;
  const place = at.child('selector');
  const before = report.length;
  if (!selector) report.push(required(place));
  else {
    labelSelectorRule(selector, place, report);
    if (!hasRequirements(selector))
      report.push(invalid(place, shownSelector(selector), 'empty selector is invalid for deployment'));
  }
  if (selector && hasRequirements(selector) && report.length > before) {
    report.push(invalid(place, shownSelector(selector), 'invalid label selector'));
    return;
  }
  validateReplicatedTemplate(template, selector, at.child('template'), report);
}

/** Names that no host can have go into the names of pods all the same. */
export function workloadNameWarning(name: string): readonly string[] {
  const messages = dns1123Label(name);
  if (messages.length === 0) return [];
  const words =
    'this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: ${words}: [${messages.join(' ')}]`];
}

/** An update strategy with maxUnavailable and maxSurge, as Kubernetes keeps it inside. */
export function shownUpdateStrategy({
  type,
  rollingUpdate,
}: {
  readonly type: string;
  readonly rollingUpdate?: { readonly maxUnavailable?: IntOrString; readonly maxSurge?: IntOrString };
}): GoValue {
  const update = rollingUpdate && {
    MaxUnavailable: rollingUpdate.maxUnavailable ?? 0,
    MaxSurge: rollingUpdate.maxSurge ?? 0,
  };
  return goStruct({ Type: type, RollingUpdate: update ? goStruct(update) : null });
}
