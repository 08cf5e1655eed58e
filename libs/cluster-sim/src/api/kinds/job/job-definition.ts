import type { FieldError } from '../../validation/field-error.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { specPath } from '../../validation/path.ts';
import type { KindDefinition, Strategy, SubresourceStrategy } from '../kind-definition.ts';
import { withoutDisabledTemplate } from '../pod-template/disabled-fields.ts';
import { workloadNameWarning } from '../pod-template/replicated-workload.ts';
import { defaultJob, withGeneratedSelector } from './job-defaults.ts';
import { validateJobStatus } from './job-status-validation.ts';
import { validateJobUpdate } from './job-update-validation.ts';
import { validateJob } from './job-validation.ts';
import { jobSpecWarnings } from './job-warnings.ts';
import { job as schema } from './schema.ts';

/** registry/batch/job/strategy.go. */
const strategy: Strategy<'Job'> = {
  allowCreateOnUpdate: false,
  allowUnconditionalUpdate: true,
  prepareForCreate(job) {
    const selecting = withGeneratedSelector(job);
    const metadata = { ...selecting.metadata, generation: 1 };
    return { ...selecting, metadata, spec: withoutDisabledTemplate(selecting.spec), status: {} };
  },
  prepareForUpdate(job, old) {
    const spec = withoutDisabledTemplate(job.spec);
    const { generation = 0 } = old.metadata;
    const metadata = semanticallyEqual(spec, old.spec) ? job.metadata : { ...job.metadata, generation: generation + 1 };
    return { ...job, metadata, spec, status: old.status };
  },
  validateCreate(job) {
    const report: FieldError[] = [];
    validateJob(job, true, report);
    return report;
  },
  validateUpdate: validateJobUpdate,
  warningsOnCreate: (job) => [...workloadNameWarning(job.metadata.name), ...jobSpecWarnings(job.spec, specPath)],
  warningsOnUpdate: (job, old) =>
    job.metadata.generation === old.metadata.generation ? [] : jobSpecWarnings(job.spec, specPath),
};

const status: SubresourceStrategy<'Job'> = {
  prepareForUpdate: (job, old) => ({ ...job, spec: old.spec }),
  validateUpdate: validateJobStatus,
};

export const jobDefinition: KindDefinition<'Job'> = {
  kind: 'Job',
  schema,
  defaults: defaultJob,
  strategy,
  status,
  deletion: { orphansByDefault: true },
  selectableFields: { 'status.successful': ({ status: { succeeded = 0 } }) => String(succeeded) },
};
