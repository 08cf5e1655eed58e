import type { ObjectSchema } from '../../../schema/schema.ts';
import { always, int64, list, map, named, object, pointer, quantity, string, time } from '../../../schema/schema.ts';
import { resourceRequirements } from '../../pod-template/schema/container.ts';
import { containerStatus } from './container-status.ts';

/** core/v1 PodStatus. */

export const podCondition = object('PodCondition', {
  type: always(named('v1.PodConditionType', string)),
  observedGeneration: int64,
  status: always(named('v1.ConditionStatus', string)),
  lastProbeTime: always(time),
  lastTransitionTime: always(time),
  reason: string,
  message: string,
});

export const hostIP = object('HostIP', { ip: always(string) });

export const podIP = object('PodIP', { ip: always(string) });

export const podResourceClaimStatus: ObjectSchema = {
  ...object('PodResourceClaimStatus', { name: always(string), resourceClaimName: pointer(string) }),
  retainKeys: true,
};

export const containerExtendedResourceRequest = object('ContainerExtendedResourceRequest', {
  containerName: always(string),
  resourceName: always(string),
  requestName: always(string),
});

export const podExtendedResourceClaimStatus = object('PodExtendedResourceClaimStatus', {
  requestMappings: always(list(containerExtendedResourceRequest)),
  resourceClaimName: always(string),
});

export const nodeAllocatableResourceClaimStatus = object('NodeAllocatableResourceClaimStatus', {
  resourceClaimName: always(string),
  containers: list(string, { listType: { kind: 'set' } }),
  resources: always(map(quantity)),
});

export const podStatus = object('PodStatus', {
  observedGeneration: int64,
  phase: named('v1.PodPhase', string),
  conditions: list(podCondition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
  message: string,
  reason: string,
  nominatedNodeName: string,
  hostIP: string,
  hostIPs: list(hostIP, { patchMergeKey: 'ip', listType: { kind: 'atomic' } }),
  podIP: string,
  podIPs: list(podIP, { patchMergeKey: 'ip', listType: { kind: 'map', keys: ['ip'] } }),
  startTime: pointer(time),
  initContainerStatuses: list(containerStatus),
  containerStatuses: list(containerStatus),
  qosClass: named('v1.PodQOSClass', string),
  ephemeralContainerStatuses: list(containerStatus),
  resize: named('v1.PodResizeStatus', string),
  resourceClaimStatuses: list(podResourceClaimStatus, {
    patchMergeKey: 'name',
    listType: { kind: 'map', keys: ['name'] },
  }),
  extendedResourceClaimStatus: podExtendedResourceClaimStatus,
  allocatedResources: named('v1.ResourceList', map(quantity)),
  resources: resourceRequirements,
  nodeAllocatableResourceClaimStatuses: list(nodeAllocatableResourceClaimStatus),
});
