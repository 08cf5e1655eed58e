import type { Container, Job, JobSpec, PodSpec, PodTemplateSpec } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid } from '../../validation/field-error.ts';
import { GoValue } from '../../validation/go-quote.ts';
import { immutable, semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath, type Path } from '../../validation/path.ts';
import { shownPodSpec } from '../pod/pod-spec-diff.ts';
import { withMembers } from '../pod-template/with-members.ts';
import { shownFailurePolicy, shownSuccessPolicy, shownTemplate } from './internal-job.ts';
import { hasPrefixedLabels } from './job-defaults.ts';
import { validateJob, validateJobSpec } from './job-validation.ts';
import { immutableSelector } from '../../validation/label-selector.ts';

/** registry/batch/job/strategy.go ValidateUpdate: the whole Job, and the specification once more. */
export function validateJobUpdate(job: Job, old: Job): readonly FieldError[] {
  const report: FieldError[] = [];
  validateJob(job, hasPrefixedLabels(old.spec), report);
  validateMetadataUpdate(job.metadata, old.metadata, report);
  validateJobSpec(job.spec, specPath, report);
  completions(job.spec, old.spec, specPath.child('completions'), report);
  immutableSelector(job.spec.selector, old.spec.selector, specPath.child('selector'), report);
  template(job.spec.template, old, report);
  immutable(job.spec.completionMode, old.spec.completionMode, specPath.child('completionMode'), report);
  immutableAs(job.spec.podFailurePolicy, old.spec.podFailurePolicy, shownFailurePolicy, 'podFailurePolicy', report);
  for (const name of ['backoffLimitPerIndex', 'managedBy'] as const)
    immutable(job.spec[name], old.spec[name], specPath.child(name), report);
  immutableAs(job.spec.successPolicy, old.spec.successPolicy, shownSuccessPolicy, 'successPolicy', report);
  return report;
}

/** An immutable field that errors show in its internal form. */
function immutableAs<T>(
  value: T | undefined,
  old: T | undefined,
  show: (value: T) => string,
  name: string,
  report: FieldError[],
): void {
  if (semanticallyEqual(value, old)) return;
  const shown = new GoValue(value === undefined ? 'null' : show(value));
  report.push(invalid(specPath.child(name), shown, 'field is immutable'));
}

/** validateCompletions: an indexed Job may change them along with its parallelism. */
function completions(spec: JobSpec, old: JobSpec, at: Path, report: FieldError[]): void {
  if (spec.completionMode !== 'Indexed') {
    immutable(spec.completions, old.completions, at, report);
    return;
  }
  if (spec.completions === undefined || spec.completions === old.completions) return;
  if (spec.completions !== spec.parallelism)
    report.push(invalid(at, spec.completions, 'can only be modified in tandem with spec.parallelism'));
}

/** validatePodTemplateUpdate: while a suspended Job has no Pods, scheduling and resources may change. */
function template(changed: PodTemplateSpec, old: Job, report: FieldError[]): void {
  if (!mayChangeTemplate(old)) {
    immutableAs(changed, old.spec.template, shownTemplate, 'template', report);
    return;
  }
  const spec = withResourcesOf(changed.spec, withSchedulingOf(changed.spec, old.spec.template.spec));
  immutableAs(changed.spec, spec, shownPodSpec, 'template.spec', report);
}

function mayChangeTemplate({ spec, status }: Job): boolean {
  const isSuspended = status.conditions?.some(({ type, status }) => type === 'Suspended' && status === 'True');
  return spec.suspend && (status.startTime === undefined || isSuspended === true) && (status.active ?? 0) === 0;
}

function withSchedulingOf(changed: PodSpec, old: PodSpec): PodSpec {
  const affinity = withMembers({ ...old.affinity }, { nodeAffinity: changed.affinity?.['nodeAffinity'] });
  const isNothing = changed.affinity === undefined && Object.keys(affinity).length === 0;
  return withMembers(old, {
    affinity: isNothing ? undefined : affinity,
    nodeSelector: changed.nodeSelector,
    tolerations: changed.tolerations,
    schedulingGates: changed.schedulingGates,
  });
}

function withResourcesOf(changed: PodSpec, old: PodSpec): PodSpec {
  return withMembers(old, {
    containers: withResources(changed.containers ?? [], old.containers),
    initContainers: old.initContainers && withResources(changed.initContainers ?? [], old.initContainers),
  });
}

function withResources(changed: readonly Container[], old: readonly Container[]): readonly Container[] {
  if (changed.length !== old.length) return old;
  return old.map((container, index) => {
    const other = changed[index];
    return other?.name === container.name ? withMembers(container, { resources: other.resources }) : container;
  });
}
