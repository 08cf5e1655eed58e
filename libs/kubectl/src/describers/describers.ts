import type { Kind, KubeObject } from '@kubedrill/kube-model';
import { describeServiceAccount } from './account.ts';
import { describeIpAddress, describeServiceCidr } from './address-range.ts';
import { describeAutoscaler } from './autoscaler.ts';
import { describeDaemonSet } from './daemon-set.ts';
import { describeConfigMap, describeSecret } from './data.ts';
import { describeDeployment, describeReplicaSet, describeReplicationController } from './deployment.ts';
import type { Describer, DescriptionContext } from './describer.ts';
import { describeEndpoints, describeEndpointSlice } from './endpoints.ts';
import { describeIngress, describeIngressClass } from './ingress.ts';
import { describeCronJob, describeJob } from './job.ts';
import { describeNamespace } from './namespace.ts';
import { describeNetworkPolicy } from './network-policy.ts';
import { describeNode } from './node.ts';
import { describePod } from './pod.ts';
import { describeDisruptionBudget, describePriorityClass } from './policy.ts';
import { describeLimitRange, describeQuota } from './quota.ts';
import { describeRole, describeRoleBinding } from './role.ts';
import { describeService } from './service.ts';
import { Sheet } from './sheet.ts';
import { describePersistentVolume, describePersistentVolumeClaim, describeStorageClass } from './storage.ts';
import { describeStatefulSet } from './stateful-set.ts';
import { describeUnstructured } from './unstructured.ts';

/** One for each kind. */
const describers: { readonly [K in Kind]: Describer<K> } = {
  Namespace: describeNamespace,
  Node: describeNode,
  Pod: describePod,
  Service: describeService,
  Endpoints: describeEndpoints,
  EndpointSlice: describeEndpointSlice,
  ConfigMap: describeConfigMap,
  Secret: describeSecret,
  ServiceAccount: describeServiceAccount,
  Deployment: describeDeployment,
  ReplicaSet: describeReplicaSet,
  ReplicationController: describeReplicationController,
  StatefulSet: describeStatefulSet,
  DaemonSet: describeDaemonSet,
  ControllerRevision: describeUnstructured,
  Job: describeJob,
  CronJob: describeCronJob,
  NetworkPolicy: describeNetworkPolicy,
  Ingress: describeIngress,
  IngressClass: describeIngressClass,
  ServiceCIDR: describeServiceCidr,
  IPAddress: describeIpAddress,
  Role: describeRole,
  ClusterRole: describeRole,
  RoleBinding: describeRoleBinding,
  ClusterRoleBinding: describeRoleBinding,
  ResourceQuota: describeQuota,
  LimitRange: describeLimitRange,
  PriorityClass: describePriorityClass,
  PodDisruptionBudget: describeDisruptionBudget,
  HorizontalPodAutoscaler: describeAutoscaler,
  Lease: describeUnstructured,
  PersistentVolume: describePersistentVolume,
  PersistentVolumeClaim: describePersistentVolumeClaim,
  StorageClass: describeStorageClass,
  Event: describeUnstructured,
};

/** The whole description of an object. */
export function description(object: KubeObject, context: DescriptionContext): string {
  const sheet = new Sheet();
  const describe = describers[object.kind] as (sheet: Sheet, object: KubeObject, context: DescriptionContext) => void;
  describe(sheet, object, context);
  return sheet.laidOut();
}
