import type { FlagSet } from '../../flags.ts';
import type { Fault } from '../../fault.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { filenameFlags, hasFiles } from '../../manifest-files.ts';
import { findVisits, visitAll, type Visit, type VisitedObject, type VisitOptions } from '../../resource-visit.ts';

export const rolloutFlags: FlagSet = { ...filenameFlags, selector: { short: 'l', value: 'required' } };

/** What all of kubectl rollout works on: types stand for all of their objects. */
export function visitRollouts(invocation: Invocation, visit: Visit): Fault | undefined {
  const { flags, operands } = invocation;
  if (operands.length === 0 && !hasFiles(invocation)) throw new CommandError('error: required resource not specified');
  const options: VisitOptions = {
    labelSelector: flags.text('selector'),
    allowsEmptySelector: true,
    latest: true,
  };
  return visitAll(invocation, findVisits(invocation, options), options, visit);
}

/** schema.GroupKind's text. */
export function groupKind({ resource: { kind, group } }: VisitedObject): string {
  return group === '' ? kind : `${kind}.${group}`;
}

/** kubectl/pkg/apps/kind_visitor.go: kinds that have Pods of their own, of which three have rollouts. */
const workloads: readonly string[] = [
  'DaemonSet.apps',
  'Deployment.apps',
  'Job.batch',
  'Pod',
  'ReplicaSet.apps',
  'ReplicationController',
  'StatefulSet.apps',
  'CronJob.batch',
];

/** Why an object has no rollouts. */
export function noRollouts(target: VisitedObject, what: 'history' | 'rollbacker', missing: string): string {
  const kind = groupKind(target);
  const { resource } = target;
  return workloads.includes(kind)
    ? `no ${missing} has been implemented for ${JSON.stringify(kind)}`
    : `error retrieving ${what} for ${JSON.stringify(kind)}, no visitor method exists for {${resource.group} ${resource.kind}}`;
}
