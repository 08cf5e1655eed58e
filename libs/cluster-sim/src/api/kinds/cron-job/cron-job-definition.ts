import type { CronJob, JsonObject } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { specPath } from '../../validation/path.ts';
import { defaultFailureRules } from '../job/job-defaults.ts';
import { jobSpecWarnings } from '../job/job-warnings.ts';
import type { KindDefinition, Strategy, SubresourceStrategy } from '../kind-definition.ts';
import { absent, all, inMember } from '../pod-template/defaults/defaulter.ts';
import { defaultPodTemplate } from '../pod-template/defaults/pod-spec-defaults.ts';
import { withoutDisabledTemplate } from '../pod-template/disabled-fields.ts';
import { workloadNameWarning } from '../pod-template/replicated-workload.ts';
import { validateCronJob, validateCronJobUpdate } from './cron-job-validation.ts';
import { cronJob as schema } from './schema.ts';

/** SetObjectDefaults_CronJob of pkg/apis/batch/v1: the Job gets its own defaults when there is one. */
const defaultSpec = inMember(
  'spec',
  all(
    absent({
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    }),
    inMember('jobTemplate', inMember('spec', all(defaultFailureRules, defaultPodTemplate))),
  ),
);

/** registry/batch/cronjob/strategy.go. */
const strategy: Strategy<'CronJob'> = {
  allowCreateOnUpdate: false,
  allowUnconditionalUpdate: true,
  prepareForCreate: (cronJob) => ({
    ...cronJob,
    metadata: { ...cronJob.metadata, generation: 1 },
    spec: withoutDisabledFields(cronJob.spec),
    status: {},
  }),
  prepareForUpdate(cronJob, old) {
    const spec = withoutDisabledFields(cronJob.spec);
    const { generation = 0 } = old.metadata;
    const isSame = semanticallyEqual(spec, old.spec);
    const metadata = isSame ? cronJob.metadata : { ...cronJob.metadata, generation: generation + 1 };
    return { ...cronJob, metadata, spec, status: old.status };
  },
  validateCreate: validateCronJob,
  validateUpdate: validateCronJobUpdate,
  warningsOnCreate: (cronJob) => [...workloadNameWarning(cronJob.metadata.name), ...warnings(cronJob)],
  warningsOnUpdate: (cronJob, old) =>
    cronJob.metadata.generation === old.metadata.generation ? [] : warnings(cronJob),
};

function withoutDisabledFields(spec: CronJob['spec']): CronJob['spec'] {
  const { jobTemplate } = spec;
  const jobSpec = withoutDisabledTemplate(jobTemplate.spec);
  return jobSpec === jobTemplate.spec ? spec : { ...spec, jobTemplate: { ...jobTemplate, spec: jobSpec } };
}

function warnings({ spec }: CronJob): readonly string[] {
  return jobSpecWarnings(spec.jobTemplate.spec, specPath.child('jobTemplate').child('spec'));
}

const status: SubresourceStrategy<'CronJob'> = {
  prepareForUpdate: (cronJob, old) => ({ ...cronJob, spec: old.spec }),
  validateUpdate: () => [],
};

export const cronJobDefinition: KindDefinition<'CronJob'> = {
  kind: 'CronJob',
  schema,
  defaults: (cronJob) => defaultSpec(cronJob as unknown as JsonObject) as unknown as CronJob,
  strategy,
  status,
};
