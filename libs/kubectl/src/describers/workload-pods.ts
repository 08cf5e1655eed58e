import { formatLabelSelector } from '@kubedrill/cluster-sim';
import type { LabelSelector, ObjectMeta, Pod, PodPhase } from '@kubedrill/kube-model';
import type { DescriptionContext } from './describer.ts';
import { RefusedRead, type ReadObjects } from './object-reader.ts';

interface PodOwner {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly selector: LabelSelector };
}

/** getPodStatusForController: "2 Running / 0 Waiting / 0 Succeeded / 0 Failed". */
export function podPhases(owner: PodOwner, context: DescriptionContext): string {
  const read = podsOf(owner, context);
  if (!read.ok) throw new RefusedRead(read.status);
  return phaseCounts(owner, read.objects);
}

export function podsOf({ metadata, spec }: PodOwner, { reader }: DescriptionContext): ReadObjects<'Pod'> {
  return reader.list('Pod', metadata.namespace ?? '', { labels: formatLabelSelector(spec.selector) });
}

export function phaseCounts({ metadata }: PodOwner, pods: readonly Pod[]): string {
  const owned = pods.filter(({ metadata: { ownerReferences = [] } }) =>
    ownerReferences.some(({ controller, uid }) => controller === true && uid === metadata.uid),
  );
  const count = (phase: PodPhase): number => owned.filter(({ status }) => status.phase === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}
