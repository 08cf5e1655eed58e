import type { Deployment } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, required } from '../../validation/field-error.ts';
import { goJson, goQuote } from '../../validation/go-quote.ts';
import { immutable } from '../../validation/immutable.ts';
import { amountOf, atMostAll, numberOrPercent } from '../../validation/int-or-percent.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { specPath, statusPath } from '../../validation/path.ts';
import type { Rule } from '../../validation/rule.ts';
import { field, given, inOrder, nonNegative } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { validateSelectorAndTemplate } from '../pod-template/replicated-workload.ts';

type Spec = Deployment['spec'];
type Status = Deployment['status'];
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
      report.push(unknownStrategy(value, at));
  }
};

/** The whole strategy is shown, as Kubernetes keeps it inside. */
function unknownStrategy(
  { type, rollingUpdate: update }: { readonly type: string; readonly rollingUpdate?: RollingUpdate },
  at: Path,
): FieldError {
  const shownUpdate = update
    ? `{"MaxUnavailable":${goJson(update.maxUnavailable ?? 0)},"MaxSurge":${goJson(update.maxSurge ?? 0)}}`
    : 'null';
  const shown = `{"Type":${goQuote(type)},"RollingUpdate":${shownUpdate}}`;
  const body = `Unsupported value: ${shown}: supported values: "Recreate", "RollingUpdate"`;
  return { type: 'FieldValueNotSupported', field: at.toString(), body };
}

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
  immutable(deployment.spec.selector, old.spec.selector, specPath.child('selector'), report);
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
  for (const name of ['observedGeneration', ...counts] as const)
    given(nonNegative)(status[name], statusPath.child(name), report);
  notMore(status, report);
  const [now, before] = [status.collisionCount, old.status.collisionCount];
  if (before !== undefined && (now ?? -1) < before)
    report.push(invalid(statusPath.child('collisionCount'), now ?? 0, 'cannot be decremented'));
  return report;
}

function notMore(status: Status, report: FieldError[]): void {
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  for (const name of ['updatedReplicas', 'readyReplicas', 'availableReplicas'] as const) {
    const count = status[name] ?? 0;
    if (count > replicas) report.push(invalid(statusPath.child(name), count, 'cannot be greater than status.replicas'));
  }
  if (availableReplicas > readyReplicas) {
    report.push(
      invalid(statusPath.child('availableReplicas'), availableReplicas, 'cannot be greater than readyReplicas'),
    );
  }
}
