import type { ApiStatus } from './request.ts';

/** What a step of the API server makes of an object, or why it refuses. */
export type Outcome<O> = { readonly ok: true; readonly object: O } | Refusal;

export interface Refusal {
  readonly ok: false;
  readonly status: ApiStatus;
}

export function done<O>(object: O): Outcome<O> {
  return { ok: true, object };
}

export function refused(status: ApiStatus): Refusal {
  return { ok: false, status };
}
