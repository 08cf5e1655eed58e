import { resources, type Kind, type KubeObject, type Namespace, type NamespaceCondition } from '@kubedrill/kube-model';
import { formatTime, type Instant } from '../../engine/time.ts';

/** pkg/controller/namespace/deletion/status_condition_utils.go: how the deletion of a Namespace gets on. */

type Progress = Pick<NamespaceCondition, 'type' | 'status' | 'reason' | 'message'>;

const discovered = fine(
  'NamespaceDeletionDiscoveryFailure',
  'ResourcesDiscovered',
  'All resources successfully discovered',
);
const parsed = fine(
  'NamespaceDeletionGroupVersionParsingFailure',
  'ParsedGroupVersions',
  'All legacy kube types successfully parsed',
);
const deleted = fine(
  'NamespaceDeletionContentFailure',
  'ContentDeleted',
  'All content successfully deleted, may be waiting on finalization',
);
const removed = fine('NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed');
const finalized = fine(
  'NamespaceFinalizersRemaining',
  'ContentHasNoFinalizers',
  'All content-preserving finalizers finished',
);

function fine(type: string, reason: string, message: string): Progress {
  return { type, status: 'False', reason, message };
}

/** The Namespace with its conditions brought up to date; the same one where they are. `unexpected`: what nothing holds, and is there still. */
export function withDeletionConditions(
  namespace: Namespace,
  remaining: readonly KubeObject[],
  unexpected: readonly Kind[],
  now: Instant,
): Namespace {
  const before = namespace.status.conditions ?? [];
  const after = [...before];
  const content = unexpected.length === 0 ? deleted : undeleted(namespace.metadata.name, unexpected);
  for (const progress of progressOf(remaining, content)) {
    const index = before.findIndex(({ type }) => type === progress.type);
    const known = before[index];
    if (!known) after.push({ ...progress, lastTransitionTime: formatTime(now) });
    else if (!isSame(known, progress)) {
      const time = known.status === progress.status ? known.lastTransitionTime : formatTime(now);
      after[index] = { ...known, ...progress, lastTransitionTime: time };
    }
  }
  const isChanged = after.length !== before.length || after.some((condition, index) => condition !== before[index]);
  return isChanged ? { ...namespace, status: { ...namespace.status, conditions: after } } : namespace;
}

function isSame(known: NamespaceCondition, { status, reason, message }: Progress): boolean {
  return known.status === status && known.reason === reason && known.message === message;
}

function progressOf(remaining: readonly KubeObject[], content: Progress): readonly Progress[] {
  const finalizers = remaining.flatMap((object) => object.metadata.finalizers ?? []);
  return [discovered, parsed, content, contentLeft(remaining), finalizersLeft(finalizers)];
}

function undeleted(namespace: string, kinds: readonly Kind[]): Progress {
  const errors = kinds.map((kind) => {
    const { group, version, plural } = resources[kind];
    return `unexpected items still remain in namespace: ${namespace} for gvr: ${group}/${version}, Resource=${plural}`;
  });
  const message = `Failed to delete all resource types, ${errors.length} remaining: ${errors.sort().join(', ')}`;
  return { type: deleted.type, status: 'True', reason: 'ContentDeletionFailed', message };
}

function contentLeft(remaining: readonly KubeObject[]): Progress {
  if (remaining.length === 0) return removed;
  const names = remaining.map(({ kind }) => `${resources[kind].plural}.${resources[kind].group}`);
  const shown = counted(names, (name, count) => `${name} has ${count} resource instances`);
  const message = `Some resources are remaining: ${shown}`;
  return { type: removed.type, status: 'True', reason: 'SomeResourcesRemain', message };
}

function finalizersLeft(finalizers: readonly string[]): Progress {
  if (finalizers.length === 0) return finalized;
  const shown = counted(finalizers, (name, count) => `${name} in ${count} resource instances`);
  const message = `Some content in the namespace has finalizers remaining: ${shown}`;
  return { type: finalized.type, status: 'True', reason: 'SomeFinalizersRemain', message };
}

function counted(names: readonly string[], words: (name: string, count: number) => string): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => words(name, count))
    .sort()
    .join(', ');
}
