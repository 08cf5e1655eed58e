import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { aggregated } from '../aggregated-resources.ts';
import type { Defaulter } from './defaulter.ts';

/** defaultHugePagePodLimits and defaultPodRequests of pkg/apis/core/v1/defaults.go: what a pod with resources of its own leaves out. */
export const podLevelResources: Defaulter = (spec) => {
  const { resources } = spec;
  if (!isJsonObject(resources)) return spec;
  const [requests, limits] = [membersOf(resources.requests), membersOf(resources.limits)];
  if (isEmpty(limits) && isEmpty(requests)) return spec;
  const allLimits = { ...missingHugePages(spec, requests, limits), ...limits };
  const allRequests = isEmpty(allLimits) ? requests : { ...missingRequests(spec, allLimits, requests), ...requests };
  return {
    ...spec,
    resources: {
      ...resources,
      ...(isEmpty(allLimits) ? {} : { limits: allLimits }),
      ...(isEmpty(allRequests) ? {} : { requests: allRequests }),
    },
  };
};

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isCpuOrMemory = (name: string): boolean => name === 'cpu' || name === 'memory';

function missingHugePages(spec: JsonObject, requests: JsonObject, limits: JsonObject): JsonObject {
  return textsOf(spec, 'limits', (name) => isHugePages(name) && !has(requests, name) && !has(limits, name));
}

/** As much as the containers request; where they request nothing, as much as the pod is limited to. */
function missingRequests(spec: JsonObject, limits: JsonObject, requests: JsonObject): JsonObject {
  const ofContainers = textsOf(spec, 'requests', (name) => isCpuOrMemory(name) && !has(requests, name));
  const limited = Object.entries(limits).filter(
    ([name]) => (isCpuOrMemory(name) || isHugePages(name)) && !has(requests, name),
  );
  return { ...Object.fromEntries(limited), ...ofContainers };
}

function textsOf(spec: JsonObject, member: 'requests' | 'limits', isWanted: (name: string) => boolean): JsonObject {
  const amounts = [...aggregated(spec, member)].filter(([name]) => isWanted(name));
  return Object.fromEntries(amounts.map(([name, { text }]) => [name, text]));
}

function membersOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function has(object: JsonObject, name: string): boolean {
  return Object.hasOwn(object, name);
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0;
}
