import { kinds, resources, type Kind } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller } from '../engine/controller.ts';
import type { ObjectView } from '../store/object-view.ts';
import { objectKeyOf } from './ownership.ts';

const namespacedKinds: readonly Kind[] = kinds.filter((kind) => resources[kind].namespaced);

/** pkg/controller/namespace: empties a Namespace that is being deleted, and lets it go when it is empty. */
export const namespaceController: Controller = {
  name: 'namespace',
  watches: kinds,
  keysFor({ type, object }, view) {
    if (object.kind === 'Namespace')
      return object.metadata.deletionTimestamp !== undefined && type !== 'DELETED' ? [object.metadata.name] : [];
    const { namespace } = object.metadata;
    if (type !== 'DELETED' || namespace === undefined) return [];
    return view.get('Namespace', '', namespace)?.metadata.deletionTimestamp === undefined ? [] : [namespace];
  },
  reconcile(view, name) {
    const namespace = view.get('Namespace', '', name);
    if (!namespace || namespace.metadata.deletionTimestamp === undefined) return noChanges;
    const deletions = namespacedKinds.flatMap((kind) => deletionsOf(view, kind, name));
    if (deletions.length > 0) return { changes: deletions };
    const finalizers = namespace.spec.finalizers ?? [];
    const isEmpty = namespacedKinds.every((kind) => view.list(kind, name).length === 0);
    if (!isEmpty || !finalizers.includes('kubernetes')) return noChanges;
    const others = finalizers.filter((finalizer) => finalizer !== 'kubernetes');
    return {
      changes: [{ verb: 'finalize', object: { ...namespace, spec: { ...namespace.spec, finalizers: others } } }],
    };
  },
};

function deletionsOf(view: ObjectView, kind: Kind, namespace: string): readonly Change[] {
  return view
    .list(kind, namespace)
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map((object) => ({
      verb: 'delete',
      key: objectKeyOf(object),
      uid: object.metadata.uid,
      propagation: 'Background',
    }));
}
