import { resources, type Pod, type PodDisruptionBudget } from '@kubedrill/kube-model';
import { conditionsWith } from '../kinds/pod-disruption-budget/disruption-condition.ts';
import { matcherOf } from '../../controllers/label-selector.ts';
import { isPodReady } from '../../controllers/pod-state.ts';
import { formatTime } from '../../engine/time.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiStatus } from '../request.ts';
import { failure, forbidden } from '../status.ts';
import type { Write } from './backend.ts';

/** pkg/registry/core/pod/storage/eviction.go: whether a budget lets the Pod go. */

const maxDisruptedPods = 2000;
const violated = "Cannot evict pod as it would violate the pod's disruption budget.";

/** Takes the eviction out of the budget. */
export function chargeEviction(write: Write, pod: Pod): Outcome<Pod> {
  const { view, now } = { view: write.backend.store, now: write.backend.clock.now() };
  if (view.count('PodDisruptionBudget') === 0 || isGoneAnyway(pod)) return done(pod);
  const budgets = view
    .list('PodDisruptionBudget', pod.metadata.namespace ?? '')
    .filter(({ spec }) => matcherOf(spec.selector)(pod.metadata.labels));
  const [budget] = budgets;
  if (!budget) return done(pod);
  if (budgets.length > 1)
    return refused(
      failure(
        500,
        '',
        'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
      ),
    );
  if (!isPodReady(pod) && mayGoUnhealthy(budget)) return done(pod);
  const refusal = unallowed(budget);
  if (refusal) return refused(refusal);
  if (!write.dryRun) view.put(chargedWith(budget, pod, now));
  return done(pod);
}

/** canIgnorePDB. */
function isGoneAnyway({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined || ['Succeeded', 'Failed', 'Pending'].includes(status.phase ?? '');
}

function mayGoUnhealthy({ spec, status }: PodDisruptionBudget): boolean {
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

/** checkAndDecrement. */
function unallowed({ metadata, status }: PodDisruptionBudget): ApiStatus | undefined {
  const { name } = metadata;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0))
    return tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  const unfit = (words: string): ApiStatus =>
    forbidden({ ...resources.PodDisruptionBudget, plural: 'poddisruptionbudget' }, name, words);
  if (status.disruptionsAllowed < 0) return unfit('pdb disruptions allowed is negative');
  if (Object.keys(status.disruptedPods ?? {}).length > maxDisruptedPods)
    return unfit('DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  return status.disruptionsAllowed === 0 ? tooMany(whyNone(name, status)) : undefined;
}

function whyNone(name: string, { conditions, currentHealthy, desiredHealthy }: PodDisruptionBudget['status']): string {
  const condition = conditions?.find(({ type }) => type === 'DisruptionAllowed');
  const hasSaid = condition?.status === 'False' && condition.message !== '';
  const words = `The disruption budget ${name} does not allow evicting pods currently`;
  if (hasSaid && condition.reason === 'SyncFailed') return `${words} because it failed sync: ${condition.message}`;
  if (currentHealthy <= desiredHealthy)
    return `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  return hasSaid ? `${words} (${condition.reason}): ${condition.message}` : words;
}

function tooMany(message: string, retryAfterSeconds?: number): ApiStatus {
  const causes = [{ reason: 'DisruptionBudget', message }];
  return failure(429, 'TooManyRequests', violated, {
    causes,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function chargedWith(budget: PodDisruptionBudget, pod: Pod, now: number): PodDisruptionBudget {
  const { status } = budget;
  const disruptionsAllowed = status.disruptionsAllowed - 1;
  const { observedGeneration } = status;
  const exhausted = {
    status: 'False',
    reason: 'InsufficientPods',
    message: '',
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
  } as const;
  return {
    ...budget,
    status: {
      ...status,
      disruptionsAllowed,
      ...(disruptionsAllowed === 0 ? { conditions: conditionsWith(budget, exhausted, now) } : {}),
      disruptedPods: { ...status.disruptedPods, [pod.metadata.name]: formatTime(now) },
    },
  };
}
