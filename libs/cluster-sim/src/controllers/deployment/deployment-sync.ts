import type { Deployment, ReplicaSet } from '@kubedrill/kube-model';
import type { Change, Draft, Reconciliation } from '../../engine/controller.ts';
import { formatTime, type Instant } from '../../engine/time.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { labelOf } from '../label-selector.ts';
import { controllerOf, controllerReference, objectKeyOf } from '../ownership.ts';
import { sameValue } from '../same-value.ts';
import { annotationsOfNew, desiredReplicas, revisionAnnotation, revisionOf, sizeAnnotations } from './annotations.ts';
import { creationCommentary, scalingCommentary } from './deployment-commentary.ts';
import { findCondition, newCondition, reasons, withCondition } from './conditions.ts';
import {
  nextProgressCheck,
  progressDeadline,
  statusOf,
  withProgress,
  type DeploymentStatus,
} from './deployment-status.ts';
import { podTemplateHash } from '../template-hash/pod-template-hash.ts';
import { byCreation, findNew, hashLabel, isComplete, replicasOfNew, sameTemplate } from './replica-sets.ts';

const maxNameLength = 253;
const unlimitedHistory = 2147483647;

/**
 * One reconciliation of a Deployment. It works on copies of the ReplicaSets and of the status, and writes each object at most once
 * at the end, where Kubernetes' controller writes after each thought.
 */
export class DeploymentSync {
  readonly deployment: Deployment;
  readonly view: ObjectView;
  private readonly now: Instant;
  private readonly changes: Change[];
  private readonly stored: ReadonlyMap<string, ReplicaSet>;
  private sets: readonly ReplicaSet[];
  private conditions: NonNullable<DeploymentStatus['conditions']>;
  private revision: string | undefined;
  private collisionCount: number | undefined;
  private freshUid: string | undefined;
  private hasCreated = false;

  constructor(
    view: ObjectView,
    deployment: Deployment,
    sets: readonly ReplicaSet[],
    claims: readonly Change[],
    now: Instant,
  ) {
    this.view = view;
    this.deployment = deployment;
    this.now = now;
    this.changes = [...claims];
    this.sets = sets.toSorted(byCreation);
    this.stored = new Map(this.sets.map((set) => [set.metadata.uid, set]));
    this.conditions = deployment.status.conditions ?? [];
    this.revision = labelOf(deployment.metadata.annotations, revisionAnnotation);
    this.collisionCount = deployment.status.collisionCount;
    this.freshUid = findNew(deployment, this.sets)?.metadata.uid;
  }

  /** The ReplicaSet of the present template, if there is one. */
  get fresh(): ReplicaSet | undefined {
    return this.sets.find(({ metadata }) => metadata.uid === this.freshUid);
  }

  /** All the others, the oldest first. */
  get old(): readonly ReplicaSet[] {
    return this.sets.filter(({ metadata }) => metadata.uid !== this.freshUid);
  }

  /** checkPausedConditions. */
  notePause(): void {
    const { paused = false } = this.deployment.spec;
    const current = findCondition(this.conditions, 'Progressing');
    if (progressDeadline(this.deployment) === undefined || current?.reason === reasons.timedOut) return;
    const wasPaused = current?.reason === reasons.paused;
    if (paused && !wasPaused) this.setProgressing('Unknown', reasons.paused, 'Deployment is paused');
    else if (!paused && wasPaused) this.setProgressing('Unknown', reasons.resumed, 'Deployment is resumed');
  }

  /** getNewReplicaSet where it exists: revision, annotations and minReadySeconds follow the Deployment. */
  syncRevision(): void {
    const { fresh, deployment } = this;
    if (!fresh) return;
    const annotations = annotationsOfNew(deployment, fresh.metadata.annotations, this.nextRevision());
    const { minReadySeconds } = deployment.spec;
    const isCurrent =
      (fresh.spec.minReadySeconds ?? 0) === (minReadySeconds ?? 0) &&
      sameValue(annotations, fresh.metadata.annotations);
    if (!isCurrent)
      this.replace({
        ...fresh,
        metadata: { ...fresh.metadata, annotations },
        spec: { ...fresh.spec, minReadySeconds },
      });
    this.revision = labelOf(annotations, revisionAnnotation) ?? this.revision;
    if (progressDeadline(deployment) !== undefined && !findCondition(this.conditions, 'Progressing'))
      this.setProgressing('True', reasons.found, `Found new replica set "${fresh.metadata.name}"`);
  }

  /** getNewReplicaSet where it is missing. The next reconciliation sees what the API server has made of it. */
  createFresh(): void {
    const { deployment } = this;
    const { namespace = '', name } = deployment.metadata;
    const hash = podTemplateHash(deployment.spec.template, this.collisionCount);
    const setName = `${name.slice(0, maxNameLength - 1 - hash.length)}-${hash}`;
    const taken = this.view.get('ReplicaSet', namespace, setName);
    if (taken) return this.noteCollision(taken);
    const revision = this.nextRevision();
    const object = freshReplicaSet(deployment, this.old, { setName, hash, revision });
    this.changes.push({
      verb: 'create',
      object,
      comment: creationCommentary(deployment, setName, object.spec.replicas),
    });
    this.hasCreated = true;
    this.revision = String(revision);
    if (progressDeadline(deployment) !== undefined)
      this.setProgressing('True', reasons.created, `Created new replica set "${setName}"`);
  }

