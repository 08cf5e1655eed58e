import type { JsonObject } from '@kubedrill/kube-model';
import type { Propagation } from '../../engine/controller.ts';
import { done, refused, type Outcome, type Refusal } from '../outcome.ts';
import type { DeleteOptions } from '../request.ts';
import { decode } from '../schema/decode.ts';
import { bool, int64, list, named, object, pointer, string } from '../schema/schema.ts';
import { badRequest } from '../status.ts';
import { refusedOptions, validateDeleteOptions } from '../validation/request-options.ts';

/** metav1.DeleteOptions as they are sent, in a body or in a query. */

export interface AskedDeletion extends Pick<DeleteOptions, 'gracePeriodSeconds' | 'preconditions'> {
  readonly orphanDependents?: boolean;
  readonly propagationPolicy?: string;
  readonly dryRun?: readonly string[];
  readonly ignoreStoreReadErrorWithClusterBreakingPotential?: boolean;
}

export const deleteOptionsSchema = object('DeleteOptions', {
  kind: string,
  apiVersion: string,
  gracePeriodSeconds: pointer(int64),
  preconditions: object('Preconditions', {
    uid: pointer(named('types.UID', string)),
    resourceVersion: pointer(string),
  }),
  orphanDependents: pointer(bool),
  propagationPolicy: pointer(named('v1.DeletionPropagation', string)),
  dryRun: list(string),
  ignoreStoreReadErrorWithClusterBreakingPotential: pointer(bool),
});

/** DeleteResource of apiserver/pkg/endpoints/handlers: what is wrong with the options is said before anything is looked up. */
export function deleteOptionsOf(body: JsonObject): Outcome<DeleteOptions> {
  const decoded = decode(deleteOptionsSchema, body);
  if (!decoded.ok) return refused(badRequest(decoded.message));
  const asked: AskedDeletion = decoded.value;
  return faultyDeletion(asked) ?? done(deletionOf(asked));
}

export function faultyDeletion(asked: AskedDeletion): Refusal | undefined {
  return refusedOptions('DeleteOptions', validateDeleteOptions(asked));
}

/** The older of the two options about dependents says less; both are never there. */
export function deletionOf({ dryRun, orphanDependents, propagationPolicy, ...rest }: AskedDeletion): DeleteOptions {
  const propagation = orphanDependents === true ? 'Orphan' : (propagationPolicy as Propagation | undefined);
  const { gracePeriodSeconds, preconditions } = rest;
  return { dryRun: (dryRun?.length ?? 0) > 0, gracePeriodSeconds, preconditions, propagation };
}
