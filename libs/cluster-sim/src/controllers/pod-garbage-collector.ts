import type { Node, Pod, PodCondition } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../engine/controller.ts';
import { formatTime, type Duration, type Instant } from '../engine/time.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import type { ObjectView, WatchEvent } from '../store/object-view.ts';
import { objectKeyOf } from './ownership.ts';
import { conditionOf, isPodTerminal } from './pod-state.ts';

/** gcCheckPeriod and quarantineTime. */
const period: Duration = 20_000;
const quarantine: Duration = 40_000;

const outOfService = 'node.kubernetes.io/out-of-service';

/**
 * pkg/controller/podgc: Pods whose node is gone, and Pods that cannot end because their node is out of service, are deleted by
 * force. Keys are names of nodes. It remembers since when it misses a node.
 */
export class PodGarbageCollector implements Controller {
  readonly name = 'podgc';
  readonly watches = ['Node', 'Pod'] as const;
  private readonly missedFrom: CopyOnWriteMap<string, Instant>;

  constructor(missedFrom: CopyOnWriteMap<string, Instant> = new CopyOnWriteMap()) {
    this.missedFrom = missedFrom;
  }

  fork(): PodGarbageCollector {
    return new PodGarbageCollector(this.missedFrom.fork());
  }

  keysFor({ type, object, previous }: WatchEvent, view: ObjectView): readonly string[] {
    if (object.kind === 'Node') return type === 'DELETED' || isOutOfService(object) ? [object.metadata.name] : [];
    if (object.kind !== 'Pod' || type === 'DELETED' || !object.spec.nodeName) return [];
    const { metadata, spec } = object;
    const isKnown = previous?.kind === 'Pod' && previous.spec.nodeName === spec.nodeName;
    if (isKnown && previous.metadata.deletionTimestamp === metadata.deletionTimestamp) return [];
    const node = view.get('Node', '', object.spec.nodeName);
    return !node || isOutOfService(node) ? [object.spec.nodeName] : [];
  }

  reconcile(view: ObjectView, name: string, now: Instant): Reconciliation {
    const node = view.get('Node', '', name);
    if (node) {
      this.missedFrom.delete(name);
      return isOutOfService(node) ? this.freed(view, name, now) : noChanges;
    }
    const pods = view.indexed('Pod', 'node', name);
    if (pods.length === 0) return noChanges;
    const missedFrom = this.missedFrom.get(name) ?? nextLook(now);
    this.missedFrom.set(name, missedFrom);
    const at = missedFrom + quarantine;
    if (at > now) return { changes: [], wakeAt: at };
    return { changes: pods.flatMap((pod) => discarded(pod, now, orphaned(pod))) };
  }

  /** gcTerminating. */
  private freed(view: ObjectView, name: string, now: Instant): Reconciliation {
    const pods = view.indexed('Pod', 'node', name).filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    if (pods.length === 0) return noChanges;
    if (now % period !== 0) return { changes: [], wakeAt: nextLook(now) };
    return { changes: pods.flatMap((pod) => discarded(pod, now, undefined)) };
  }
}

function nextLook(now: Instant): Instant {
  return Math.ceil(now / period) * period;
}

function isOutOfService({ spec, status }: Node): boolean {
  const isReady = status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  return !isReady && (spec.taints?.some(({ key }) => key === outOfService) ?? false);
}

function orphaned({ metadata }: Pod): PodCondition {
  return {
    type: 'DisruptionTarget',
    status: 'True',
    observedGeneration: metadata.generation,
    lastProbeTime: null,
    reason: 'DeletionByPodGC',
    message: 'PodGC: node no longer exists',
  };
}

/** markFailedAndDeletePodWithCondition. */
function discarded(pod: Pod, now: Instant, condition: PodCondition | undefined): readonly Change[] {
  const deletion = { verb: 'delete', key: objectKeyOf(pod), uid: pod.metadata.uid, gracePeriodSeconds: 0 } as const;
  if (isPodTerminal(pod)) return [deletion];
  const former = condition && conditionOf(pod, condition.type);
  const isSame = former?.status === condition?.status;
  const others = (pod.status.conditions ?? []).filter((other) => other !== former);
  const time = isSame && former ? former.lastTransitionTime : formatTime(now);
  const conditions = condition ? [...others, { ...condition, lastTransitionTime: time }] : pod.status.conditions;
  const { generation } = pod.metadata;
  const status = {
    ...pod.status,
    phase: 'Failed' as const,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    conditions,
  };
  return [{ verb: 'updateStatus', object: { ...pod, status } }, deletion];
}
