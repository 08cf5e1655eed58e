import type { Kind, KubeObject } from '@kubedrill/kube-model';
import { refusedResize } from '../admission/claim-resize.ts';
import { refusedByLimits } from '../admission/limit-ranger.ts';
import { charge } from '../quota/quota-admission.ts';
import type { ApiStatus } from '../request.ts';
import type { Write } from './backend.ts';

const growing: ReadonlySet<Kind> = new Set<Kind>(['Service', 'Pod', 'PersistentVolumeClaim']);

/**
 * The plugins that look at what is about to be stored, complete and named: rest.ValidateObjectFunc. Of what is there already only Services,
 * Pods and claims can come to take more than they did.
 */
export function validatingAdmission(
  write: Write,
  object: KubeObject,
  old: KubeObject | undefined,
): ApiStatus | undefined {
  const { store, clock } = write.backend;
  const isLimited = object.kind === 'PersistentVolumeClaim' || (object.kind === 'Pod' && !old);
  const limited = isLimited ? refusedByLimits(object, store) : undefined;
  if (limited) return limited;
  const isClaim = object.kind === 'PersistentVolumeClaim' && old?.kind === 'PersistentVolumeClaim';
  const resize = isClaim ? refusedResize(object, old, store) : undefined;
  if (resize) return resize;
  if (store.count('ResourceQuota') === 0) return undefined;
  if (old && !growing.has(object.kind)) return undefined;
  const outcome = charge(store, clock.now(), object, old);
  if (!outcome.ok) return outcome.status;
  if (!write.dryRun) for (const quota of outcome.charged) store.put(quota);
  return undefined;
}
