import type { Pod, StatefulSet } from '@kubedrill/kube-model';
import type { Change } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import { objectKeyOf } from '../ownership.ts';
import { isPodTerminal } from '../pod-state.ts';
import type { Remark } from '../../events/remark.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { blockedPod, podCommentary } from './statefulset-commentary.ts';
import {
  isAvailable,
  isRunningAndReady,
  isTerminating,
  ordinalOf,
  podRevision,
  startOrdinal,
  statefulPod,
  withIdentity,
} from './stateful-pod.ts';
import type { PodRevision, Revisions } from './statefulset-revisions.ts';
import { goingClaims, missingClaims, retentionChanges } from './volume-claims.ts';

/** Pods that one reconciliation creates at most: MaxBatchSize of stateful_set_control.go. */
const burst = 500;

/**
 * One look at the Pods of a StatefulSet: pkg/controller/statefulset/stateful_set_control.go updateStatefulSet. In order
 * (OrderedReady) it stops at the first Pod that has to be waited for.
 */
export class StatefulSetSync {
  readonly changes: Change[] = [];
  readonly remarks: Remark[] = [];
  deletedForUpdate = 0;
  private readonly view: ObjectView;
  private readonly set: StatefulSet;
  private readonly revisions: Revisions;
  private readonly now: Instant;
  private readonly byOrdinal: ReadonlyMap<number, Pod>;
  /** Beyond the wanted number, the highest first. */
  private readonly condemned: readonly Pod[];
  private readonly isOrdered: boolean;

  constructor(view: ObjectView, set: StatefulSet, revisions: Revisions, pods: readonly Pod[], now: Instant) {
    this.view = view;
    this.set = set;
    this.revisions = revisions;
    this.now = now;
    this.isOrdered = set.spec.podManagementPolicy !== 'Parallel';
    const start = startOrdinal(set);
    this.byOrdinal = new Map(pods.map((pod) => [ordinalOf(pod), pod]));
    this.condemned = pods
      .filter((pod) => ordinalOf(pod) < start || ordinalOf(pod) >= start + set.spec.replicas)
      .toSorted((left, right) => ordinalOf(right) - ordinalOf(left));
  }

  run(): void {
    for (const pod of this.condemned) this.changes.push(...retentionChanges(this.view, this.set, pod));
    for (let index = 0; index < this.set.spec.replicas; index += 1) {
      if (this.processReplica(index) === 'wait' && this.isOrdered) return;
      if (this.changes.length >= burst) return;
    }
    const firstUnavailable = this.firstUnavailable();
    for (const pod of this.condemned)
      if (this.processCondemned(pod, firstUnavailable) === 'wait' && this.isOrdered) return;
    if (this.set.spec.updateStrategy.type === 'RollingUpdate') this.updateOne();
  }

  private processReplica(index: number): 'wait' | 'go on' {
    const pod = this.podAt(index);
    if (!pod) {
      const ordinal = startOrdinal(this.set) + index;
      const name = `${this.set.metadata.name}-${ordinal}`;
      this.changes.push(...missingClaims(this.view, this.set, ordinal));
      const going = goingClaims(this.view, this.set, ordinal);
      if (going.length > 0) {
        const problems = going.map((claim) => `pvc ${claim} is being deleted`);
        const problem = problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`;
        this.remarks.push(blockedPod(this.set, name, problem));
        return 'wait';
      }
      const object = statefulPod(this.set, ordinal, this.revisionFor(ordinal));
      const comment = podCommentary('Create', this.set, name);
      this.changes.push({ verb: 'create', object, comment });
      return 'wait';
    }
    if (isPodTerminal(pod)) {
      if (!isTerminating(pod)) this.delete(pod);
      return 'wait';
    }
    const ordinal = ordinalOf(pod);
    if (pod.status.phase === 'Pending') this.changes.push(...missingClaims(this.view, this.set, ordinal));
    this.changes.push(...retentionChanges(this.view, this.set, pod));
    if (this.isOrdered && (isTerminating(pod) || !this.isHealthy(pod))) return 'wait';
    const identified = withIdentity(pod);
    if (identified)
      this.changes.push({
        verb: 'update',
        object: identified,
        comment: podCommentary('Update', this.set, pod.metadata.name),
      });
    return 'go on';
  }

  /** newVersionedStatefulSetPod: below the partition Pods keep to the current revision. */
  private revisionFor(ordinal: number): PodRevision {
    const { spec, status } = this.set;
    const { type, rollingUpdate } = spec.updateStrategy;
    const start = startOrdinal(this.set);
    const isOld = rollingUpdate
      ? ordinal < start + rollingUpdate.partition
      : type === 'RollingUpdate' && ordinal < start + (status.currentReplicas ?? 0);
    return isOld ? this.revisions.current : this.revisions.update;
  }

  private processCondemned(pod: Pod, firstUnavailable: Pod | undefined): 'wait' | 'go on' {
    if (isTerminating(pod)) return this.isOrdered ? 'wait' : 'go on';
    if (this.isOrdered && !this.isHealthy(pod) && pod !== firstUnavailable) return 'wait';
    this.delete(pod);
    return 'wait';
  }

  /** One Pod at a time, the highest first, down to the partition. */
  private updateOne(): void {
    const partition = this.set.spec.updateStrategy.rollingUpdate?.partition ?? 0;
    for (let index = this.set.spec.replicas - 1; index >= partition; index -= 1) {
      const pod = this.podAt(index);
      if (!pod || isTerminating(pod)) return;
      if (podRevision(pod) !== this.revisions.update.name) {
        this.delete(pod);
        this.deletedForUpdate = 1;
        return;
      }
      if (!isAvailable(pod, this.set, this.now)) return;
    }
  }

  /** Counting from below, with the Pods beyond the wanted number at the end. */
  private firstUnavailable(): Pod | undefined {
    if (this.condemned.length === 0) return undefined;
    const isUnavailable = (pod: Pod): boolean => isTerminating(pod) || !isAvailable(pod, this.set, this.now);
    for (let index = 0; index < this.set.spec.replicas; index += 1) {
      const pod = this.podAt(index);
      if (!pod || isUnavailable(pod)) return pod;
    }
    return this.condemned.findLast(isUnavailable);
  }

  private podAt(index: number): Pod | undefined {
    return this.byOrdinal.get(startOrdinal(this.set) + index);
  }

  private isHealthy(pod: Pod): boolean {
    return isRunningAndReady(pod) && isAvailable(pod, this.set, this.now);
  }

  private delete(pod: Pod): void {
    const comment = podCommentary('Delete', this.set, pod.metadata.name);
    this.changes.push({ verb: 'delete', key: objectKeyOf(pod), uid: pod.metadata.uid, comment });
  }
}
