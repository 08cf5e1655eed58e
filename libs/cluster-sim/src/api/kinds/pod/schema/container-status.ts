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
} from '../../../schema/schema.ts';
import { resourceRequirements } from '../../pod-template/schema/container.ts';

/** core/v1: what kubelet reports of containers. */

export const containerStateWaiting = object('ContainerStateWaiting', { reason: string, message: string });

export const containerStateRunning = object('ContainerStateRunning', { startedAt: always(time) });

export const containerStateTerminated = object('ContainerStateTerminated', {
  exitCode: always(int32),
  signal: int32,
  reason: string,
  message: string,
  startedAt: always(time),
  finishedAt: always(time),
  containerID: string,
});

export const containerState = object('ContainerState', {
  waiting: containerStateWaiting,
  running: containerStateRunning,
  terminated: containerStateTerminated,
});

export const imageVolumeStatus = object('ImageVolumeStatus', { imageRef: string });

export const volumeStatus = object('VolumeStatus', { image: imageVolumeStatus });

export const volumeMountStatus = object('VolumeMountStatus', {
  name: always(string),
  mountPath: always(string),
  readOnly: bool,
  recursiveReadOnly: pointer(named('v1.RecursiveReadOnlyMode', string)),
  volumeStatus,
});

export const linuxContainerUser = object('LinuxContainerUser', {
  uid: always(int64),
  gid: always(int64),
  supplementalGroups: list(int64),
});

export const containerUser = object('ContainerUser', { linux: linuxContainerUser });

export const resourceHealth = object('ResourceHealth', {
  resourceID: always(named('v1.ResourceID', string)),
  health: named('v1.ResourceHealthStatus', string),
  message: pointer(string),
});

export const resourceStatus = object('ResourceStatus', {
  name: always(named('v1.ResourceName', string)),
  resources: list(resourceHealth, { listType: { kind: 'map', keys: ['resourceID'] } }),
});

export const containerStatus = object('ContainerStatus', {
  name: always(string),
  state: always(containerState),
  lastState: always(containerState),
  ready: always(bool),
  restartCount: always(int32),
  image: always(string),
  imageID: always(string),
  containerID: string,
  started: pointer(bool),
  allocatedResources: named('v1.ResourceList', map(quantity)),
  resources: resourceRequirements,
  volumeMounts: list(volumeMountStatus, { patchMergeKey: 'mountPath', listType: { kind: 'map', keys: ['mountPath'] } }),
  user: containerUser,
  allocatedResourcesStatus: list(resourceStatus, { patchMergeKey: 'name', listType: { kind: 'map', keys: ['name'] } }),
  stopSignal: pointer(named('v1.Signal', string)),
});
