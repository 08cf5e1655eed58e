import type { JsonObject, Kind, KubeObject, ObjectMeta } from '@kubedrill/kube-model';
import type { ClusterBounds } from '../../cluster.ts';
import type { Random } from '../../engine/random.ts';
import type { Clock } from '../../engine/time.ts';
import type { ObjectStore } from '../../store/object-store.ts';
import type { UserInfo } from '../authorization/access.ts';
import type { KindDefinition, StrategyContext } from '../kinds/kind-definition.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { ApiStatus } from '../request.ts';
import { withoutEmpties } from '../schema/empty-values.ts';
import { failure } from '../status.ts';

/** How many objects a cluster may hold; what exceeds it is refused. */
export type ObjectBounds = Pick<ClusterBounds, 'maxObjects' | 'maxPods'>;

/** What the parts of the API server share. */
export interface Backend {
  readonly store: ObjectStore;
  readonly registry: KindRegistry;
  readonly clock: Clock;
  readonly random: Random;
  readonly bounds: ObjectBounds;
}

/** What reading a request's body leaves to be known besides the object. */
export interface Reading {
  /** undefined: nobody reads them (controllers). */
  readonly warnings: string[] | undefined;
  /**
   * The object has lists or maps without elements. In Go they are not the same as none until the object is written, and a refusal
   * that shows the field tells them apart: `[]` or `{}`, not `null`.
   */
  holdsEmpties?: boolean;
}

/** One writing request on its way. */
export interface Write extends Reading {
  readonly backend: Backend;
  readonly dryRun: boolean;
  /** metadata.managedFields names it; controllers leave no trace there. */
  readonly fieldManager: string | undefined;
  /** Who asks; absent: one who may do anything. */
  readonly user?: UserInfo | undefined;
}

export function contextOf(write: Write): StrategyContext {
  const { store, random, clock } = write.backend;
  const { dryRun, user, warnings } = write;
  return { view: store, random, now: clock.now(), dryRun, user, warnings };
}

/** The object as it is written. */
export function encoded(write: Write, { schema }: KindDefinition, object: KubeObject): KubeObject {
  return write.holdsEmpties === true
    ? (withoutEmpties(schema, object as unknown as JsonObject) as unknown as KubeObject)
    : object;
}

/** The object with other metadata; undefined removes a field. */
export function withMetadata<O extends KubeObject>(object: O, changes: Partial<ObjectMeta>): O {
  const metadata: Record<string, unknown> = { ...object.metadata, ...changes };
  for (const [name, value] of Object.entries(changes)) if (value === undefined) Reflect.deleteProperty(metadata, name);
  return { ...object, metadata };
}

/** Which bound one more object of the kind would exceed. */
export function exceededBound(backend: Backend, kind: Kind): keyof ObjectBounds | undefined {
  if (kind === 'Pod' && backend.store.count('Pod') >= backend.bounds.maxPods) return 'maxPods';
  const held = kind === 'Event' ? backend.store.count(kind) : backend.store.size;
  return held >= backend.bounds.maxObjects ? 'maxObjects' : undefined;
}

/** No answer of Kubernetes': the simulation's own bound. The cause's field names it. */
export function boundExceeded(bound: keyof ObjectBounds, limit: number): ApiStatus {
  const message = `the simulated cluster holds at most ${limit} ${bound === 'maxPods' ? 'pods' : 'objects'}`;
  const cause = { reason: 'ClusterBoundExceeded', message, field: bound };
  return failure(429, 'TooManyRequests', message, { causes: [cause] });
}
