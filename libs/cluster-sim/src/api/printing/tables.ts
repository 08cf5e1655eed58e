import type { Kind, KubeObject } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import * as access from './access-tables.ts';
import { horizontalPodAutoscalerTable } from './autoscaler-table.ts';
import * as cluster from './cluster-tables.ts';
import { eventTable } from './event-table.ts';
import * as network from './network-tables.ts';
import * as policy from './policy-tables.ts';
import { podTable } from './pod-table.ts';
import * as storage from './storage-tables.ts';
import type { TableColumn } from './table.ts';
import * as workloads from './workload-tables.ts';

/** How each kind is shown, by the API server's Table and by kubectl, which asks for it. */
const tables: { readonly [K in Kind]: readonly TableColumn<K>[] } = {
  Namespace: cluster.namespaceTable,
  Node: cluster.nodeTable,
  Pod: podTable,
  Service: network.serviceTable,
  Endpoints: network.endpointsTable,
  EndpointSlice: network.endpointSliceTable,
  ConfigMap: cluster.configMapTable,
  Secret: cluster.secretTable,
  ServiceAccount: cluster.serviceAccountTable,
  Deployment: workloads.deploymentTable,
  ReplicaSet: workloads.replicaSetTable,
  ReplicationController: workloads.replicationControllerTable,
  StatefulSet: workloads.statefulSetTable,
  DaemonSet: workloads.daemonSetTable,
  ControllerRevision: workloads.controllerRevisionTable,
  Job: workloads.jobTable,
  CronJob: workloads.cronJobTable,
  NetworkPolicy: network.networkPolicyTable,
  Ingress: network.ingressTable,
  IngressClass: network.ingressClassTable,
  ServiceCIDR: network.serviceCIDRTable,
  IPAddress: network.ipAddressTable,
  Role: access.roleTable,
  ClusterRole: access.clusterRoleTable,
  RoleBinding: access.roleBindingTable,
  ClusterRoleBinding: access.clusterRoleBindingTable,
  ResourceQuota: policy.resourceQuotaTable,
  LimitRange: policy.limitRangeTable,
  PriorityClass: policy.priorityClassTable,
  PodDisruptionBudget: policy.podDisruptionBudgetTable,
  HorizontalPodAutoscaler: horizontalPodAutoscalerTable,
  Lease: cluster.leaseTable,
  PersistentVolume: storage.persistentVolumeTable,
  PersistentVolumeClaim: storage.persistentVolumeClaimTable,
  StorageClass: storage.storageClassTable,
  Event: eventTable,
};

export function tableOf(kind: Kind): readonly TableColumn[] {
  return tables[kind];
}

/** The cells of one row. */
export function tableRow(columns: readonly TableColumn[], object: KubeObject, now: Instant): readonly string[] {
  return columns.map((column) => column.cell(object, now));
}
