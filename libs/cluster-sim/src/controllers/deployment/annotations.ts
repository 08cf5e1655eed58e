import type { Deployment, ReplicaSet, StringMap } from '@kubedrill/kube-model';
import { labelOf } from '../label-selector.ts';
import { maxSurge } from './replica-sets.ts';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const revisionHistoryAnnotation = 'deployment.kubernetes.io/revision-history';
const desiredReplicasAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxReplicasAnnotation = 'deployment.kubernetes.io/max-replicas';

const maxRevisionHistoryLength = 2000;

/** Annotations of a Deployment that its ReplicaSets do not inherit. */
const notInherited: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  'deprecated.deployment.rollback.to',
]);

export function revisionOf({ metadata }: ReplicaSet): number {
  return wholeNumber(labelOf(metadata.annotations, revisionAnnotation)) ?? 0;
}

export function desiredReplicas({ metadata }: ReplicaSet): number | undefined {
  return wholeNumber(labelOf(metadata.annotations, desiredReplicasAnnotation));
}

export function maxReplicas({ metadata }: ReplicaSet): number | undefined {
  return wholeNumber(labelOf(metadata.annotations, maxReplicasAnnotation));
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** What scaling writes on a ReplicaSet: SetReplicasAnnotations. */
export function sizeAnnotations(deployment: Deployment): StringMap {
  const { replicas } = deployment.spec;
  return {
    [desiredReplicasAnnotation]: String(replicas),
    [maxReplicasAnnotation]: String(replicas + maxSurge(deployment)),
  };
}

/** SetNewReplicaSetAnnotations for a ReplicaSet that is there already. */
export function annotationsOfNew(deployment: Deployment, present: StringMap | undefined, revision: number): StringMap {
  const annotations: Record<string, string> = { ...present, ...inherited(deployment) };
  const before = labelOf(present, revisionAnnotation);
  const beforeNumber = before === undefined || before === '' ? 0 : wholeNumber(before);
  if (beforeNumber === undefined || beforeNumber >= revision) return annotations;
  annotations[revisionAnnotation] = String(revision);
  if (before !== undefined) {
    const history = longerHistory(labelOf(present, revisionHistoryAnnotation) ?? '', before);
    if (history !== undefined) annotations[revisionHistoryAnnotation] = history;
  }
  return annotations;
}

function inherited({ metadata }: Deployment): StringMap {
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => !notInherited.has(key)));
}

/** The earlier revisions of a template that came back, the oldest dropped where they get too long. */
function longerHistory(history: string, revision: string): string | undefined {
  if (history === '') return revision;
  const revisions = history.split(',');
  let length = history.length + revision.length + 1;
  while (length > maxRevisionHistoryLength && revisions.length > 0) length -= (revisions.shift()?.length ?? 0) + 1;
  return length <= maxRevisionHistoryLength ? [...revisions, revision].join(',') : undefined;
}
