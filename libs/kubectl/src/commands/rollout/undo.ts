import { hashLabel, lastAppliedAnnotation } from '@kubedrill/cluster-sim';
import type { Deployment, Json, JsonObject, StringMap } from '@kubedrill/kube-model';
import { dryRunFlag, dryRunNote, dryRunOf, type DryRun } from '../../dry-run.ts';
import type { Fault } from '../../fault.ts';
import { bareText, fault, faultText } from '../../fault.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { isFault, sendPatch, type PatchSending } from '../../object-patch.ts';
import { printFlags } from '../../print-flags.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { templateText } from './history.ts';
import { isRefused, revisionsOf, rollableOf, type Revision, type Rollable } from './revisions.ts';
import { noRollouts, rolloutFlags, visitRollouts } from './rollout-selection.ts';

/** kubectl/pkg/cmd/rollout/rollout_undo.go. */
export const rolloutUndo: KubectlCommand = {
  name: 'rollout undo',
  flags: {
    ...rolloutFlags,
    ...printFlags,
    'dry-run': dryRunFlag,
    'to-revision': { value: 'required', type: 'int64' },
  },
  run(invocation) {
    const { console, flags } = invocation;
    const dryRun = dryRunOf(flags);
    const number = Number(flags.has('to-revision') ? flags.text('to-revision') : '0');
    const printer = new ResultPrinter(invocation, 'typed');
    const problem = visitRollouts(invocation, (target) => {
      warnOfApplied(invocation, target);
      const workload = rollableOf(target);
      if (!workload) return fault(noRollouts(target, 'rollbacker', 'rollbacker'));
      const done = rollBack(invocation, target, workload, { number, dryRun });
      if (typeof done !== 'string') return done;
      printer.print(target.object, `${done}${dryRunNote(dryRun)}`);
      return undefined;
    });
    if (problem) console.fail(faultText(problem));
  },
};

function warnOfApplied({ console }: Invocation, { resource, name, object }: VisitedObject): void {
  const { annotations } = object.metadata as { readonly annotations?: StringMap };
  if (annotations?.[lastAppliedAnnotation] === undefined) return;
  console.note(
    `Warning: resource ${resource.plural}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${lastAppliedAnnotation} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`,
  );
}

interface Rollback {
  readonly number: number;
  readonly dryRun: DryRun;
}

/** polymorphichelpers/rollback.go: what has been done. */
function rollBack(
  invocation: Invocation,
  target: VisitedObject,
  workload: Rollable,
  { number, dryRun }: Rollback,
): string | Fault {
  if (number < 0) return notFound(number);
  const revisions = revisionsOf(invocation, workload);
  if (isRefused(revisions)) return revisions;
  const revision = number === 0 ? lastBut(revisions) : revisions.find((one) => one.number === number);
  if (!revision) return number === 0 ? noHistory(workload) : notFound(number);
  const isDeployment = workload.kind === 'Deployment';
  if (dryRun === 'client') return `${isDeployment ? '' : 'will roll back to '}${templateText(revision.template)}`;
  if (isDeployment && workload.spec.paused === true)
    return fault(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  if (revision.isCurrent) return `skipped rollback (current template already matches revision ${number})`;
  const { body, patchType } = isDeployment ? deploymentPatch(workload, revision) : revisionPatch(revision);
  const isDryRun = dryRun === 'server';
  const patched = sendPatch(invocation, target, body, { patchType, fieldManager: 'kubectl', isDryRun });
  return isFault(patched) ? fault(`failed restoring revision ${number}: ${bareText(patched)}`) : 'rolled back';
}

function notFound(number: number): Fault {
  return fault(`unable to find specified revision ${number} in history`);
}

function noHistory({ kind, metadata }: Rollable): Fault {
  return fault(
    kind === 'Deployment'
      ? `no rollout history found for deployment ${JSON.stringify(metadata.name)}`
      : 'no last revision to roll back to',
  );
}

/** The one before the newest. */
function lastBut(revisions: readonly Revision[]): Revision | undefined {
  return revisions.toSorted((left, right) => right.number - left.number)[1];
}

interface RollbackPatch {
  readonly body: Json;
  readonly patchType: NonNullable<PatchSending['patchType']>;
}

/** Annotations that stay as they are: what is said of the Deployment, not of its revision. */
const keptAnnotations: ReadonlySet<string> = new Set([
  lastAppliedAnnotation,
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

function deploymentPatch({ metadata }: Deployment, { template, source }: Revision): RollbackPatch {
  const { [hashLabel]: _hash, ...labels } = template.metadata?.labels ?? {};
  const annotations = {
    ...Object.fromEntries(entriesWhere(metadata.annotations, (key) => keptAnnotations.has(key))),
    ...Object.fromEntries(entriesWhere(source.metadata.annotations, (key) => !keptAnnotations.has(key))),
  };
  const restored = { ...template, metadata: { ...template.metadata, labels } } as unknown as JsonObject;
  const body = [
    { op: 'replace', path: '/spec/template', value: restored },
    { op: 'replace', path: '/metadata/annotations', value: annotations },
  ];
  return { body, patchType: 'json' };
}

function entriesWhere(map: StringMap | undefined, isMeant: (key: string) => boolean): readonly [string, string][] {
  return Object.entries(map ?? {}).filter(([key]) => isMeant(key));
}

function revisionPatch({ source }: Revision): RollbackPatch {
  return { body: (source.kind === 'ControllerRevision' ? source.data : undefined) ?? {}, patchType: 'strategic' };
}
