import type { Kind, KubeObject, LabelSelector, ObjectKey, ObjectOfKind } from '@kubedrill/kube-model';
import type { Random } from '../../engine/random.ts';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView } from '../../store/object-view.ts';
import type { UserInfo } from '../authorization/access.ts';
import type { Outcome } from '../outcome.ts';
import type { ApiStatus } from '../request.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import type { FieldError } from '../validation/field-error.ts';

/**
 * All that the API server knows about one kind, as Go's strategy, defaults and validation together. Objects are immutable:
 * functions that change one return another (or the same, when there is nothing to change).
 */
export interface KindDefinition<K extends Kind = Kind> {
  readonly kind: K;
  readonly schema: ObjectSchema;
  /** The warning that every request for the kind gets. */
  readonly deprecation?: string;
  /** pkg/apis/<group>/v1/defaults.go: also applied to what controllers write. */
  defaults(object: ObjectOfKind[K]): ObjectOfKind[K];
  readonly strategy: Strategy<K>;
  /** Admission plugins that change a new object of this kind. */
  admitCreate?(object: ObjectOfKind[K], context: StrategyContext): Outcome<ObjectOfKind[K]>;
  /** Those that change an updated one, its subresources aside. */
  admitUpdate?(object: ObjectOfKind[K], old: ObjectOfKind[K]): ObjectOfKind[K];
  /** What keeps a user, who may write objects of the kind, from writing this one. */
  refuseEscalation?(
    object: ObjectOfKind[K],
    old: ObjectOfKind[K] | undefined,
    context: StrategyContext,
  ): ApiStatus | undefined;
  /** What is drawn from pools; runs before prepareForCreate and validation, as in registry/generic/registry/store.go. */
  readonly allocation?: Allocation<K>;
  readonly status?: SubresourceStrategy<K>;
  /** namespaces/finalize. */
  readonly finalize?: SubresourceStrategy<K>;
  readonly ephemeralcontainers?: SubresourceStrategy<K>;
  readonly resize?: SubresourceStrategy<K>;
  readonly scale?: ScaleAccess<K>;
  /** Field selectors besides metadata.name and metadata.namespace. */
  readonly selectableFields?: Readonly<Record<string, (object: ObjectOfKind[K]) => string>>;
  readonly deletion?: DeletionStrategy<K>;
  /** What is written with the object: undefined where the old one has left nothing to do. */
  companions?(
    object: ObjectOfKind[K],
    old: ObjectOfKind[K] | undefined,
    context: StrategyContext,
  ): Companions | undefined;
}

/** registry/core/<kind>/strategy.go. */
export interface Strategy<K extends Kind> {
  readonly allowCreateOnUpdate: boolean;
  /** Whether an update without resourceVersion is accepted. */
  readonly allowUnconditionalUpdate: boolean;
  prepareForCreate(object: ObjectOfKind[K], context: StrategyContext): ObjectOfKind[K];
  prepareForUpdate(object: ObjectOfKind[K], old: ObjectOfKind[K], context: StrategyContext): ObjectOfKind[K];
  /**
   * Everything that the kind's own validation in Go says, metadata included (validateMetadata with the kind's format of names), in
   * its order. The pipeline adds what rest.BeforeCreate and rest.BeforeUpdate check for all kinds.
   */
  validateCreate(object: ObjectOfKind[K], context: StrategyContext): readonly FieldError[];
  /** As validateCreate; usually begins with validateMetadataUpdate, so that causes of common fields come more than once. */
  validateUpdate(object: ObjectOfKind[K], old: ObjectOfKind[K], context: StrategyContext): readonly FieldError[];
  /** What is left out once everything is checked. */
  canonicalize?(object: ObjectOfKind[K]): ObjectOfKind[K];
  warningsOnCreate?(object: ObjectOfKind[K]): readonly string[];
  warningsOnUpdate?(object: ObjectOfKind[K], old: ObjectOfKind[K]): readonly string[];
}

/** What a strategy may look at besides the object. */
export interface StrategyContext {
  readonly view: ObjectView;
  readonly random: Random;
  readonly now: Instant;
  readonly dryRun: boolean;
  /** Who writes; absent: one who may do anything. */
  readonly user?: UserInfo | undefined;
  /** For what is said while a strategy prepares; undefined: nobody reads it. */
  readonly warnings?: string[] | undefined;
}

/** Allocation changes nothing until the object is stored: pools are read from the stored objects. */
export interface Allocation<K extends Kind> {
  onCreate(object: ObjectOfKind[K], context: StrategyContext): Outcome<ObjectOfKind[K]>;
  onUpdate(object: ObjectOfKind[K], old: ObjectOfKind[K], context: StrategyContext): Outcome<ObjectOfKind[K]>;
}

/** A subresource that is a part of the object: takes that part (and metadata) of the new object, all else of the old one. */
export interface SubresourceStrategy<K extends Kind> {
  prepareForUpdate(object: ObjectOfKind[K], old: ObjectOfKind[K], context: StrategyContext): ObjectOfKind[K];
  validateUpdate(object: ObjectOfKind[K], old: ObjectOfKind[K], context: StrategyContext): readonly FieldError[];
  warningsOnUpdate?(object: ObjectOfKind[K], old: ObjectOfKind[K]): readonly string[];
}

/** autoscaling/v1 Scale of a workload. */
export interface ScaleAccess<K extends Kind> {
  replicas(object: ObjectOfKind[K]): number;
  statusReplicas(object: ObjectOfKind[K]): number;
  selector(object: ObjectOfKind[K]): LabelSelector | undefined;
  withReplicas(object: ObjectOfKind[K], replicas: number): ObjectOfKind[K];
}

/** Objects of other kinds that the API server itself keeps in step with one: a Service's IPAddresses. */
export interface Companions {
  readonly added: readonly KubeObject[];
  readonly removed: readonly ObjectKey[];
}

export interface DeletionStrategy<K extends Kind> {
  /** ReturnDeletedObject: a deletion answers with the object, not with a Status. */
  readonly answersWithObject?: true;
  /** DefaultGarbageCollectionPolicy OrphanDependents: without a word on propagation the dependents stay. */
  readonly orphansByDefault?: true;
  /** DefaultGarbageCollectionPolicy Unsupported: a deletion says nothing about dependents. */
  readonly ignoresDependents?: true;
  /** rest.RESTGracefulDeleteStrategy CheckGracefulDelete: seconds until the object goes; 0 or undefined: at once. */
  gracePeriodSeconds?(object: ObjectOfKind[K], asked: number | undefined): number | undefined;
  /** What is done to a deletion before it begins: a Status refuses it. */
  admitDelete?(object: ObjectOfKind[K]): ApiStatus | undefined;
  /** What a deletion that leaves the object in place changes in it: a Namespace becomes Terminating. */
  onMarked?(object: ObjectOfKind[K]): ObjectOfKind[K];
  /** Holds the object in place besides metadata.finalizers: a Namespace's spec.finalizers. */
  isHeld?(object: ObjectOfKind[K]): boolean;
  /** Objects that the API server itself removes along: a Service's Endpoints and IPAddresses. */
  alongWith?(object: ObjectOfKind[K]): readonly ObjectKey[];
}
