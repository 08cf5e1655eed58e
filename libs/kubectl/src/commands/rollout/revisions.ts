import { deepEqual, formatLabelSelector, patchLocally } from '@kubedrill/cluster-sim';
import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  JsonObject,
  PodTemplateSpec,
  ReplicaSet,
  StatefulSet,
} from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { replicaSetsOf } from '../../deployment-replica-sets.ts';
import { ObjectReader } from '../../describers/object-reader.ts';
import type { Fault } from '../../fault.ts';
import { fault } from '../../fault.ts';
import { shownObject } from '../../found-objects.ts';
import type { Invocation } from '../../invocation.ts';
import type { VisitedObject } from '../../resource-visit.ts';

/** One state that a workload has had. */
export interface Revision {
  readonly number: number;
  readonly changeCause: string | undefined;
  readonly template: PodTemplateSpec;
  /** The object that stands for it: with -o. */
  readonly object: JsonObject;
  /** Whether the workload is so now. */
  readonly isCurrent: boolean;
  readonly source: ReplicaSet | ControllerRevision;
}

export type Rollable = Deployment | DaemonSet | StatefulSet;

export function rollableOf({ object }: VisitedObject): Rollable | undefined {
  const candidate = object as unknown as Rollable;
  const isRollable = ['Deployment', 'DaemonSet', 'StatefulSet'].includes(candidate.kind);
  return isRollable ? candidate : undefined;
}

const revisionAnnotation = 'deployment.kubernetes.io/revision';
export const causeAnnotation = 'kubernetes.io/change-cause';

/** polymorphichelpers/history.go GetHistory, in the order in which kubectl goes through them. */
export function revisionsOf(invocation: Invocation, workload: Rollable): readonly Revision[] | Fault {
  const reader = new ObjectReader(invocation.cluster);
  return workload.kind === 'Deployment'
    ? ofReplicaSets(reader, workload)
    : ofControllerRevisions(invocation, reader, workload);
}

export function isRefused(revisions: readonly Revision[] | Fault): revisions is Fault {
  return 'kind' in revisions;
}

function ofReplicaSets(reader: ObjectReader, deployment: Deployment): readonly Revision[] | Fault {
  const sets = replicaSetsOf(deployment, reader);
  if (!sets.ok)
    return fault(`failed to retrieve replica sets from deployment ${deployment.metadata.name}: ${sets.status.message}`);
  return [...sets.old, ...(sets.fresh ? [sets.fresh] : [])].map((set) => ({
    number: Number(set.metadata.annotations?.[revisionAnnotation] ?? '0'),
    changeCause: set.metadata.annotations?.[causeAnnotation],
    template: set.spec.template,
    object: shownObject({ resource: resources.ReplicaSet, object: set }),
    isCurrent: set === sets.fresh,
    source: set,
  }));
}

function ofControllerRevisions(
  { cluster }: Invocation,
  reader: ObjectReader,
  workload: DaemonSet | StatefulSet,
): readonly Revision[] | Fault {
  const { metadata, spec } = workload;
  const read = reader.list('ControllerRevision', metadata.namespace ?? '', {
    labels: formatLabelSelector(spec.selector),
  });
  if (!read.ok)
    return fault(`unable to find history controlled by ${workload.kind} ${metadata.name}: ${read.status.message}`);
  const owned = read.objects.filter(({ metadata: { ownerReferences = [] } }) =>
    ownerReferences.some(({ controller, uid }) => controller === true && uid === metadata.uid),
  );
  const resource = resources[workload.kind];
  const current = shownObject({ resource, object: workload });
  return owned.map((revision) => {
    const applied = patchLocally(cluster.api, resource, 'strategic', current, revision.data ?? {});
    if (!applied.ok) throw new Error(`a revision cannot be applied: ${applied.message}`);
    const { template } = (applied.object as unknown as DaemonSet | StatefulSet).spec;
    return {
      number: revision.revision,
      changeCause: revision.metadata.annotations?.[causeAnnotation],
      template,
      object: applied.object,
      isCurrent: deepEqual(template as unknown as JsonObject, spec.template as unknown as JsonObject),
      source: revision,
    };
  });
}
