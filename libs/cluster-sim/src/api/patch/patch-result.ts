import type { Json } from '@kubedrill/kube-model';
import type { StatusReason } from '../request.ts';

/** The patched document as JSON, still to be decoded and validated, or why the API server refuses the patch itself. */
export type PatchResult =
  | {
      readonly ok: true;
      readonly value: Json;
      /** What strict decoding of the patch itself found: unknown members of JSON patch operations. */
      readonly strictErrors?: readonly string[];
    }
  | PatchFailure;

/** Code, reason and message of the metav1.Status that answers the request. */
export interface PatchFailure {
  readonly ok: false;
  readonly code: 400 | 413 | 422 | 500;
  readonly reason: StatusReason;
  readonly message: string;
  /** Generic responses carry empty details where others carry none. */
  readonly details?: Readonly<Record<string, never>>;
}

export function badRequest(message: string): PatchFailure {
  return { ok: false, code: 400, reason: 'BadRequest', message };
}

/** apimachinery NewGenericServerResponse(422): the cause stays on the server. */
export const unprocessable: PatchFailure = {
  ok: false,
  code: 422,
  reason: 'Invalid',
  message: 'the server rejected our request due to an error in our request',
  details: {},
};

/** A Go error without a status of its own: apiserver ErrorToAPIStatus answers 500 without a reason. */
export function unclassified(message: string): PatchFailure {
  return { ok: false, code: 500, reason: '', message };
}
