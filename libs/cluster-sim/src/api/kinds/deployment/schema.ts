import { labelSelector, objectMeta } from '../../schema/object-meta.ts';
import type { ObjectSchema } from '../../schema/schema.ts';
import {
  always,
  bool,
  int32,
  int64,
  intOrString,
  list,
  named,
  object,
  pointer,
  string,
  time,
} from '../../schema/schema.ts';
import { podTemplateSpec } from '../pod-template/schema/pod-spec.ts';

/** apps/v1 Deployment. */

export const rollingUpdateDeployment = object('RollingUpdateDeployment', {
  maxUnavailable: pointer(intOrString),
  maxSurge: pointer(intOrString),
});

export const deploymentStrategy: ObjectSchema = {
  ...object('DeploymentStrategy', {
    type: named('v1.DeploymentStrategyType', string),
    rollingUpdate: rollingUpdateDeployment,
  }),
  retainKeys: true,
};

export const deploymentSpec = object('DeploymentSpec', {
  replicas: pointer(int32),
  selector: labelSelector,
  template: always(podTemplateSpec),
  strategy: always(deploymentStrategy),
  minReadySeconds: int32,
  revisionHistoryLimit: pointer(int32),
  paused: bool,
  progressDeadlineSeconds: pointer(int32),
});

export const deploymentCondition = object('DeploymentCondition', {
  type: always(named('v1.DeploymentConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastUpdateTime: always(time),
  lastTransitionTime: always(time),
  reason: string,
  message: string,
});

export const deploymentStatus = object('DeploymentStatus', {
  observedGeneration: int64,
  replicas: int32,
  updatedReplicas: int32,
  readyReplicas: int32,
  availableReplicas: int32,
  unavailableReplicas: int32,
  terminatingReplicas: pointer(int32),
  conditions: list(deploymentCondition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
  collisionCount: pointer(int32),
});

export const deployment = object('Deployment', {
  metadata: always(objectMeta),
  spec: always(deploymentSpec),
  status: always(deploymentStatus),
});
