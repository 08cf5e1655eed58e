import { objectMeta } from '../../schema/object-meta.ts';
import {
  always,
  bool,
  int32,
  int64,
  list,
  map,
  named,
  object,
  pointer,
  quantity,
  string,
  time,
} from '../../schema/schema.ts';

/** core/v1 Node. */

const taint = object('Taint', {
  key: always(string),
  value: string,
  effect: always(named('v1.TaintEffect', string)),
  timeAdded: time,
});

const configMapNodeConfigSource = object('ConfigMapNodeConfigSource', {
  namespace: always(string),
  name: always(string),
  uid: named('types.UID', string),
  resourceVersion: string,
  kubeletConfigKey: always(string),
});

const nodeConfigSource = object('NodeConfigSource', { configMap: configMapNodeConfigSource });

const nodeSpec = object('NodeSpec', {
  podCIDR: string,
  podCIDRs: list(string, { patchMergeKey: '', listType: { kind: 'set' } }),
  providerID: string,
  unschedulable: bool,
  taints: list(taint),
  configSource: nodeConfigSource,
  externalID: string,
});

const nodeCondition = object('NodeCondition', {
  type: always(named('v1.NodeConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastHeartbeatTime: always(time),
  lastTransitionTime: always(time),
  reason: string,
  message: string,
});

const nodeSystemInfo = object('NodeSystemInfo', {
  machineID: always(string),
  systemUUID: always(string),
  bootID: always(string),
  kernelVersion: always(string),
  osImage: always(string),
  containerRuntimeVersion: always(string),
  kubeletVersion: always(string),
  kubeProxyVersion: always(string),
  operatingSystem: always(string),
  architecture: always(string),
  swap: object('NodeSwapStatus', { capacity: pointer(int64) }),
});

const resourceList = named('v1.ResourceList', map(quantity));

const byType = { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } } as const;

const nodeStatus = object('NodeStatus', {
  capacity: resourceList,
  allocatable: resourceList,
  phase: named('v1.NodePhase', string),
  conditions: list(nodeCondition, byType),
  addresses: list(
    object('NodeAddress', { type: always(named('v1.NodeAddressType', string)), address: always(string) }),
    byType,
  ),
  daemonEndpoints: always(
    object('NodeDaemonEndpoints', { kubeletEndpoint: always(object('DaemonEndpoint', { Port: always(int32) })) }),
  ),
  nodeInfo: always(nodeSystemInfo),
  images: list(object('ContainerImage', { names: list(string), sizeBytes: int64 })),
  volumesInUse: list(named('v1.UniqueVolumeName', string)),
  volumesAttached: list(
    object('AttachedVolume', {
      name: always(named('v1.UniqueVolumeName', string)),
      devicePath: always(string),
    }),
  ),
  runtimeHandlers: list(
    object('NodeRuntimeHandler', {
      name: string,
      features: object('NodeRuntimeHandlerFeatures', {
        recursiveReadOnlyMounts: pointer(bool),
        userNamespaces: pointer(bool),
      }),
    }),
  ),
  features: object('NodeFeatures', { supplementalGroupsPolicy: pointer(bool) }),
  declaredFeatures: list(string),
  config: object('NodeConfigStatus', {
    assigned: nodeConfigSource,
    active: nodeConfigSource,
    lastKnownGood: nodeConfigSource,
    error: string,
  }),
});

export const nodeSchema = object('Node', {
  metadata: objectMeta,
  spec: always(nodeSpec),
  status: always(nodeStatus),
});
