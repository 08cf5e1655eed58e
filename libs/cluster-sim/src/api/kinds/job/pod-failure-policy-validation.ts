import type { JobSpecDraft, PodFailureRule } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { duplicate, invalid, invalidHidden, notSupported, required, tooMany } from '../../validation/field-error.ts';
import { goQuote } from '../../validation/go-quote.ts';
import type { Path } from '../../validation/path.ts';
import { formatted } from '../../validation/rule.ts';
import { qualifiedName } from '../../validation/text-format.ts';

const maxRules = 20;
const maxExitCodes = 255;
const maxConditions = 20;

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const operators = ['In', 'NotIn'];
const statuses = ['False', 'True', 'Unknown'];

/** validatePodFailurePolicy of pkg/apis/batch/validation/validation.go. */
export function validatePodFailurePolicy(spec: JobSpecDraft, at: Path, report: FieldError[]): void {
  const rules = spec.podFailurePolicy?.rules ?? [];
  const place = at.child('rules');
  if (rules.length > maxRules) report.push(tooMany(place, rules.length, maxRules));
  rules.forEach((rule, index) => {
    validateRule(spec, rule, place.index(index), report);
  });
}

/** One of a sorted list of words; what is missing is answered with all of them. */
function word(value: string, supported: readonly string[], at: Path, report: FieldError[]): void {
  if (value === '') report.push(required(at, `valid values: [${supported.map(goQuote).join(' ')}]`));
  else if (!supported.includes(value)) report.push(notSupported(at, value, supported));
}

function validateRule(spec: JobSpecDraft, rule: PodFailureRule, at: Path, report: FieldError[]): void {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  word(action, actions, at.child('action'), report);
  if (action === 'FailIndex' && spec.backoffLimitPerIndex === undefined)
    report.push(invalid(at.child('action'), action, 'requires the backoffLimitPerIndex to be set'));
  if (onExitCodes) exitCodes(spec, onExitCodes, at.child('onExitCodes'), report);
  podConditions(onPodConditions, at.child('onPodConditions'), report);
  if (onExitCodes && onPodConditions.length > 0)
    report.push(invalidHidden(at, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  if (!onExitCodes && onPodConditions.length === 0)
    report.push(invalidHidden(at, 'specifying one of OnExitCodes and OnPodConditions is required'));
}

function podConditions(patterns: NonNullable<PodFailureRule['onPodConditions']>, at: Path, report: FieldError[]): void {
  if (patterns.length > maxConditions) report.push(tooMany(at, patterns.length, maxConditions));
  patterns.forEach(({ type, status }, index) => {
    formatted(qualifiedName)(type, at.index(index).child('type'), report);
    word(status, statuses, at.index(index).child('status'), report);
  });
}

function exitCodes(
  { template }: JobSpecDraft,
  { operator, containerName, values }: NonNullable<PodFailureRule['onExitCodes']>,
  at: Path,
  report: FieldError[],
): void {
  word(operator, operators, at.child('operator'), report);
  const containers = [...(template.spec.containers ?? []), ...(template.spec.initContainers ?? [])];
  if (containerName !== undefined && !containers.some(({ name }) => name === containerName))
    report.push(
      invalid(
        at.child('containerName'),
        containerName,
        'must be one of the container or initContainer names in the pod template',
      ),
    );
  exitCodeValues(operator, values, at.child('values'), report);
}

function exitCodeValues(operator: string, values: readonly number[] | undefined, at: Path, report: FieldError[]): void {
  if (!values?.length) return void report.push(invalid(at, values, 'at least one value is required'));
  if (values.length > maxExitCodes) report.push(tooMany(at, values.length, maxExitCodes));
  const seen = new Set<number>();
  let isOrdered = true;
  values.forEach((value, index) => {
    if (operator === 'In' && value === 0)
      report.push(invalid(at.index(index), value, 'must not be 0 for the In operator'));
    if (seen.has(value)) report.push(duplicate(at.index(index), value));
    seen.add(value);
    if (index > 0 && (values[index - 1] ?? value) > value) isOrdered = false;
  });
  if (!isOrdered) report.push(invalid(at, values, 'must be ordered'));
}
