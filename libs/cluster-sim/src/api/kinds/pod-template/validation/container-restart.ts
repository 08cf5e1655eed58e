import type { RestartPolicyRule } from '@kubedrill/kube-model';
import type { FieldError } from '../../../validation/field-error.ts';
import { duplicate, invalid, notSupported, required, tooMany } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { FullContainer } from './pod-spec-shape.ts';

const policies = ['Always', 'Never', 'OnFailure'];
const actions = ['Restart', 'RestartAllContainers'];
const operators = ['In', 'NotIn'];
const [maxRules, maxExitCodes] = [20, 255];

/** validateContainerRestartPolicy: a container's own policy, with rules by exit code. */
export function containerRestart(
  { restartPolicy, restartPolicyRules = [] }: FullContainer,
  at: Path,
  report: FieldError[],
): void {
  if (restartPolicy === undefined) {
    if (restartPolicyRules.length === 0) return;
    report.push(required(at.child('restartPolicy'), 'must specify restartPolicy when restart rules are used'));
  } else if (!policies.includes(restartPolicy))
    report.push(notSupported(at.child('restartPolicy'), restartPolicy, policies));
  const place = at.child('restartPolicyRules');
  if (restartPolicyRules.length > maxRules) report.push(tooMany(place, restartPolicyRules.length, maxRules));
  for (const [index, rule] of restartPolicyRules.entries()) restartRule(rule, place.index(index), report);
}

function restartRule({ action = '', exitCodes }: RestartPolicyRule, at: Path, report: FieldError[]): void {
  if (!actions.includes(action)) report.push(notSupported(at.child('action'), action, actions));
  const place = at.child('exitCodes');
  if (!exitCodes) return void report.push(required(place, 'must be specified'));
  const { operator = '', values = [] } = exitCodes;
  if (!operators.includes(operator)) report.push(notSupported(place.child('operator'), operator, operators));
  if (values.length > maxExitCodes) report.push(tooMany(place.child('values'), values.length, maxExitCodes));
}

const [resizable, resizeRestarts] = [
  ['cpu', 'memory'],
  ['NotRequired', 'RestartContainer'],
];

/** validateResizePolicy. Errors are reported at the list, as in Kubernetes. */
export function resizePolicy(
  list: FullContainer['resizePolicy'],
  podRestartPolicy: string | undefined,
  at: Path,
  report: FieldError[],
): void {
  const seen = new Set<string>();
  for (const [index, { resourceName, restartPolicy }] of (list ?? []).entries()) {
    if (seen.has(resourceName)) report.push(duplicate(at.index(index), resourceName));
    seen.add(resourceName);
    requiredOneOf(resourceName, resizable, at, report);
    requiredOneOf(restartPolicy, resizeRestarts, at, report);
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      report.push(invalid(at, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"));
    }
  }
}

function requiredOneOf(value: string, supported: readonly string[], at: Path, report: FieldError[]): void {
  if (value === '') report.push(required(at));
  else if (!supported.includes(value)) report.push(notSupported(at, value, supported));
}
