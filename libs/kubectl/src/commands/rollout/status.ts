import type { DaemonSet, Deployment, KubeObject, StatefulSet } from '@kubedrill/kube-model';
import type { Fault } from '../../fault.ts';
import { fault, faultText } from '../../fault.ts';
import { durationOf } from '../../go-duration.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { watchUntil } from '../../object-watch.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { positiveRevision } from './history.ts';
import { rollableOf } from './revisions.ts';
import { groupKind, rolloutFlags, visitRollouts } from './rollout-selection.ts';

/** kubectl/pkg/cmd/rollout/rollout_status.go. */
export const rolloutStatus: KubectlCommand = {
  name: 'rollout status',
  flags: {
    ...rolloutFlags,
    revision: { value: 'required', type: 'int64' },
    timeout: { value: 'required', type: 'duration' },
    watch: { short: 'w', value: 'none' },
  },
  run(invocation) {
    const { console, flags, namespace } = invocation;
    const revision = positiveRevision(flags);
    let isFound = false;
    const problem = visitRollouts(invocation, (target) => {
      isFound = true;
      if (!rollableOf(target)) return fault(`no status viewer has been implemented for ${groupKind(target)}`);
      return follow(invocation, target, revision);
    });
    if (problem) console.fail(faultText(problem));
    else if (!isFound) console.note(`No resources found in ${namespace} namespace.`);
  },
};

type Progress =
  { readonly kind: 'done' | 'going on'; readonly text: string } | { readonly kind: 'failed'; readonly fault: Fault };

/** Says each state, until the rollout is done or nobody watches it. */
function follow(
  { cluster, console, flags }: Invocation,
  { resource, namespace, name }: VisitedObject,
  revision: number,
): Fault | undefined {
  const isWatching = !flags.has('watch') || flags.isTrue('watch');
  const timeout = durationOf(flags.text('timeout'));
  const deadline = timeout === 0 ? undefined : cluster.clock.now() + timeout;
  const place = { kind: resource.kind, namespace, name };
  const end = watchUntil(cluster, place, deadline, (type, object): 'done' | Fault | undefined => {
    if (type === 'DELETED') return fault('object has been deleted');
    const progress = progressOf(object, revision);
    if (progress.kind === 'failed') return progress.fault;
    console.print(progress.text);
    return progress.kind === 'done' || !isWatching ? 'done' : undefined;
  });
  if (end === 'timed out') return fault('timed out waiting for the condition');
  return end === 'done' ? undefined : end;
}

/** polymorphichelpers/rollout_status.go. */
function progressOf(object: KubeObject, revision: number): Progress {
  switch (object.kind) {
    case 'Deployment':
      return ofDeployment(object, revision);
    case 'DaemonSet':
      return ofDaemonSet(object);
    case 'StatefulSet':
      return ofStatefulSet(object);
    default:
      throw new Error(`a ${object.kind} has no rollout`);
  }
}

function goingOn(text: string): Progress {
  return { kind: 'going on', text };
}

function done(text: string): Progress {
  return { kind: 'done', text };
}

function failed(message: string): Progress {
  return { kind: 'failed', fault: fault(message) };
}

function ofDeployment({ metadata, spec, status }: Deployment, revision: number): Progress {
  const running = Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '0');
  if (revision > 0 && revision !== running)
    return failed(`desired revision (${revision}) is different from the running revision (${running})`);
  const name = JSON.stringify(metadata.name);
  const { observedGeneration = 0, replicas = 0, updatedReplicas = 0, availableReplicas = 0, conditions = [] } = status;
  if ((metadata.generation ?? 0) > observedGeneration)
    return goingOn('Waiting for deployment spec update to be observed...');
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return failed(`deployment ${name} exceeded its progress deadline`);
  const waiting = `Waiting for deployment ${name} rollout to finish:`;
  if (updatedReplicas < spec.replicas)
    return goingOn(`${waiting} ${updatedReplicas} out of ${spec.replicas} new replicas have been updated...`);
  if (replicas > updatedReplicas)
    return goingOn(`${waiting} ${replicas - updatedReplicas} old replicas are pending termination...`);
  if (availableReplicas < updatedReplicas)
    return goingOn(`${waiting} ${availableReplicas} of ${updatedReplicas} updated replicas are available...`);
  return done(`deployment ${name} successfully rolled out`);
}

const rollingOnly = failed('rollout status is only available for RollingUpdate strategy type');

function ofDaemonSet({ metadata, spec, status }: DaemonSet): Progress {
  if (spec.updateStrategy.type !== 'RollingUpdate') return rollingOnly;
  const name = JSON.stringify(metadata.name);
  const { observedGeneration = 0, desiredNumberScheduled: desired } = status;
  const { updatedNumberScheduled: updated = 0, numberAvailable: available = 0 } = status;
  if ((metadata.generation ?? 0) > observedGeneration)
    return goingOn('Waiting for daemon set spec update to be observed...');
  const waiting = `Waiting for daemon set ${name} rollout to finish:`;
  if (updated < desired) return goingOn(`${waiting} ${updated} out of ${desired} new pods have been updated...`);
  if (available < desired) return goingOn(`${waiting} ${available} of ${desired} updated pods are available...`);
  return done(`daemon set ${name} successfully rolled out`);
}

function ofStatefulSet({ metadata, spec, status }: StatefulSet): Progress {
  const { type, rollingUpdate } = spec.updateStrategy;
  if (type !== 'RollingUpdate') return rollingOnly;
  const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0 } = status;
  const { updateRevision = '', currentRevision = '' } = status;
  if (observedGeneration === 0 || (metadata.generation ?? 0) > observedGeneration)
    return goingOn('Waiting for statefulset spec update to be observed...');
  if (readyReplicas < spec.replicas) return goingOn(`Waiting for ${spec.replicas - readyReplicas} pods to be ready...`);
  if (rollingUpdate) {
    const wanted = spec.replicas - rollingUpdate.partition;
    return updatedReplicas < wanted
      ? goingOn(
          `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${wanted} new pods have been updated...`,
        )
      : done(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`);
  }
  if (updateRevision !== currentRevision)
    return goingOn(
      `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...`,
    );
  return done(`statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`);
}
