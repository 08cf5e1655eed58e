import type { KubeObject, ObjectReference } from '@kubedrill/kube-model';
import type { ApiStatus } from '../api/request.ts';
import type { Duration, Instant } from '../engine/time.ts';

/** Who has something to say, and with which of client-go's two recorders. */
export type Reporter =
  /** tools/record. */
  | { readonly form: 'older'; readonly component: string; readonly host?: string }
  /** tools/events. */
  | { readonly form: 'newer'; readonly component: string; readonly action: string };

/**
 * What a component says about an object; it becomes an Event when somebody reads Events. Until then it has to be cheap: the message is
 * put together from what does not change any more.
 */
export interface Remark {
  readonly by: Reporter;
  readonly about: KubeObject | ObjectReference;
  /** A part of it: "spec.containers{web}". */
  readonly fieldPath?: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string | (() => string);
}

/** Said again and again from then on, until the key falls silent. */
export interface Refrain {
  readonly key: string;
  readonly remark: Remark;
  readonly first: Instant;
  readonly every: Duration;
}

export interface Silence {
  readonly silence: string;
}

export type Utterance = Remark | Refrain | Silence;

/** What a controller says once the API server has answered to a change. */
export interface Commentary {
  readonly done?: (object: KubeObject) => Utterance | undefined;
  readonly refused?: (refusal: ApiStatus) => Utterance | undefined;
}
