import type { Job, JobSpec, JobSpecDraft, LabelSelector, StringMap, SuccessRule } from '@kubedrill/kube-model';
import { hasLabels, labelOf, matcherOf } from '../../../controllers/label-selector.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, notSupported, required, tooLong, tooMany } from '../../validation/field-error.ts';
import { GoValue } from '../../validation/go-quote.ts';
import { labelSelectorRule, shownSelector } from '../../validation/label-selector.ts';
import { validateMetadata } from '../../validation/metadata.ts';
import { specPath, type Path } from '../../validation/path.ts';
import type { Rule } from '../../validation/rule.ts';
import { field, given, inOrder, nonNegative, oneOf, when } from '../../validation/rule.ts';
import { byteLength, dns1123Label, dns1123Subdomain } from '../../validation/text-format.ts';
import { metadataPath } from '../../validation/path.ts';
import { selectedLabels, validatePodTemplate } from '../pod-template/validation/pod-template.ts';
import { countIndexes } from './completion-indexes.ts';
import { shownSuccessPolicy } from './internal-job.ts';
import { generatedLabels } from './job-defaults.ts';
import { validatePodFailurePolicy } from './pod-failure-policy-validation.ts';

const limits = {
  parallelism: 100_000,
  failedIndexes: 100_000,
  manyCompletions: 100_000,
  parallelismOfMany: 10_000,
  failedIndexesOfMany: 10_000,
  successRules: 20,
  succeededIndexesBytes: 64 * 1024,
  managedBy: 63,
};

/** ValidateJob of pkg/apis/batch/validation/validation.go. `prefixedLabels`: of Jobs older than these labels they are not asked. */
export function validateJob(job: Job, prefixedLabels: boolean, report: FieldError[]): void {
  const { metadata, spec } = job;
  validateMetadata(metadata, true, dns1123Subdomain, report);
  generatedSelector(job, prefixedLabels, report);
  validateJobSpec(spec, specPath, report);
  if (spec.completionMode !== 'Indexed' || (spec.completions ?? 0) <= 0) return;
  const lastHostname = `${metadata.name}-${(spec.completions ?? 0) - 1}`;
  if (dns1123Label(lastHostname).length > 0)
    report.push(
      invalid(
        metadataPath.child('name'),
        metadata.name,
        `will not able to create pod with invalid DNS label: ${lastHostname}`,
      ),
    );
}

function generatedSelector({ metadata, spec }: Job, prefixed: boolean, report: FieldError[]): void {
  if (spec.manualSelector || !spec.selector) return;
  const labels = spec.template.metadata?.labels;
  const { uid } = metadata;
  const name = metadata.name || '';
  const place = specPath.child('template').child('metadata').child('labels');
  const expected: [key: string, value: string][] = [
    ['controller-uid', uid],
    ['job-name', name],
  ];
  if (prefixed) expected.push(['batch.kubernetes.io/controller-uid', uid], ['batch.kubernetes.io/job-name', name]);
  for (const [key, value] of expected) hasLabel(labels, key, value, place.key(key), report);
  if (!matcherOf(spec.selector)(generatedLabels(metadata, prefixed)))
    report.push(invalid(specPath.child('selector'), shownSelector(spec.selector), '`selector` not auto-generated'));
}

/** ValidateHasLabel. */
function hasLabel(labels: StringMap | undefined, key: string, value: string, at: Path, report: FieldError[]): void {
  if (labelOf(labels, key) === undefined) report.push(required(at, `must be '${value}'`));
  else if (!hasLabels(labels, { [key]: value })) report.push(invalid(at, labels, `must be '${value}'`));
}

export function validateJobSpec(spec: JobSpec, at: Path, report: FieldError[]): void {
  jobSpecRules(spec, at, report);
  const before = report.length;
  const selector: LabelSelector | undefined = spec.selector;
  if (!selector) report.push(required(at.child('selector')));
  labelSelectorRule(selector, at.child('selector'), report);
  const isWrong = selector !== undefined && report.length > before;
  if (!isWrong) selectedLabels(spec.template, selector, at.child('template'), report);
}

function atMost(limit: number, why: string): Rule<number | undefined> {
  return (value, at, report) => {
    if (value !== undefined && value > limit)
      report.push(invalid(at, value, `must be less than or equal to ${limit}${why}`));
  };
}

const ofMany = ` when completions are above ${limits.manyCompletions} and used with backoff limit per index`;

const manyIndexes = inOrder<JobSpecDraft>(
  field('maxFailedIndexes', (count, at, report) => {
    if (count === undefined)
      report.push(required(at, `must be specified when completions is above ${limits.manyCompletions}`));
  }),
  field('parallelism', atMost(limits.parallelismOfMany, ofMany)),
  field('maxFailedIndexes', atMost(limits.failedIndexesOfMany, ofMany)),
);

const indexed = inOrder<JobSpecDraft>(
  field('completions', (count, at, report) => {
    if (count === undefined) report.push(required(at, 'when completion mode is Indexed'));
  }),
  field('parallelism', atMost(limits.parallelism, ' when completion mode is Indexed')),
  ({ completions, maxFailedIndexes }, at, report) => {
    if (completions !== undefined && maxFailedIndexes !== undefined && maxFailedIndexes > completions)
      report.push(invalid(at.child('maxFailedIndexes'), maxFailedIndexes, 'must be less than or equal to completions'));
  },
  field('maxFailedIndexes', atMost(limits.failedIndexes, '')),
  when(
    ({ completions = 0, backoffLimitPerIndex }) =>
      completions > limits.manyCompletions && backoffLimitPerIndex !== undefined,
    manyIndexes,
  ),
);

