import { configMapDefinition } from './config-map/config-map-definition.ts';
import { controllerRevisionDefinition } from './controller-revision/controller-revision-definition.ts';
import { cronJobDefinition } from './cron-job/cron-job-definition.ts';
import { daemonSetDefinition } from './daemonset/daemonset-definition.ts';
import { deploymentDefinition } from './deployment/deployment-definition.ts';
import { endpointSliceDefinition } from './endpoint-slice/endpoint-slice-definition.ts';
import { endpointsDefinition } from './endpoints/endpoints-definition.ts';
import { eventDefinition } from './event/event-definition.ts';
import { horizontalPodAutoscalerDefinition } from './horizontal-pod-autoscaler/horizontal-pod-autoscaler-definition.ts';
import { ingressClassDefinition } from './ingress-class/ingress-class-definition.ts';
import { ingressDefinition } from './ingress/ingress-definition.ts';
import { ipAddressDefinition } from './ip-address/ip-address-definition.ts';
import { jobDefinition } from './job/job-definition.ts';
import { leaseDefinition } from './lease/lease-definition.ts';
import { limitRangeDefinition } from './limit-range/limit-range-definition.ts';
import { namespaceDefinition } from './namespace/namespace-definition.ts';
import { networkPolicyDefinition } from './network-policy/network-policy-definition.ts';
import { nodeDefinition } from './node/node-definition.ts';
import { persistentVolumeClaimDefinition } from './persistent-volume-claim/persistent-volume-claim-definition.ts';
import { persistentVolumeDefinition } from './persistent-volume/persistent-volume-definition.ts';
import { podDisruptionBudgetDefinition } from './pod-disruption-budget/pod-disruption-budget-definition.ts';
import { podDefinition } from './pod/pod-definition.ts';
import { priorityClassDefinition } from './priority-class/priority-class-definition.ts';
import { clusterRoleBindingDefinition, roleBindingDefinition } from './rbac/binding-definitions.ts';
import { clusterRoleDefinition, roleDefinition } from './rbac/role-definitions.ts';
import { KindRegistry } from './registry.ts';
import { replicaSetDefinition } from './replicaset/replicaset-definition.ts';
import { replicationControllerDefinition } from './replication-controller/replication-controller-definition.ts';
import { resourceQuotaDefinition } from './resource-quota/resource-quota-definition.ts';
import { secretDefinition } from './secret/secret-definition.ts';
import { serviceAccountDefinition } from './service-account/service-account-definition.ts';
import { serviceCIDRDefinition } from './service-cidr/service-cidr-definition.ts';
import { serviceDefinition, type ServiceOptions } from './service/service-definition.ts';
import { storageClassDefinition } from './storage-class/storage-class-definition.ts';
import { statefulSetDefinition } from './statefulset/statefulset-definition.ts';

/** Every kind that the API server serves; a new kind is a folder and a line here. */
export function createKindRegistry(options: ServiceOptions): KindRegistry {
  return new KindRegistry([
    namespaceDefinition,
    nodeDefinition,
    podDefinition,
    serviceDefinition(options),
    endpointsDefinition,
    endpointSliceDefinition,
    configMapDefinition,
    secretDefinition,
    serviceAccountDefinition,
    deploymentDefinition,
    replicaSetDefinition,
    replicationControllerDefinition,
    statefulSetDefinition,
    daemonSetDefinition,
    controllerRevisionDefinition,
    jobDefinition,
    cronJobDefinition,
    networkPolicyDefinition,
    ingressDefinition,
    ingressClassDefinition,
    serviceCIDRDefinition,
    ipAddressDefinition,
    roleDefinition,
    clusterRoleDefinition,
    roleBindingDefinition,
    clusterRoleBindingDefinition,
    resourceQuotaDefinition,
    limitRangeDefinition,
    priorityClassDefinition,
    podDisruptionBudgetDefinition,
    horizontalPodAutoscalerDefinition,
    leaseDefinition,
    persistentVolumeDefinition,
    persistentVolumeClaimDefinition,
    storageClassDefinition,
    eventDefinition,
  ]);
}
