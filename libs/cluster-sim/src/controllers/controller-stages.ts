import type { ClusterOptions } from '../cluster.ts';
import type { Controller } from '../engine/controller.ts';
import { deploymentController } from './deployment/deployment-controller.ts';
import { endpointSliceController } from './endpointslice/endpointslice-controller.ts';
import { endpointsController } from './endpoints/endpoints-controller.ts';
import { replicaSetController } from './replicaset/replicaset-controller.ts';

/**
 * Which controllers a cluster runs, in the order of their turns. What describes the Pods to the network comes when the Pods of
 * one moment are done, so that a Service is looked at once and not once for each of its Pods.
 */
export function controllerStages(
  _options: ClusterOptions,
  scheduler: Controller,
  kubelet: Controller,
): readonly (readonly Controller[])[] {
  return [
    [deploymentController, replicaSetController, scheduler, kubelet],
    [endpointsController, endpointSliceController],
  ];
}
