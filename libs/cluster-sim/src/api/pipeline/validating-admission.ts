import type { KubeObject } from '@kubedrill/kube-model';
import { refusedByLimits } from '../admission/limit-ranger.ts';
import { charge } from '../quota/quota-admission.ts';
import type { ApiStatus } from '../request.ts';
import type { Write } from './backend.ts';

/**
 * The plugins that look at what is about to be stored, complete and named: rest.ValidateObjectFunc. Of what is there already only Services
 * and Pods can come to take more than they did.
 */
export function validatingAdmission(
  write: Write,
  object: KubeObject,
  old: KubeObject | undefined,
): ApiStatus | undefined {
  const { store, clock } = write.backend;
  const limited = object.kind === 'Pod' && !old ? refusedByLimits(object, store) : undefined;
  if (limited) return limited;
  if (store.count('ResourceQuota') === 0) return undefined;
  if (old && object.kind !== 'Service' && object.kind !== 'Pod') return undefined;
  const outcome = charge(store, clock.now(), object, old);
  if (!outcome.ok) return outcome.status;
  if (!write.dryRun) for (const quota of outcome.charged) store.put(quota);
  return undefined;
}
