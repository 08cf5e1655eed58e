import type { DaemonSet } from '@kubedrill/kube-model';
import { matcherOf } from '../../../controllers/label-selector.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { goJson, goQuote, GoValue } from '../../validation/go-quote.ts';
import { immutable } from '../../validation/immutable.ts';
import { amountOf, atMostAll, numberOrPercent } from '../../validation/int-or-percent.ts';
import { labelSelectorRule } from '../../validation/label-selector.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { specPath, statusPath } from '../../validation/path.ts';
import type { Rule } from '../../validation/rule.ts';
import { field, given, inOrder, nonNegative } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { hasRequirements, validatePodTemplate } from '../pod-template/validation/pod-template.ts';

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
      report.push(notSupported(at, shownStrategy(strategy), ['RollingUpdate', 'OnDelete']));
  }
};

/** As Kubernetes keeps it inside. */
function shownStrategy({
  type,
  rollingUpdate: update,
}: {
  readonly type: string;
  readonly rollingUpdate?: UpdateStrategy['rollingUpdate'];
}): GoValue {
  const shownUpdate = update
    ? `{"MaxUnavailable":${goJson(update.maxUnavailable ?? 0)},"MaxSurge":${goJson(update.maxSurge ?? 0)}}`
    : 'null';
  return new GoValue(`{"Type":${goQuote(type)},"RollingUpdate":${shownUpdate}}`);
}

/** ValidateDaemonSetSpec of pkg/apis/apps/validation/validation.go. */
const spec = inOrder<Spec>(
  selectorAndLabels,
  field('template', validatePodTemplate),
  ({ template: { spec: podSpec } }, at, report) => {
    const place = at.child('template').child('spec');
    const { restartPolicy, activeDeadlineSeconds } = podSpec;
    if (restartPolicy !== 'Always')
      report.push(notSupported(place.child('restartPolicy'), restartPolicy ?? '', ['Always']));
    if (activeDeadlineSeconds !== undefined)
      report.push(
        forbidden(place.child('activeDeadlineSeconds'), 'activeDeadlineSeconds in DaemonSet is not Supported'),
      );
  },
  field('minReadySeconds', given(nonNegative)),
  field('updateStrategy', updateStrategy),
  field('revisionHistoryLimit', given(nonNegative)),
);

/** A selector that is missing selects nothing and is not complained about. */
function selectorAndLabels(value: Spec, at: Path, report: FieldError[]): void {
  const { selector, template } = value as Omit<Spec, 'selector'> & { readonly selector?: Spec['selector'] };
  const before = report.length;
  labelSelectorRule(selector, at.child('selector'), report);
  const own = template.metadata?.labels;
  if (report.length === before && !matcherOf(selector)(own))
    report.push(
      invalid(
        at.child('template').child('metadata').child('labels'),
        own,
        '`selector` does not match template `labels`',
      ),
    );
  if (selector && !hasRequirements(selector))
    report.push(invalid(at.child('selector'), selector, 'empty selector is invalid for daemonset'));
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
  immutable(daemonSet.spec.selector, old.spec.selector, specPath.child('selector'), report);
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
  for (const name of counts) given(nonNegative)(daemonSet.status[name], statusPath.child(name), report);
  const [now, before] = [daemonSet.status.collisionCount, old.status.collisionCount];
  if (before !== undefined && (now ?? -1) < before)
    report.push(invalid(statusPath.child('collisionCount'), now ?? 0, 'cannot be decremented'));
  return report;
}
