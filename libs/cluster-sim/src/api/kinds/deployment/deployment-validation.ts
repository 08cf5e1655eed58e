import type { Deployment } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { amountOf, atMostAll, numberOrPercent } from '../../validation/int-or-percent.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath } from '../../validation/path.ts';
import type { Rule } from '../../validation/rule.ts';
import { field, given, inOrder, nonNegative } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { shownUpdateStrategy, validateSelectorAndTemplate } from '../pod-template/replicated-workload.ts';
import { immutableSelector } from '../../validation/label-selector.ts';
import { collisionsOnlyGrow, countsFromZero, partsOfReplicas } from '../pod-template/replica-counts.ts';

type Spec = Deployment['spec'];
type RollingUpdate = NonNullable<Spec['strategy']['rollingUpdate']>;

const rollingUpdate = inOrder<RollingUpdate>(
  field('maxUnavailable', numberOrPercent),
  field('maxSurge', numberOrPercent),
  ({ maxUnavailable, maxSurge }, at, report) => {
    const place = at.child('maxUnavailable');
    if (amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0)
      report.push(invalid(place, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
    atMostAll(maxUnavailable, place, report);
  },
);

const strategy: Rule<Spec['strategy']> = (value, at, report) => {
  const place = at.child('rollingUpdate');
  switch (value.type) {
    case 'Recreate':
      if (value.rollingUpdate) report.push(forbidden(place, "may not be specified when strategy `type` is 'Recreate'"));
      return;
    case 'RollingUpdate':
      if (value.rollingUpdate) rollingUpdate(value.rollingUpdate, place, report);
      else report.push(required(place, 'this should be defaulted and never be nil'));
      return;
    default:
      report.push(notSupported(at, shownUpdateStrategy(value), ['Recreate', 'RollingUpdate']));
  }
};

/** ValidateDeploymentSpec. */
const spec = inOrder<Spec>(
  field('replicas', nonNegative),
  validateSelectorAndTemplate,
  field('strategy', strategy),
  field('minReadySeconds', given(nonNegative)),
  field('revisionHistoryLimit', given(nonNegative)),
  field('progressDeadlineSeconds', given(nonNegative)),
  ({ progressDeadlineSeconds, minReadySeconds = 0 }, at, report) => {
    if (progressDeadlineSeconds === undefined || progressDeadlineSeconds > minReadySeconds) return;
    report.push(
      invalid(at.child('progressDeadlineSeconds'), progressDeadlineSeconds, 'must be greater than minReadySeconds'),
    );
  },
);

export function validateNewDeployment(deployment: Deployment): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(deployment.metadata, true, dns1123Subdomain, report);
  spec(deployment.spec, specPath, report);
  return report;
}

export function validateDeploymentUpdate(deployment: Deployment, old: Deployment): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(deployment.metadata, old.metadata, report);
  spec(deployment.spec, specPath, report);
  immutableSelector(deployment.spec.selector, old.spec.selector, specPath.child('selector'), report);
  return report;
}

const counts = [
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'terminatingReplicas',
  'collisionCount',
] as const;

/** ValidateDeploymentStatusUpdate. */
export function validateDeploymentStatus(deployment: Deployment, old: Deployment): readonly FieldError[] {
  const report: FieldError[] = [];
  const { status } = deployment;
  validateMetadataUpdate(deployment.metadata, old.metadata, report);
  countsFromZero(status, ['observedGeneration', ...counts], report);
  partsOfReplicas(status, ['updatedReplicas', 'readyReplicas', 'availableReplicas'], 'readyReplicas', report);
  collisionsOnlyGrow(status, old.status, report);
  return report;
}