  /** scaleReplicaSet; whether its size changes. */
  scale(set: ReplicaSet, replicas: number, mode: 'ifNeeded' | 'always' = 'ifNeeded'): boolean {
    const isSame = set.spec.replicas === replicas;
    if (isSame && mode === 'ifNeeded') return false;
    const annotations = { ...set.metadata.annotations, ...sizeAnnotations(this.deployment) };
    if (isSame && sameValue(annotations, set.metadata.annotations)) return false;
    this.replace({ ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas } });
    return !isSame;
  }

  /** isScalingEvent: somebody has changed spec.replicas since the ReplicaSets were sized. */
  isScalingEvent(): boolean {
    return this.sets.some((set) => {
      const desired = desiredReplicas(set);
      return set.spec.replicas > 0 && desired !== undefined && desired !== this.deployment.spec.replicas;
    });
  }

  /** cleanupDeployment: revisions beyond the history limit go, the oldest first. */
  trimHistory(): void {
    const limit = this.deployment.spec.revisionHistoryLimit ?? unlimitedHistory;
    const alive = this.old.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const surplus = alive
      .toSorted((left, right) => revisionOf(left) - revisionOf(right))
      .slice(0, Math.max(0, alive.length - limit));
    for (const set of surplus) {
      const isObserved = (set.metadata.generation ?? 0) <= (set.status.observedGeneration ?? 0);
      if (set.status.replicas === 0 && set.spec.replicas === 0 && isObserved)
        this.changes.push({ verb: 'delete', key: objectKeyOf(set), uid: set.metadata.uid });
    }
  }

  /** cleanupDeployment runs in a rollout once the stored status says that it is complete. */
  get isComplete(): boolean {
    return isComplete(this.deployment, this.deployment.status);
  }

  /** Everything that has been decided, with the status that follows from it. */
  finish(kind: 'rollout' | 'statusOnly'): Reconciliation {
    const { deployment, now } = this;
    for (const set of this.sets) {
      const stored = this.stored.get(set.metadata.uid);
      if (stored !== set)
        this.changes.push({ verb: 'update', object: set, comment: scalingCommentary(deployment, stored, set) });
    }
    const current: Deployment = {
      ...deployment,
      status: { ...deployment.status, conditions: this.conditions, collisionCount: this.collisionCount },
    };
    const sets = { fresh: this.fresh, old: this.old };
    const counted = statusOf(current, sets, now);
    // A ReplicaSet that is only now being created is judged at the next reconciliation, which knows it.
    const isJudged = kind === 'rollout' && !this.hasCreated;
    const status = isJudged ? withProgress(current, counted, sets, now) : counted;
    const hasActed = this.changes.length > 0;
    const annotations = this.annotations();
    if (annotations !== deployment.metadata.annotations || !sameValue(status, deployment.status)) {
      const metadata = { ...deployment.metadata, annotations };
      this.changes.push({ verb: 'updateStatus', object: { ...deployment, metadata, status } });
    }
    if (kind === 'statusOnly') return { changes: this.changes };
    // A status that says for the first time that the rollout is complete lets old ReplicaSets go.
    const isStable = !hasActed && (this.old.length === 0 || !isComplete(deployment, status));
    const check = nextProgressCheck(deployment, status);
    const reconciliation = { changes: this.changes, isStable };
    return check === undefined ? reconciliation : { ...reconciliation, wakeAt: Math.max(check, now + 1000) };
  }

  private annotations(): Deployment['metadata']['annotations'] {
    const { annotations } = this.deployment.metadata;
    if (this.revision === undefined || labelOf(annotations, revisionAnnotation) === this.revision) return annotations;
    return { ...annotations, [revisionAnnotation]: this.revision };
  }

  private nextRevision(): number {
    return Math.max(0, ...this.old.map(revisionOf)) + 1;
  }

  private setProgressing(status: 'True' | 'Unknown', reason: string, message: string): void {
    this.conditions = withCondition(
      this.conditions,
      newCondition('Progressing', status, reason, message, formatTime(this.now)),
    );
  }

  private replace(set: ReplicaSet): void {
    this.sets = this.sets.map((other) => (other.metadata.uid === set.metadata.uid ? set : other));
  }

  /** A ReplicaSet of that name which is not this Deployment's: the hash is salted and tried again. */
  private noteCollision(taken: ReplicaSet): void {
    const isOwn = controllerOf(taken.metadata)?.uid === this.deployment.metadata.uid;
    if (isOwn && sameTemplate(taken.spec.template, this.deployment.spec.template)) return;
    this.collisionCount = (this.collisionCount ?? 0) + 1;
  }
}

interface FreshNaming {
  readonly setName: string;
  readonly hash: string;
  readonly revision: number;
}

function freshReplicaSet(
  deployment: Deployment,
  old: readonly ReplicaSet[],
  { setName, hash, revision }: FreshNaming,
): Draft<ReplicaSet> {
  const { template, selector, minReadySeconds } = deployment.spec;
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: setName,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: { ...annotationsOfNew(deployment, undefined, revision), ...sizeAnnotations(deployment) },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: replicasOfNew(deployment, old, 0),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
    },
  };
}
