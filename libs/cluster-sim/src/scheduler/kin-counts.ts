import type { Pod } from '@kubedrill/kube-model';
import { controllerOf } from '../controllers/ownership.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import type { WatchEvent } from '../store/object-view.ts';
import { isAlive } from './scheduled-pod.ts';

/** Pods by node. */
export interface PodCounts {
  readonly size: number;
  get(node: string): number | undefined;
}

/** On which nodes the Pods of each ReplicaSet, ReplicationController and StatefulSet are, those that end left out: kept along, as it is asked for each of them. */
export class KinCounts {
  private readonly counts: CopyOnWriteMap<string, CopyOnWriteMap<string, number>>;

  constructor(source?: KinCounts) {
    this.counts = source?.counts.fork() ?? new CopyOnWriteMap();
  }

  fork(): KinCounts {
    return new KinCounts(this);
  }

  of(owner: string): PodCounts | undefined {
    return this.counts.get(owner);
  }

  observe({ type, object, previous }: WatchEvent): void {
    if (object.kind !== 'Pod') return;
    const before = type !== 'ADDED' && previous?.kind === 'Pod' && isCounted(previous) ? previous : undefined;
    const after = type !== 'DELETED' && isCounted(object) ? object : undefined;
    if (
      before?.spec.nodeName === after?.spec.nodeName &&
      before?.metadata.ownerReferences === after?.metadata.ownerReferences
    )
      return;
    if (before) this.change(before, -1);
    if (after) this.change(after, 1);
  }

  private change({ metadata, spec }: Pod, by: 1 | -1): void {
    const owner = ownerOf(metadata);
    if (owner === undefined) return;
    let nodes = this.counts.get(owner);
    if (nodes?.owner !== this) this.counts.set(owner, (nodes = nodes?.fork(this) ?? new CopyOnWriteMap(this)));
    const node = spec.nodeName ?? '';
    const count = (nodes.get(node) ?? 0) + by;
    if (count > 0) nodes.set(node, count);
    else nodes.delete(node);
    if (nodes.size === 0) this.counts.delete(owner);
  }
}

function isCounted(pod: Pod): boolean {
  return Boolean(pod.spec.nodeName) && isAlive(pod) && pod.metadata.deletionTimestamp === undefined;
}

const spreadingKinds: ReadonlySet<string> = new Set(['ReplicaSet', 'ReplicationController', 'StatefulSet']);

/** Only these spread without being told. */
export function ownerOf(metadata: Pod['metadata']): string | undefined {
  const owner = controllerOf(metadata);
  return owner && spreadingKinds.has(owner.kind) ? owner.uid : undefined;
}
