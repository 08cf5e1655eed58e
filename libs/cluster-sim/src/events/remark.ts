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

/** Said again and again after that moment, until the key falls silent. */
export interface Refrain {
  readonly key: string;
  readonly remarks: readonly Remark[];
  readonly from: Instant;
  /** Before each time; the last one goes on. */
  readonly pauses: readonly Duration[];
}

export interface Silence {
  readonly silence: string;
}

/** A host that is without power says nothing any more. */
export interface HostSilence {
  readonly silentHost: string;
}

/** What a component remembers of what it has said. */
export interface Notes {
  has(note: string): boolean;
  add(note: string): void;
}

/** What there is to say about an object is worked out when somebody wants to know. */
export interface Account {
  readonly about: KubeObject;
  readonly tell: (notes: Notes) => readonly Utterance[];
}

export type Utterance = Remark | Refrain | Silence | HostSilence | Account;

/** What a controller says once the API server has answered to a change. */
export interface Commentary {
  readonly done?: (object: KubeObject) => Utterance | undefined;
  readonly refused?: (refusal: ApiStatus) => Utterance | undefined;
}
