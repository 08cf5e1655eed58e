import type { DaemonSet } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, notSupported, required } from '../../validation/field-error.ts';
import { amountOf, atMostAll, numberOrPercent } from '../../validation/int-or-percent.ts';
import { immutableSelector, labelSelectorRule, shownSelector } from '../../validation/label-selector.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { specPath } from '../../validation/path.ts';
import type { Rule } from '../../validation/rule.ts';
import { field, given, inOrder, nonNegative } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import {
  endlessPods,
  hasRequirements,
  selectedLabels,
  validatePodTemplate,
} from '../pod-template/validation/pod-template.ts';
import { collisionsOnlyGrow, countsFromZero } from '../pod-template/replica-counts.ts';
import { shownUpdateStrategy } from '../pod-template/replicated-workload.ts';

type Spec = DaemonSet['spec'];
type UpdateStrategy = Spec['updateStrategy'];

const rollingUpdate = inOrder<NonNullable<UpdateStrategy['rollingUpdate']>>(
  field('maxUnavailable', numberOrPercent),
  field('maxSurge', numberOrPercent),
  field('maxUnavailable', atMostAll),
  field('maxSurge', atMostAll),
  ({ maxUnavailable, maxSurge }, at, report) => {
    const [hasUnavailable, hasSurge] = [amountOf(maxUnavailable) !== 0, amountOf(maxSurge) !== 0];
    if (hasUnavailable && hasSurge)
      report.push(invalid(at.child('maxSurge'), maxSurge, 'may not be set when maxUnavailable is non-zero'));
    if (!hasUnavailable && !hasSurge)
      report.push(required(at.child('maxUnavailable'), 'cannot be 0 when maxSurge is 0'));
  },
);

const updateStrategy: Rule<UpdateStrategy> = (strategy, at, report) => {
  switch (strategy.type) {
    case 'OnDelete':
      return;
    case 'RollingUpdate':
      if (strategy.rollingUpdate) rollingUpdate(strategy.rollingUpdate, at.child('rollingUpdate'), report);
      else report.push(required(at.child('rollingUpdate')));
      return;
    default:
      report.push(notSupported(at, shownUpdateStrategy(strategy), ['RollingUpdate', 'OnDelete']));
  }
};

/** ValidateDaemonSetSpec of pkg/apis/apps/validation/validation.go. */
const spec = inOrder<Spec>(
  selectorAndLabels,
  field('template', validatePodTemplate),
  field('template', endlessPods('DaemonSet')),
  field('minReadySeconds', given(nonNegative)),
  field('updateStrategy', updateStrategy),
  field('revisionHistoryLimit', given(nonNegative)),
);

/** A selector that is missing selects nothing and is not complained about. */
function selectorAndLabels(value: Spec, at: Path, report: FieldError[]): void {
  const { selector, template } = value as Omit<Spec, 'selector'> & { readonly selector?: Spec['selector'] };
  const before = report.length;
  labelSelectorRule(selector, at.child('selector'), report);
  if (report.length === before) selectedLabels(template, selector, at.child('template'), report);
  if (selector && !hasRequirements(selector))
    report.push(invalid(at.child('selector'), shownSelector(selector), 'empty selector is invalid for daemonset'));
}

export function validateNewDaemonSet(daemonSet: DaemonSet): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(daemonSet.metadata, true, dns1123Subdomain, report);
  spec(daemonSet.spec, specPath, report);
  return report;
}

export function validateDaemonSetUpdate(daemonSet: DaemonSet, old: DaemonSet): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(daemonSet.metadata, old.metadata, report);
  immutableSelector(daemonSet.spec.selector, old.spec.selector, specPath.child('selector'), report);
  spec(daemonSet.spec, specPath, report);
  return report;
}

const counts = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'observedGeneration',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'collisionCount',
] as const;

/** ValidateDaemonSetStatusUpdate. */
export function validateDaemonSetStatus(daemonSet: DaemonSet, old: DaemonSet): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(daemonSet.metadata, old.metadata, report);
  countsFromZero(daemonSet.status, counts, report);
  collisionsOnlyGrow(daemonSet.status, old.status, report);
  return report;
}
