import type { ClusterOptions } from '../cluster.ts';
import type { Controller } from '../engine/controller.ts';
import { clusterRoleAggregationController } from './cluster-role-aggregation-controller.ts';
import { cronJobController } from './cron-job/cron-job-controller.ts';
import { daemonSetController } from './daemonset/daemonset-controller.ts';
import { deploymentController } from './deployment/deployment-controller.ts';
import { disruptionController } from './disruption-controller.ts';
import { endpointSliceMirroringController } from './endpointslice-mirroring/endpointslice-mirroring-controller.ts';
import { endpointSliceController } from './endpointslice/endpointslice-controller.ts';
import { endpointsController } from './endpoints/endpoints-controller.ts';
import { garbageCollector } from './garbage-collector/garbage-collector.ts';
import { horizontalPodAutoscalerController } from './horizontal-pod-autoscaler-controller.ts';
import { jobController } from './job/job-controller.ts';
import { trackingFinalizerController } from './job/tracking-finalizer-controller.ts';
import { ttlAfterFinishedController } from './job/ttl-after-finished-controller.ts';
import { kubernetesServiceController } from './kubernetes-service-controller.ts';
import { namespaceController } from './namespace/namespace-controller.ts';
import { rootCaController, serviceAccountController } from './namespace-defaults-controllers.ts';
import {
  claimProtectionController,
  persistentVolumeClaimController,
  persistentVolumeController,
  volumeProtectionController,
} from './persistent-volume/persistent-volume-controllers.ts';
import { replicaSetController, replicationController } from './replicaset/replicaset-controller.ts';
import { resourceQuotaController } from './resource-quota-controller.ts';
import { serviceLoadBalancerController } from './service-load-balancer-controller.ts';
import { serviceCIDRController } from './service-cidr/service-cidr-controller.ts';
import { statefulSetController } from './statefulset/statefulset-controller.ts';

/** Those that hold something of their cluster's own. */
export type ClusterControllers = Readonly<
  Record<'scheduler' | 'kubelet' | 'nodeStatus' | 'nodeLifecycle' | 'podGarbageCollector', Controller>
>;

/**
 * Which controllers a cluster runs, in the order of their turns. Whoever counts the work of others comes when the others are done
 * with one moment: ReplicaSets look at their Pods once and not once for each Pod, Deployments at their ReplicaSets, and what
 * describes the Pods to the network comes last.
 */
export function controllerStages(
  { loadBalancer, serviceRange, nodes }: ClusterOptions,
  { scheduler, kubelet, nodeStatus, nodeLifecycle, podGarbageCollector }: ClusterControllers,
): readonly (readonly Controller[])[] {
  const provider = loadBalancer.kind === 'none' ? [] : [serviceLoadBalancerController(loadBalancer)];
  return [
    [
      namespaceController,
      serviceCIDRController(serviceRange),
      kubernetesServiceController({ serviceRange, apiServerAddress: nodes[0]?.address ?? '' }),
      serviceAccountController,
      rootCaController,
      nodeLifecycle,
      statefulSetController,
      daemonSetController,
      jobController,
      cronJobController,
      trackingFinalizerController,
      ttlAfterFinishedController,
      persistentVolumeController,
      persistentVolumeClaimController,
      claimProtectionController,
      volumeProtectionController,
      garbageCollector,
      scheduler,
      kubelet,
      nodeStatus,
      podGarbageCollector,
      clusterRoleAggregationController,
      horizontalPodAutoscalerController,
      ...provider,
    ],
    [replicaSetController, replicationController],
    [deploymentController],
    [disruptionController, resourceQuotaController],
    [endpointsController, endpointSliceController, endpointSliceMirroringController],
  ];
}
