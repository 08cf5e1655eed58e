import { kinds, resources, type Kind, type KubeObject, type Namespace, type Pod } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { Duration, Instant } from '../../engine/time.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { objectKeyOf } from '../ownership.ts';
import { isPodTerminal } from '../pod-state.ts';
import { withDeletionConditions } from './deletion-conditions.ts';

/** Besides Pods. Endpoints come before Services, which take theirs along. */
const otherKinds: readonly Kind[] = kinds.filter((kind) => resources[kind].namespaced && kind !== 'Pod').reverse();

/** namespaceDeletionGracePeriod: events of a Namespace are looked at that much later, and till then all goes on as before. */
const delay: Duration = 5000;
/** finalizerEstimateSeconds: what the work of a finalizer is expected to take. */
const finalizerEstimate: Duration = 15_000;

/** pkg/controller/namespace: empties a Namespace that is being deleted, and lets it go when it is empty. */
export const namespaceController: Controller = {
  name: 'namespace',
  watches: ['Namespace'],
  keysFor: ({ type, object: { metadata } }) =>
    metadata.deletionTimestamp !== undefined && type !== 'DELETED' ? [metadata.name] : [],
  reconcile(view, name, now) {
    const namespace = view.get('Namespace', '', name);
    const since = namespace?.metadata.deletionTimestamp;
    if (!namespace || since === undefined) return noChanges;
    const begin = Date.parse(since) + delay;
    return now < begin ? { changes: [], wakeAt: begin } : emptied(view, namespace, now);
  },
};

/** deleteAllContent. Pods go before all else, which may guard them. */
function emptied(view: ObjectView, namespace: Namespace, now: Instant): Reconciliation {
  const { name } = namespace.metadata;
  const pods = view.list('Pod', name);
  const estimate = gracePeriodOf(pods, namespace, now);
  return {
    changes: deletionsOf(pods),
    then: () => {
      const podsLeft = view.list('Pod', name);
      // While Pods are left, the conditions say nothing of what is.
      if (podsLeft.length > 0) return waiting(namespace, [], podsLeft, estimate, now);
      return { changes: deletionsOf(contentOf(view, name)), then: () => finished(view, namespace, now) };
    },
  };
}

function finished(view: ObjectView, namespace: Namespace, now: Instant): Reconciliation {
  const left = contentOf(view, namespace.metadata.name);
  const finalizers = namespace.spec.finalizers ?? [];
  const others = finalizers.filter((finalizer) => finalizer !== 'kubernetes');
  if (left.length > 0) return waiting(namespace, left, left, 0, now);
  if (others.length === finalizers.length) return noChanges;
  return {
    changes: [{ verb: 'finalize', object: { ...namespace, spec: { ...namespace.spec, finalizers: others } } }],
  };
}

/** Looks again when what is left can be expected to be gone; what nothing holds should be gone already. */
function waiting(
  namespace: Namespace,
  reported: readonly KubeObject[],
  left: readonly KubeObject[],
  gracePeriod: Duration,
  now: Instant,
): Reconciliation {
  const isHeld = left.some(({ metadata }) => (metadata.finalizers?.length ?? 0) > 0);
  const estimate = gracePeriod > 0 || !isHeld ? gracePeriod : finalizerEstimate;
  const changed = withDeletionConditions(namespace, reported, gracePeriod > 0 ? [] : unexpectedKinds(left), now);
  if (changed === namespace)
    return estimate === 0 ? { changes: [], hasFailed: true } : { changes: [], wakeAt: now + pauseFor(estimate) };
  const changes: readonly Change[] = [{ verb: 'updateStatus', object: changed }];
  const pause = estimate === 0 ? delay : Math.min(delay, pauseFor(estimate));
  return { changes, wakeAt: now + pause, isStable: true };
}

/** deleteAllContentForGroupVersionResource: where none of a kind has a finalizer, all should be gone. */
function unexpectedKinds(left: readonly KubeObject[]): readonly Kind[] {
  const held = new Set(left.flatMap(({ kind, metadata }) => (metadata.finalizers?.length ? kind : [])));
  return [...new Set(left.map(({ kind }) => kind))].filter((kind) => !held.has(kind));
}

function pauseFor(estimate: Duration): Duration {
  return (Math.floor(estimate / 2000) + 1) * 1000;
}

/** estimateGracefulTermination: the longest time that one of the Pods may take, unless it is over. */
function gracePeriodOf(pods: readonly Pod[], { metadata }: Namespace, now: Instant): Duration {
  const seconds = pods.filter((pod) => !isPodTerminal(pod)).map(({ spec }) => spec.terminationGracePeriodSeconds ?? 0);
  const longest = Math.max(0, ...seconds) * 1000;
  return now - Date.parse(metadata.deletionTimestamp ?? '') >= longest ? 0 : longest;
}

function contentOf(view: ObjectView, name: string): readonly KubeObject[] {
  return otherKinds.flatMap((kind): readonly KubeObject[] => view.list(kind, name));
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
