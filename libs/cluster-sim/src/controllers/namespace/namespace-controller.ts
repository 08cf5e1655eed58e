import { kinds, resources, type Kind, type KubeObject, type Namespace } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { objectKeyOf } from '../ownership.ts';
import { withDeletionConditions } from './deletion-conditions.ts';

const namespacedKinds: readonly Kind[] = kinds.filter((kind) => resources[kind].namespaced);

/** pkg/controller/namespace: empties a Namespace that is being deleted, and lets it go when it is empty. */
export const namespaceController: Controller = {
  name: 'namespace',
  watches: kinds,
  keysFor({ type, object }, view) {
    if (object.kind === 'Namespace')
      return object.metadata.deletionTimestamp !== undefined && type !== 'DELETED' ? [object.metadata.name] : [];
    const { namespace, deletionTimestamp } = object.metadata;
    const isGoing = type === 'DELETED' || deletionTimestamp !== undefined;
    if (!isGoing || namespace === undefined) return [];
    return view.get('Namespace', '', namespace)?.metadata.deletionTimestamp === undefined ? [] : [namespace];
  },
  reconcile(view, name, now) {
    const namespace = view.get('Namespace', '', name);
    if (!namespace || namespace.metadata.deletionTimestamp === undefined) return noChanges;
    // Pods go before all else, which may guard them.
    const pods = view.list('Pod', name);
    return pods.length > 0 ? awaitPods(namespace, pods, now) : emptied(view, namespace, now);
  },
};

/** While Pods are left, the conditions say nothing of what is. */
function awaitPods(namespace: Namespace, pods: readonly KubeObject[], now: Instant): Reconciliation {
  const deletions = deletionsOf(pods);
  return { changes: deletions.length > 0 ? deletions : statusChange(namespace, [], now) };
}

function emptied(view: ObjectView, namespace: Namespace, now: Instant): Reconciliation {
  const rest = namespacedKinds.flatMap((kind): readonly KubeObject[] => view.list(kind, namespace.metadata.name));
  const deletions = deletionsOf(rest);
  if (deletions.length > 0) return { changes: deletions };
  const finalizers = namespace.spec.finalizers ?? [];
  const others = finalizers.filter((finalizer) => finalizer !== 'kubernetes');
  // Nobody would see the conditions of a Namespace that goes now.
  const conditions = rest.length > 0 || others.length > 0 ? statusChange(namespace, rest, now) : [];
  if (conditions.length > 0 || rest.length > 0 || others.length === finalizers.length) return { changes: conditions };
  return { changes: [{ verb: 'finalize', object: { ...namespace, spec: { ...namespace.spec, finalizers: others } } }] };
}

function statusChange(namespace: Namespace, remaining: readonly KubeObject[], now: Instant): readonly Change[] {
  const changed = withDeletionConditions(namespace, remaining, now);
  return changed === namespace ? [] : [{ verb: 'updateStatus', object: changed }];
}

function deletionsOf(objects: readonly KubeObject[]): readonly Change[] {
  return objects
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map((object) => ({
      verb: 'delete',
      key: objectKeyOf(object),
      uid: object.metadata.uid,
      propagation: 'Background',
    }));
}
