import type { Cluster, Evidence } from '@kubedrill/cluster-sim';
import type { Pod } from '@kubedrill/kube-model';
import type { PodSet } from '../exercise/pod-set.ts';
import { describePodSet, isReady, podsOf } from '../observe/pods.ts';
import type { Diagnosis } from './diagnosis.ts';
import { nearestWord } from './nearest-word.ts';

/** Why a set holds no Pods, or none that is ready. */
export function diagnosePodSet(
  cluster: Cluster,
  set: Omit<PodSet, 'namespace'> & { readonly namespace: string },
): Diagnosis {
  const { deployment, namespace } = set;
  const pods = podsOf(cluster, set);
  const unready = pods.find((pod) => !isReady(pod));
  if (unready) return diagnoseUnreadyPod(unready);
  if (deployment === undefined) return { text: `${describePodSet(set)}: no such Pod runs`, evidence: [] };
  if (cluster.view.get('Deployment', namespace, deployment)) {
    const evidence: Evidence = { kind: 'Deployment', namespace, name: deployment, path: ['spec', 'replicas'] };
    return { text: `Deployment "${deployment}" has no Pods`, evidence: [evidence] };
  }
  const text = `there is no Deployment "${deployment}" in namespace "${namespace}"`;
  const near = nearestWord(
    deployment,
    cluster.view.list('Deployment', namespace).map(({ metadata }) => metadata.name),
  );
  if (near === undefined) return { text, evidence: [] };
  const evidence: Evidence = { kind: 'Deployment', namespace, name: near, path: ['metadata', 'name'] };
  return { text: `${text}, but there is "${near}"`, evidence: [evidence] };
}

/** Says what keeps a Pod from being ready: scheduling, its image, its process or its probe. */
export function diagnoseUnreadyPod(pod: Pod): Diagnosis {
  const { name, namespace = '' } = pod.metadata;
  const say = (text: string, ...path: readonly (string | number)[]): Diagnosis => ({
    text: `Pod ${name} ${text}`,
    evidence: [{ kind: 'Pod', namespace, name, path }],
  });
  const scheduled = pod.status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') return say(`is not scheduled: ${scheduled.message ?? ''}`, 'spec');
  for (const [index, container] of pod.spec.containers.entries()) {
    const status = pod.status.containerStatuses?.find((entry) => entry.name === container.name);
    if (!status || status.ready) continue;
    const { waiting, terminated } = status.state;
    if (waiting?.reason === 'ErrImagePull' || waiting?.reason === 'ImagePullBackOff') {
      return say(
        `cannot pull the image "${container.image}" (${waiting.reason})`,
        'spec',
        'containers',
        index,
        'image',
      );
    }
    if (terminated) return say(`ended with exit code ${terminated.exitCode}`, 'spec', 'containers', index);
    if (waiting?.reason !== undefined) return say(`waits: ${waiting.reason}`, 'spec', 'containers', index);
    if (container.readinessProbe)
      return say('fails its readiness probe', 'spec', 'containers', index, 'readinessProbe');
    return say(`has a container "${container.name}" that is not ready`, 'spec', 'containers', index);
  }
  return say('is not ready', 'spec');
}