const requiresIndexes: Rule<unknown> = (value, at, report) => {
  if (value !== undefined) report.push(invalid(at, value, 'requires indexed completion mode'));
};

const managedBy: Rule<string> = (name, at, report) => {
  const slash = name.indexOf('/');
  if (name === '') report.push(required(at));
  else if (slash <= 0 || slash === name.length - 1)
    report.push(invalid(at, name, 'must be a domain-prefixed path (such as "acme.io/foo")'));
  else
    for (const message of dns1123Subdomain(name.slice(0, slash)))
      report.push(invalid(at, name.slice(0, slash), message));
  if (byteLength(name) > limits.managedBy) report.push(tooLong(at, limits.managedBy));
};

/** validateJobSpec: what holds whether or not a selector has been generated. */
export const jobSpecRules = inOrder<JobSpecDraft>(
  field('parallelism', given(nonNegative)),
  field('completions', given(nonNegative)),
  field('activeDeadlineSeconds', given(nonNegative)),
  field('backoffLimit', given(nonNegative)),
  field('ttlSecondsAfterFinished', given(nonNegative)),
  field('backoffLimitPerIndex', given(nonNegative)),
  field('maxFailedIndexes', given(nonNegative)),
  ({ maxFailedIndexes, backoffLimitPerIndex }, at, report) => {
    if (maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined)
      report.push(required(at.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified'));
  },
  field('managedBy', given(managedBy)),
  field('completionMode', given(oneOf(['NonIndexed', 'Indexed']))),
  when(({ completionMode }) => completionMode === 'Indexed', indexed),
  when(
    ({ completionMode }) => completionMode === undefined || completionMode === 'NonIndexed',
    inOrder<JobSpecDraft>(field('backoffLimitPerIndex', requiresIndexes), field('maxFailedIndexes', requiresIndexes)),
  ),
  (spec, at, report) => {
    if (spec.podFailurePolicy) validatePodFailurePolicy(spec, at.child('podFailurePolicy'), report);
    if (spec.successPolicy) successPolicy(spec, at.child('successPolicy'), report);
    const { podReplacementPolicy } = spec;
    const policies = spec.podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
    given(oneOf(policies))(podReplacementPolicy, at.child('podReplacementPolicy'), report);
    validatePodTemplate(spec.template, at.child('template'), report);
    restartPolicy(spec, at.child('template').child('spec').child('restartPolicy'), report);
  },
);

function restartPolicy({ template, podFailurePolicy }: JobSpecDraft, at: Path, report: FieldError[]): void {
  const policy = template.spec.restartPolicy ?? '';
  if (policy === 'Always' || policy === '') report.push(required(at, 'valid values: "OnFailure", "Never"'));
  else if (policy !== 'OnFailure' && policy !== 'Never') report.push(notSupported(at, policy, ['OnFailure', 'Never']));
  else if (podFailurePolicy && policy !== 'Never')
    report.push(invalid(at, policy, 'only "Never" is supported when podFailurePolicy is specified'));
}

function successPolicy(
  { successPolicy: policy, completionMode, completions }: JobSpecDraft,
  at: Path,
  report: FieldError[],
): void {
  if (!policy) return;
  if (completionMode !== 'Indexed') {
    report.push(invalid(at, new GoValue(shownSuccessPolicy(policy)), 'requires indexed completion mode'));
    return;
  }
  const rules = policy.rules ?? [];
  const place = at.child('rules');
  if (rules.length === 0)
    report.push(required(place, 'at least one rules must be specified when the successPolicy is specified'));
  if (rules.length > limits.successRules) report.push(tooMany(place, rules.length, limits.successRules));
  rules.forEach((rule, index) => {
    successRule(rule, completions ?? 0, place.index(index), report);
  });
}

function successRule(
  { succeededIndexes, succeededCount }: SuccessRule,
  completions: number,
  at: Path,
  report: FieldError[],
): void {
  if (succeededIndexes === undefined && succeededCount === undefined)
    report.push(required(at, 'at least one of succeededCount or succeededIndexes must be specified'));
  const listed = succeededIndexes === undefined ? undefined : countIndexes(succeededIndexes, completions);
  const place = at.child('succeededIndexes');
  if (byteLength(succeededIndexes ?? '') > limits.succeededIndexesBytes)
    report.push(tooLong(place, limits.succeededIndexesBytes));
  if (listed && !listed.ok)
    report.push(invalid(place, succeededIndexes, `error parsing succeededIndexes: ${listed.message}`));
  if (succeededCount === undefined) return;
  const countPlace = at.child('succeededCount');
  nonNegative(succeededCount, countPlace, report);
  atMost(completions, ' (the number of specified completions)')(succeededCount, countPlace, report);
  if (listed)
    atMost(listed.ok ? listed.count : 0, ' (the number of indexes in the specified succeededIndexes field)')(
      succeededCount,
      countPlace,
      report,
    );
}
