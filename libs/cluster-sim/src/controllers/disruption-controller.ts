import type {
  Deployment,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
  StringMap,
} from '@kubedrill/kube-model';
import { conditionsWith } from '../api/kinds/pod-disruption-budget/disruption-condition.ts';
import { semanticallyEqual } from '../api/validation/immutable.ts';
import { noChanges, type Controller } from '../engine/controller.ts';
import { type Duration, type Instant } from '../engine/time.ts';
import type { ObjectView } from '../store/object-view.ts';
import { matcherOf } from './label-selector.ts';
import { keyOf, splitKey } from './object-key.ts';
import { controllerOf } from './ownership.ts';
import { isPodReady } from './pod-state.ts';
import { scaledValue } from './scaled-value.ts';

/** How long an evicted Pod counts as gone before it is. */
const deletionTimeout: Duration = 2 * 60_000;
const nothing: readonly string[] = [];

/** pkg/controller/disruption: how many Pods a budget leaves to be evicted. */
export const disruptionController: Controller = {
  name: 'disruption',
  watches: ['PodDisruptionBudget', 'Pod', 'Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'],
  keysFor({ object, previous }, view) {
    if (object.kind === 'PodDisruptionBudget') return [keyOf(object.metadata)];
    if (view.count('PodDisruptionBudget') === 0) return nothing;
    const budgets = view.list('PodDisruptionBudget', object.metadata.namespace ?? '');
    const concerned = budgets.filter(({ spec }) => {
      if (object.kind !== 'Pod') return true;
      const matches = matcherOf(spec.selector);
      return matches(object.metadata.labels) || (previous && matches(previous.metadata.labels));
    });
    return concerned.map(({ metadata }) => keyOf(metadata));
  },
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const budget = view.get('PodDisruptionBudget', namespace, name);
    if (!budget) return noChanges;
    const matches = matcherOf(budget.spec.selector);
    const pods = view.list('Pod', namespace).filter(({ metadata }) => matches(metadata.labels));
    const disrupted = stillDisrupted(budget, pods, now);
    const status = statusOf(budget, pods, disrupted, view, now);
    const times = Object.values(disrupted).map((time) => Date.parse(time) + deletionTimeout);
    const wakeAt = times.length > 0 ? Math.min(...times) + 1 : undefined;
    const changes = semanticallyEqual(status, budget.status)
      ? []
      : [{ verb: 'updateStatus', object: { ...budget, status } } as const];
    return { changes, ...(wakeAt === undefined ? {} : { wakeAt }) };
  },
};

function stillDisrupted({ status }: PodDisruptionBudget, pods: readonly Pod[], now: Instant): StringMap {
  const entries = pods.flatMap(({ metadata }) => {
    const time = status.disruptedPods?.[metadata.name];
    const isExpected = time !== undefined && metadata.deletionTimestamp === undefined;
    return isExpected && Date.parse(time) + deletionTimeout >= now ? [[metadata.name, time] as const] : [];
  });
  return Object.fromEntries(entries);
}

function statusOf(
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  disrupted: StringMap,
  view: ObjectView,
  now: Instant,
): PodDisruptionBudget['status'] {
  const { generation = 0 } = budget.metadata;
  const expectation = expectedOf(budget, pods, view);
  if (!expectation.ok) return failed(budget, expectation.problem, now);
  const { expected, desired } = expectation;
  const healthy = pods.filter(
    (pod) => pod.metadata.deletionTimestamp === undefined && !(pod.metadata.name in disrupted) && isPodReady(pod),
  ).length;
  const allowed = expected > 0 ? Math.max(0, healthy - desired) : 0;
  const isAllowed = allowed > 0;
  const condition = {
    status: isAllowed ? 'True' : 'False',
    reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
    message: '',
  } as const;
  return {
    observedGeneration: generation,
    ...(Object.keys(disrupted).length > 0 ? { disruptedPods: disrupted } : {}),
    disruptionsAllowed: allowed,
    currentHealthy: healthy,
    desiredHealthy: desired,
    expectedPods: expected,
    conditions: conditionsWith(budget, { ...condition, observedGeneration: generation }, now),
  };
}

/** failSafe: without a count nothing may be evicted. */
function failed(budget: PodDisruptionBudget, message: string, now: Instant): PodDisruptionBudget['status'] {
  const { observedGeneration } = budget.status;
  const condition = {
    status: 'False',
    reason: 'SyncFailed',
    message,
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
  } as const;
  return { ...budget.status, disruptionsAllowed: 0, conditions: conditionsWith(budget, condition, now) };
}

type Expectation =
  | { readonly ok: true; readonly expected: number; readonly desired: number }
  | { readonly ok: false; readonly problem: string };

/** getExpectedPodCount: a percentage, and what may be missing, is of what the Pods' controllers want. */
function expectedOf({ spec }: PodDisruptionBudget, pods: readonly Pod[], view: ObjectView): Expectation {
  const { minAvailable, maxUnavailable } = spec;
  if (typeof minAvailable === 'number' && maxUnavailable === undefined)
    return { ok: true, expected: pods.length, desired: minAvailable };
  if (minAvailable === undefined && maxUnavailable === undefined) return { ok: true, expected: 0, desired: 0 };
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod.metadata);
    if (!owner || scales.has(owner.uid)) continue;
    const scale = scaleOf(pod, view);
    if (!scale) return { ok: false, problem: `found no controllers for pod "${pod.metadata.name}"` };
    scales.set(scale.uid, scale.replicas);
  }
  const expected = [...scales.values()].reduce((total, replicas) => total + replicas, 0);
  if (maxUnavailable !== undefined)
    return { ok: true, expected, desired: Math.max(0, expected - scaledValue(maxUnavailable, expected, Math.ceil)) };
  return { ok: true, expected, desired: scaledValue(minAvailable ?? 0, expected, Math.ceil) };
}

interface Scale {
  readonly uid: string;
  readonly replicas: number;
}

/** The finders: ReplicationControllers, Deployments by their ReplicaSets, ReplicaSets and StatefulSets. */
function scaleOf({ metadata }: Pod, view: ObjectView): Scale | undefined {
  const owner = controllerOf(metadata);
  const namespace = metadata.namespace ?? '';
  if (owner?.kind === 'StatefulSet') return scale(view.get('StatefulSet', namespace, owner.name), owner.uid);
  if (owner?.kind === 'ReplicationController')
    return scale(view.get('ReplicationController', namespace, owner.name), owner.uid);
  if (owner?.kind !== 'ReplicaSet') return undefined;
  const set = view.get('ReplicaSet', namespace, owner.name);
  const above = set && controllerOf(set.metadata);
  const deployment = above?.kind === 'Deployment' ? view.get('Deployment', namespace, above.name) : undefined;
  return deployment ? scale(deployment, above?.uid ?? '') : scale(set, owner.uid);
}

function scale(
  workload: Deployment | ReplicaSet | ReplicationController | StatefulSet | undefined,
  uid: string,
): Scale | undefined {
  return workload?.metadata.uid === uid ? { uid, replicas: workload.spec.replicas ?? 0 } : undefined;
}
