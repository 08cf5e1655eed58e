import { resources, type Json, type JsonObject, type Pod, type PodCondition } from '@kubedrill/kube-model';
import { withCondition } from '../../controllers/pod-state.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiStatus } from '../request.ts';
import { objectMeta } from '../schema/object-meta.ts';
import { object } from '../schema/schema.ts';
import { badRequest, invalidKind, notFound } from '../status.ts';
import { invalid } from '../validation/field-error.ts';
import { root } from '../validation/path.ts';
import type { Write } from './backend.ts';
import { created, decodedAs } from './created-under.ts';
import { deleteObject, violatedPrecondition } from './delete.ts';
import { deleteOptionsSchema, deletionOf, faultyDeletion, type AskedDeletion } from './delete-options.ts';
import { chargeEviction } from './disruption-budget.ts';

/** POST pods/<name>/eviction, a deletion that disruption budgets have to allow: pkg/registry/core/pod/storage/eviction.go. */

interface Eviction {
  readonly metadata: { readonly name?: string };
  readonly deleteOptions?: AskedDeletion;
}

const schema = object('Eviction', { metadata: objectMeta, deleteOptions: deleteOptionsSchema });

const evicting: PodCondition = {
  type: 'DisruptionTarget',
  status: 'True',
  lastProbeTime: null,
  reason: 'EvictionByEvictionAPI',
  message: 'Eviction API: evicting',
};

export function createEviction(asked: Write, namespace: string, name: string, body: Json): Outcome<JsonObject> {
  const decoded = decodedAs<Eviction>(schema, body);
  if (!decoded.ok) return decoded;
  const { metadata, deleteOptions: options = {} } = decoded.object;
  if (metadata.name !== name) return refused(badRequest('name in URL does not match name in Eviction object'));
  if (options.ignoreStoreReadErrorWithClusterBreakingPotential === true) return refused(unsafe(name));
  // propagateDryRun: the body may ask for a dry run as well as the query.
  const write = options.dryRun?.length ? { ...asked, dryRun: true } : asked;
  const pod = write.backend.store.get('Pod', namespace, name);
  if (!pod) return refused(notFound(resources.Pod, name));
  const charged = chargeEviction(write, pod);
  if (!charged.ok) return charged;
  const evicted = evict(write, pod, options);
  return evicted.ok ? done(created) : evicted;
}

function unsafe(name: string): ApiStatus {
  const path = root.child('deleteOptions').child('ignoreStoreReadErrorWithClusterBreakingPotential');
  const detail = 'can not be set for pod eviction, try after removing the option';
  return invalidKind('Eviction', 'policy', name, [invalid(path, true, detail)]);
}

/** addConditionAndDeletePod: only now are the options looked at. */
function evict(write: Write, pod: Pod, options: AskedDeletion): Outcome<unknown> {
  const deletion = deletionOf(options);
  const { store, clock } = write.backend;
  if (!write.dryRun) {
    const violated = violatedPrecondition(pod, deletion);
    if (violated) return refused(violated);
    store.put(withCondition(pod, evicting, clock.now()));
  }
  const faulty = faultyDeletion(options);
  if (faulty) return faulty;
  const { namespace = '', name } = pod.metadata;
  // The condition has made another version of the pod.
  const preconditions = write.dryRun ? deletion.preconditions : undefined;
  return deleteObject(write, { kind: 'Pod', namespace, name }, { ...deletion, preconditions });
}
