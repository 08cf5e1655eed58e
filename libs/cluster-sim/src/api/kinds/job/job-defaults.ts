import type { Job, JobSpec, JsonObject } from '@kubedrill/kube-model';
import type { Defaulter } from '../pod-template/defaults/defaulter.ts';
import { absent, all, inElements, inMember } from '../pod-template/defaults/defaulter.ts';
import { defaultPodTemplate } from '../pod-template/defaults/pod-spec-defaults.ts';

const maxInt32 = 2 ** 31 - 1;

const work: Defaulter = (spec) => {
  const isSingle = spec.completions === undefined && spec.parallelism === undefined;
  const backoffLimit = spec.backoffLimitPerIndex === undefined ? 6 : maxInt32;
  return absent({ ...(isSingle && { completions: 1 }), parallelism: 1, backoffLimit })(spec);
};

const policies: Defaulter = (spec) => {
  const podReplacementPolicy = spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed';
  return absent({ completionMode: 'NonIndexed', suspend: false, podReplacementPolicy, manualSelector: false })(spec);
};

/** What a Job's specification gets in a CronJob's template, too. */
export const defaultFailureRules = inMember(
  'podFailurePolicy',
  inElements(
    'rules',
    inElements('onPodConditions', (pattern) => (pattern.status ? pattern : { ...pattern, status: 'True' })),
  ),
);

/** pkg/apis/batch/v1/defaults.go SetDefaults_Job. */
const defaultSpec = inMember('spec', all(work, policies, defaultFailureRules, defaultPodTemplate));

/** A Job without labels of its own has those of its template: the very same, until a selector is generated. */
export function defaultJob(job: Job): Job {
  const defaulted = defaultSpec(job as unknown as JsonObject) as unknown as Job;
  const { metadata } = defaulted;
  const labels = defaulted.spec.template.metadata?.labels;
  if (!labels || Object.keys(metadata.labels ?? {}).length > 0) return defaulted;
  return { ...defaulted, metadata: { ...metadata, labels } };
}

const uidLabel = 'batch.kubernetes.io/controller-uid';
const nameLabel = 'batch.kubernetes.io/job-name';

/** What Pods of a Job are known by, with the names that these labels had before they had a prefix. */
export function generatedLabels(
  { name: given, uid }: Job['metadata'],
  prefixed: boolean,
): Readonly<Record<string, string>> {
  // A Job that was sent without a name gets here before it is refused.
  const name = given || '';
  const legacy = { 'job-name': name, 'controller-uid': uid };
  return prefixed ? { ...legacy, [nameLabel]: name, [uidLabel]: uid } : legacy;
}

export function hasPrefixedLabels({ template }: JobSpec): boolean {
  const labels = template.metadata?.labels ?? {};
  return Object.hasOwn(labels, nameLabel) && Object.hasOwn(labels, uidLabel);
}

/** registry/batch/job/strategy.go generateSelector: labels that are there already stay, for validation to refuse them. */
export function withGeneratedSelector(job: Job): Job {
  const { metadata, spec } = job;
  if (spec.manualSelector) return job;
  const own = spec.template.metadata;
  const labels = { ...generatedLabels(metadata, true), ...own?.labels };
  const selector = { ...spec.selector, matchLabels: { [uidLabel]: metadata.uid, ...spec.selector?.matchLabels } };
  const hasOwnLabels = Object.keys(metadata.labels ?? {}).length > 0 && metadata.labels !== own?.labels;
  return {
    ...job,
    metadata: hasOwnLabels ? metadata : { ...metadata, labels },
    spec: { ...spec, selector, template: { ...spec.template, metadata: { ...own, labels } } },
  };
}
