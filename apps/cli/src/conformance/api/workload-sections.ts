import type { ObjectView } from '@kubedrill/cluster-sim';
import type { Json, KubeObject } from '@kubedrill/kube-model';
import { plain } from './plain-json.ts';

/** What a recorded snapshot shows of workloads that are no Deployments: counts, zeroes included. */
export function workloadSections(view: ObjectView, namespace: string): Record<string, Json> {
  return {
    statefulSets: byName(view.list('StatefulSet', namespace), ({ spec, status }) => {
      const { replicas, readyReplicas = 0, currentReplicas = 0, updatedReplicas = 0, availableReplicas } = status;
      const counts = { replicas, readyReplicas, currentReplicas, updatedReplicas, availableReplicas };
      return { specReplicas: spec.replicas, ...counts };
    }),
    daemonSets: byName(view.list('DaemonSet', namespace), ({ status }) => ({
      desiredNumberScheduled: status.desiredNumberScheduled,
      currentNumberScheduled: status.currentNumberScheduled,
      numberReady: status.numberReady,
      updatedNumberScheduled: status.updatedNumberScheduled ?? 0,
      numberAvailable: status.numberAvailable ?? 0,
      numberUnavailable: status.numberUnavailable ?? 0,
    })),
    jobs: byName(view.list('Job', namespace), ({ status }) => {
      const { active = 0, ready = 0, succeeded = 0, failed = 0, conditions } = status;
      const shown = conditions?.map(({ lastProbeTime: _probe, lastTransitionTime: _time, ...condition }) => condition);
      return { active, ready, succeeded, failed, conditions: shown ?? null };
    }),
  };
}

function byName<O extends KubeObject>(objects: readonly O[], show: (object: O) => object): Record<string, Json> {
  return Object.fromEntries(objects.map((object) => [object.metadata.name, plain(show(object))]));
}
