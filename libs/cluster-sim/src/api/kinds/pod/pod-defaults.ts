import type { JsonObject, Pod } from '@kubedrill/kube-model';
import type { Defaulter } from '../pod-template/defaults/defaulter.ts';
import { absent, all, inElements, inMember, once } from '../pod-template/defaults/defaulter.ts';
import { podLevelResources } from '../pod-template/defaults/pod-level-resources.ts';
import { defaultPodSpec, hostPorts } from '../pod-template/defaults/pod-spec-defaults.ts';
import { requestsFromLimits } from '../pod-template/defaults/resource-defaults.ts';

/** What pods get and templates do not: SetDefaults_Pod. */
const podOnly: Defaulter = all(
  inElements('containers', requestsFromLimits),
  inElements('initContainers', requestsFromLimits),
  podLevelResources,
  absent({ enableServiceLinks: true }),
  hostPorts,
);

const defaultSpec = inMember('spec', once(all(podOnly, defaultPodSpec)));

export function defaultPod(pod: Pod): Pod {
  return defaultSpec(pod as unknown as JsonObject) as unknown as Pod;
}
