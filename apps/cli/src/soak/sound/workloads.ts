import type { JsonObject } from '@kubedrill/kube-model';
import type { Draw } from '../draw.ts';
import { labelValues, names } from '../words.ts';
import { labels, podSpec, podTemplate } from './pod-spec.ts';

/** Workloads that the API server takes (but for an image name or so); metadata comes from `soundObject`. */

export function pod(draw: Draw): JsonObject {
  return { metadata: { labels: labels(draw) }, spec: podSpec(draw, draw.pick(['Always', 'Never', 'OnFailure'])) };
}

function replicated(draw: Draw): {
  readonly replicas: number;
  readonly selector: JsonObject;
  readonly template: JsonObject;
} {
  const app = draw.pick(labelValues);
  return { replicas: draw.between(0, 3), selector: { matchLabels: { app } }, template: podTemplate(draw, app) };
}

export function deployment(draw: Draw): JsonObject {
  return {
    spec: {
      ...replicated(draw),
      ...draw.maybe(20, () => ({ strategy: draw.pick<JsonObject>([{ type: 'Recreate' }, rollingUpdate(draw)]) })),
      ...draw.maybe(10, () => ({ paused: true })),
      ...draw.maybe(20, () => ({ minReadySeconds: draw.between(1, 5), progressDeadlineSeconds: draw.between(10, 90) })),
      ...draw.maybe(10, () => ({ revisionHistoryLimit: draw.between(0, 2) })),
    },
  };
}

function rollingUpdate(draw: Draw): JsonObject {
  const [maxSurge, maxUnavailable] = [draw.pick([1, 2, '50%', '100%']), draw.pick([0, 1, '25%'])];
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
}

export function replicaSet(draw: Draw): JsonObject {
  return { spec: replicated(draw) };
}

export function statefulSet(draw: Draw): JsonObject {
  return {
    spec: {
      ...replicated(draw),
      serviceName: draw.pick(names),
      ...draw.maybe(30, () => ({ podManagementPolicy: 'Parallel' })),
      ...draw.maybe(30, () => ({
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: draw.between(0, 2) } },
      })),
      ...draw.maybe(20, () => ({ ordinals: { start: draw.between(0, 3) } })),
    },
  };
}

export function daemonSet(draw: Draw): JsonObject {
  const { selector, template } = replicated(draw);
  return { spec: { selector, template, ...draw.maybe(20, () => ({ updateStrategy: { type: 'OnDelete' } })) } };
}

export function job(draw: Draw): JsonObject {
  const isIndexed = draw.percent(30);
  return {
    spec: {
      template: { spec: podSpec(draw, draw.pick(['Never', 'OnFailure'])) },
      completions: draw.between(1, 3),
      parallelism: draw.between(0, 2),
      backoffLimit: draw.between(0, 3),
      ...(isIndexed ? { completionMode: 'Indexed' } : {}),
      ...draw.maybe(15, () => ({ activeDeadlineSeconds: draw.between(1, 60) })),
      ...draw.maybe(15, () => ({ ttlSecondsAfterFinished: draw.between(0, 20) })),
      ...draw.maybe(10, () => ({ suspend: true })),
      ...(isIndexed ? draw.maybe(30, () => ({ successPolicy: { rules: [{ succeededCount: 1 }] } })) : {}),
    },
  };
}

export function controllerRevision(draw: Draw): JsonObject {
  return { revision: draw.between(0, 4), data: { spec: { replicas: 1 } } };
}
