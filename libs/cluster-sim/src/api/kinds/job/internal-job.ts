import type { JobSpec, PodTemplateSpec } from '@kubedrill/kube-model';
import type { InternalStruct } from '../pod/internal/internal-struct.ts';
import { json, list, pointer, text, writeCompact } from '../pod/internal/internal-struct.ts';
import { shownPodSpec } from '../pod/pod-spec-diff.ts';
import { goJson } from '../../validation/go-quote.ts';

/** pkg/apis/batch/types.go and core/types.go: parts of a Job as errors show them, with the names of Kubernetes' internal fields. */

const failureRule: InternalStruct = {
  Action: text('action'),
  OnExitCodes: pointer('onExitCodes', {
    ContainerName: json('containerName'),
    Operator: text('operator'),
    Values: json('values'),
  }),
  OnPodConditions: list('onPodConditions', { Type: text('type'), Status: text('status') }),
};

const successRule: InternalStruct = {
  SucceededIndexes: json('succeededIndexes'),
  SucceededCount: json('succeededCount'),
};

export function shownFailurePolicy(policy: NonNullable<JobSpec['podFailurePolicy']>): string {
  return writeCompact({ Rules: list('rules', failureRule) }, policy);
}

export function shownSuccessPolicy(policy: NonNullable<JobSpec['successPolicy']>): string {
  return writeCompact({ Rules: list('rules', successRule) }, policy);
}

const metadataFields = [
  'name',
  'generateName',
  'namespace',
  'creationTimestamp',
  'labels',
  'annotations',
  'finalizers',
];

/** Metadata are embedded without a name of their own. */
export function shownTemplate({ metadata = {}, spec }: PodTemplateSpec): string {
  const members = metadataFields
    .filter((name) => metadata[name] !== undefined)
    .map((name) => `"${name}":${goJson(metadata[name])},`);
  return `{${members.join('')}"Spec":${shownPodSpec(spec)}}`;
}
