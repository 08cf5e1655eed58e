import type {
  AutoscalerCondition,
  Deployment,
  HorizontalPodAutoscaler,
  MetricSpec,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../engine/controller.ts';
import { formatTime, type Duration, type Instant } from '../engine/time.ts';
import type { Remark } from '../events/remark.ts';
import type { ObjectView } from '../store/object-view.ts';
import { keyOf, splitKey } from './object-key.ts';

/** --horizontal-pod-autoscaler-sync-period. */
const period: Duration = 15_000;

type Target = Deployment | ReplicaSet | ReplicationController | StatefulSet;

/**
 * pkg/controller/podautoscaler, in a cluster without a metrics server: it keeps the number of replicas within the bounds and says that
 * it cannot do more.
 */
export const horizontalPodAutoscalerController: Controller = {
  name: 'horizontalpodautoscaling',
  watches: ['HorizontalPodAutoscaler'],
  keysFor: ({ type, object }) => (type === 'ADDED' ? [keyOf(object.metadata)] : []),
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const autoscaler = view.get('HorizontalPodAutoscaler', namespace, name);
    if (!autoscaler) return noChanges;
    const next = { wakeAt: now + period, isRecurring: true };
    // The first look is one period after the creation.
    if (now < Date.parse(autoscaler.metadata.creationTimestamp ?? '') + period) return { changes: [], ...next };
    return { ...sync(autoscaler, view, now), ...next };
  },
};

function sync(autoscaler: HorizontalPodAutoscaler, view: ObjectView, now: Instant): Reconciliation {
  const { kind, name } = autoscaler.spec.scaleTargetRef;
  const target = targetOf(autoscaler, view);
  const say = (reason: string, message: string): Remark => ({
    by: { form: 'older', component: 'horizontal-pod-autoscaler' },
    about: autoscaler,
    type: reason === 'SuccessfulRescale' ? 'Normal' : 'Warning',
    reason,
    message,
  });
  if (!target) {
    const group = kind === 'ReplicationController' ? '' : '.apps';
    const problem = `${kind.toLowerCase()}s${group} "${name}" not found`;
    const message = `the HPA controller was unable to get the target's current scale: ${problem}`;
    const conditions = [condition('AbleToScale', 'False', 'FailedGetScale', message)];
    return { changes: status(autoscaler, conditions, {}, now), remarks: [say('FailedGetScale', problem)] };
  }
  const found = condition(
    'AbleToScale',
    'True',
    'SucceededGetScale',
    "the HPA controller was able to get the target's current scale",
  );
  const current = target.spec.replicas ?? 1;
  const [least, most] = [autoscaler.spec.minReplicas ?? 1, autoscaler.spec.maxReplicas];
  if (current === 0) {
    const disabled = condition(
      'ScalingActive',
      'False',
      'ScalingDisabled',
      'scaling is disabled since the replica count of the target is zero',
    );
    return { changes: status(autoscaler, [found, disabled], { current, desired: 0 }, now) };
  }
  if (current >= least && current <= most) {
    const problem = unknownMetric(autoscaler.spec.metrics ?? []);
    const inactive = condition(
      'ScalingActive',
      'False',
      problem.reason,
      `the HPA was unable to compute the replica count: ${problem.message}`,
    );
    const remarks = [say(problem.reason, problem.message), say('FailedComputeMetricsReplicas', problem.summary)];
    return { changes: status(autoscaler, [found, inactive], { current }, now), remarks };
  }
  const desired = current > most ? most : least;
  const why =
    current > most
      ? 'Current number of Replicas above Spec.MaxReplicas'
      : 'Current number of Replicas below Spec.MinReplicas';
  const scaled = condition(
    'AbleToScale',
    'True',
    'SucceededRescale',
    `the HPA controller was able to update the target scale to ${desired}`,
  );
  return {
    changes: [
      { verb: 'update', object: { ...target, spec: { ...target.spec, replicas: desired } } as Target },
      ...status(autoscaler, [scaled], { current, desired, scaledAt: now }, now),
    ],
    remarks: [say('SuccessfulRescale', `New size: ${desired}; reason: ${why}`)],
  };
}

function targetOf({ spec, metadata }: HorizontalPodAutoscaler, view: ObjectView): Target | undefined {
  const { kind, name } = spec.scaleTargetRef;
  const namespace = metadata.namespace ?? '';
  switch (kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
      return view.get(kind, namespace, name);
    default:
      return undefined;
  }
}

/** What the clients of the metrics APIs are told by a server that does not have them. */
function unknownMetric([first, ...others]: readonly MetricSpec[]): {
  readonly reason: string;
  readonly message: string;
  readonly summary: string;
} {
  const count = others.length + 1;
  const { name = 'cpu', target } = first?.resource ?? first?.containerResource ?? {};
  const missing = 'the server could not find the requested resource (get pods.metrics.k8s.io)';
  const problem = `unable to get metrics for resource ${name}: unable to fetch metrics from resource metrics API: ${missing}`;
  const message = target?.averageValue === undefined ? `failed to get ${name} utilization: ${problem}` : problem;
  const reason = first?.containerResource ? 'FailedGetContainerResourceMetric' : 'FailedGetResourceMetric';
  const summary = `invalid metrics (${count} invalid out of ${count}), first error is: failed to get ${name} resource metric value: ${message}`;
  return { reason, message, summary };
}

function condition(
  type: string,
  state: AutoscalerCondition['status'],
  reason: string,
  message: string,
): AutoscalerCondition {
  return { type, status: state, reason, message };
}

interface Scaling {
  readonly current?: number;
  readonly desired?: number;
  readonly scaledAt?: Instant;
}

function status(
  autoscaler: HorizontalPodAutoscaler,
  changed: readonly AutoscalerCondition[],
  { current, desired, scaledAt }: Scaling,
  now: Instant,
): readonly Change[] {
  const { status: before } = autoscaler;
  const conditions = new Map((before.conditions ?? []).map((known) => [known.type, known]));
  for (const next of changed) {
    const known = conditions.get(next.type);
    const lastTransitionTime = known?.status === next.status ? known.lastTransitionTime : formatTime(now);
    conditions.set(next.type, { ...next, lastTransitionTime });
  }
  const object: HorizontalPodAutoscaler = {
    ...autoscaler,
    status: {
      ...before,
      ...(current === undefined ? {} : { currentReplicas: current }),
      desiredReplicas: desired ?? before.desiredReplicas,
      ...(scaledAt === undefined ? {} : { lastScaleTime: formatTime(scaledAt) }),
      conditions: [...conditions.values()],
    },
  };
  return [{ verb: 'updateStatus', object }];
}
