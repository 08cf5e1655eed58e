import type { Kind, KubeObject, Namespace, ObjectKey } from '@kubedrill/kube-model';
import type { ApiStatus } from '../api/request.ts';
import type { Commentary, Utterance } from '../events/remark.ts';
import type { ObjectView, WatchEvent } from '../store/object-view.ts';
import type { Instant } from './time.ts';

/**
 * A controller is level-triggered: it is told which key may have changed, looks at the whole state, and says what to change.
 * It keeps no state of its own, so that a cluster can be forked at any moment.
 */
export interface Controller {
  /** As in kube-controller-manager: 'deployment', 'replicaset', 'endpointslice' ... */
  readonly name: string;
  /** The kinds whose events it wants to see. */
  readonly watches: readonly Kind[];
  /** Sees every event of its kinds first: for the few that keep a summary of the objects (and fork it along with the cluster). */
  observe?(event: WatchEvent): void;
  /** Keys (of its own choosing, usually "namespace/name") that this event makes dirty. */
  keysFor(event: WatchEvent, view: ObjectView): readonly string[];
  reconcile(view: ObjectView, key: string, now: Instant): Reconciliation;
  /** What it says of an event itself, whatever it makes of it. */
  comment?(event: WatchEvent, view: ObjectView): readonly Utterance[] | undefined;
}

export interface Reconciliation {
  readonly changes: readonly Change[];
  /** What it has to say besides. */
  readonly remarks?: readonly Utterance[];
  /** Reconcile this key again at that time; an earlier reconciliation of the key replaces it by its own. */
  readonly wakeAt?: Instant;
  /** Settling waits for `wakeAt` however far away it is: a Pod is starting or ending. */
  readonly inTransit?: boolean;
  /** `wakeAt` is a date in a calendar that has no end: settling neither waits for it nor keeps it, only `advance` does. */
  readonly isRecurring?: boolean;
  /** Returns an error to the work queue: reconcile again after a pause that doubles with each failure in a row, whatever `wakeAt` says. */
  readonly hasFailed?: boolean;
  /** To reconcile the key again at once would change nothing: its own writes do not make it dirty. */
  readonly isStable?: boolean;
  /**
   * What follows once the API server has answered, for a controller that reports what became of its writes. The first refusal ends
   * the changes and is handed on; the times to wake up are those of the last part.
   */
  readonly then?: (refusal: ApiStatus | undefined) => Reconciliation;
}

/** A newly created object before the API server has completed it. */
export type Draft<O extends KubeObject = KubeObject> = O extends KubeObject
  ? Omit<O, 'metadata' | 'status'> & {
      readonly metadata: Omit<O['metadata'], 'uid' | 'resourceVersion' | 'creationTimestamp' | 'name'> & {
        readonly name?: string;
      };
      readonly status?: unknown;
    }
  : never;

/** What a controller may do: API writes by its own client, executed in order by the engine. */
export type Change = Deed & { readonly comment?: Commentary | undefined };

type Deed =
  | { readonly verb: 'create'; readonly object: Draft }
  | { readonly verb: 'update'; readonly object: KubeObject }
  | { readonly verb: 'updateStatus'; readonly object: KubeObject }
  /** pods/binding: gives the Pod its node and the condition PodScheduled. */
  | { readonly verb: 'bind'; readonly key: ObjectKey<'Pod'>; readonly node: string }
  /** namespaces/finalize: the only way to change spec.finalizers. */
  | { readonly verb: 'finalize'; readonly object: Namespace }
  | {
      readonly verb: 'delete';
      readonly key: ObjectKey;
      readonly uid?: string;
      readonly gracePeriodSeconds?: number;
      readonly propagation?: Propagation;
    };

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

export const noChanges: Reconciliation = { changes: [] };
