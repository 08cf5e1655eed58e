import type { Container, Job, Pod } from '@kubedrill/kube-model';
import type { Draft } from '../../engine/controller.ts';
import { podFromTemplate } from '../pod-from-template.ts';
import {
  completionIndexKey,
  failureCountKey,
  ignoredFailureCountKey,
  indexFailures,
  trackingFinalizer,
} from './job-pods.ts';
import { failureVerdict } from './job-policies.ts';

const maxGeneratedPrefix = 58;
const indexVariable = 'JOB_COMPLETION_INDEX';

/** The Job's next Pod: manageJob in pkg/controller/job/job_controller.go. */
export function jobPod(job: Job): Draft<Pod> {
  const pod = podFromTemplate(job, job.spec.template);
  const finalizers = pod.metadata.finalizers ?? [];
  const tracked = finalizers.includes(trackingFinalizer) ? finalizers : [...finalizers, trackingFinalizer];
  return { ...pod, metadata: { ...pod.metadata, finalizers: tracked } };
}

/** The Pod for one index; `replaced` is the failed one that had it before. */
export function indexedPod(job: Job, index: number, replaced: Pod | undefined): Draft<Pod> {
  const { metadata, spec, ...pod } = jobPod(job);
  const { name } = job.metadata;
  const suffix = `-${index}-`;
  const prefix = `${name}${suffix}`;
  const isTooLong = prefix.length > maxGeneratedPrefix;
  const { containers, initContainers } = spec;
  return {
    ...pod,
    metadata: {
      ...metadata,
      generateName: isTooLong ? prefix.slice(0, maxGeneratedPrefix - suffix.length) + suffix : prefix,
      labels: { ...metadata.labels, [completionIndexKey]: String(index) },
      annotations: { ...metadata.annotations, [completionIndexKey]: String(index), ...failureCounts(job, replaced) },
    },
    spec: {
      ...spec,
      hostname: `${name}-${index}`,
      containers: containers.map(withIndexVariable),
      ...(initContainers && { initContainers: initContainers.map(withIndexVariable) }),
    },
  };
}

function withIndexVariable(container: Container): Container {
  const env = container.env ?? [];
  if (env.some(({ name }) => name === indexVariable)) return container;
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${completionIndexKey}']` };
  return { ...container, env: [...env, { name: indexVariable, valueFrom: { fieldRef } }] };
}

/** getNewIndexFailureCounts. */
function failureCounts(job: Job, replaced: Pod | undefined): Readonly<Record<string, string>> {
  if (job.spec.backoffLimitPerIndex === undefined) return {};
  if (!replaced) return { [failureCountKey]: '0' };
  const { counted, ignored } = indexFailures(replaced);
  const isIgnored = failureVerdict(job, replaced).action === 'Ignore';
  const nowIgnored = ignored + (isIgnored ? 1 : 0);
  return {
    [failureCountKey]: String(counted + (isIgnored ? 0 : 1)),
    ...(nowIgnored > 0 && { [ignoredFailureCountKey]: String(nowIgnored) }),
  };
}
