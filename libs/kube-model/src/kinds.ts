import type { HorizontalPodAutoscaler } from './autoscaling.ts';
import type { CronJob, Job } from './batch.ts';
import type { ConfigMap, Namespace, Node, Secret, ServiceAccount } from './cluster-kinds.ts';
import type { Lease } from './coordination.ts';
import type { Endpoints, EndpointSlice } from './endpoints.ts';
import type { Event } from './event.ts';
import type { Ingress, IngressClass, IPAddress, NetworkPolicy, ServiceCIDR } from './networking.ts';
import type { Pod } from './pod.ts';
import type { LimitRange, PodDisruptionBudget, PriorityClass, ResourceQuota } from './policy.ts';
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from './rbac.ts';
import type { Service } from './service.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from './storage.ts';
import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from './workloads.ts';

/** Every kind that the simulator stores, by name. A new kind starts with an entry here and one in `resources`. */
export interface ObjectOfKind {
  Namespace: Namespace;
  Node: Node;
  Pod: Pod;
  Service: Service;
  Endpoints: Endpoints;
  EndpointSlice: EndpointSlice;
  ConfigMap: ConfigMap;
  Secret: Secret;
  ServiceAccount: ServiceAccount;
  Deployment: Deployment;
  ReplicaSet: ReplicaSet;
  ReplicationController: ReplicationController;
  StatefulSet: StatefulSet;
  DaemonSet: DaemonSet;
  ControllerRevision: ControllerRevision;
  Job: Job;
  CronJob: CronJob;
  NetworkPolicy: NetworkPolicy;
  Ingress: Ingress;
  IngressClass: IngressClass;
  ServiceCIDR: ServiceCIDR;
  IPAddress: IPAddress;
  Role: Role;
  ClusterRole: ClusterRole;
  RoleBinding: RoleBinding;
  ClusterRoleBinding: ClusterRoleBinding;
  ResourceQuota: ResourceQuota;
  LimitRange: LimitRange;
  PriorityClass: PriorityClass;
  PodDisruptionBudget: PodDisruptionBudget;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  Lease: Lease;
  PersistentVolume: PersistentVolume;
  PersistentVolumeClaim: PersistentVolumeClaim;
  StorageClass: StorageClass;
  Event: Event;
}

export type Kind = keyof ObjectOfKind;
export type KubeObject = ObjectOfKind[Kind];

/** How a kind is addressed: group, version, plural resource name and the short names that kubectl accepts. */
export interface ResourceInfo {
  readonly kind: Kind;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
}

function resource(
  kind: Kind,
  apiVersion: string,
  plural: string,
  shortNames: readonly string[],
  namespaced = true,
): ResourceInfo {
  const [group, version] = apiVersion.includes('/') ? (apiVersion.split('/') as [string, string]) : ['', apiVersion];
  return { kind, group, version, plural, singular: kind.toLowerCase(), shortNames, namespaced };
}

export const resources: { readonly [K in Kind]: ResourceInfo } = {
  Namespace: resource('Namespace', 'v1', 'namespaces', ['ns'], false),
  Node: resource('Node', 'v1', 'nodes', ['no'], false),
  Pod: resource('Pod', 'v1', 'pods', ['po']),
  Service: resource('Service', 'v1', 'services', ['svc']),
  Endpoints: resource('Endpoints', 'v1', 'endpoints', ['ep']),
  EndpointSlice: resource('EndpointSlice', 'discovery.k8s.io/v1', 'endpointslices', []),
  ConfigMap: resource('ConfigMap', 'v1', 'configmaps', ['cm']),
  Secret: resource('Secret', 'v1', 'secrets', []),
  ServiceAccount: resource('ServiceAccount', 'v1', 'serviceaccounts', ['sa']),
  Deployment: resource('Deployment', 'apps/v1', 'deployments', ['deploy']),
  ReplicaSet: resource('ReplicaSet', 'apps/v1', 'replicasets', ['rs']),
  ReplicationController: resource('ReplicationController', 'v1', 'replicationcontrollers', ['rc']),
  StatefulSet: resource('StatefulSet', 'apps/v1', 'statefulsets', ['sts']),
  DaemonSet: resource('DaemonSet', 'apps/v1', 'daemonsets', ['ds']),
  ControllerRevision: resource('ControllerRevision', 'apps/v1', 'controllerrevisions', []),
  Job: resource('Job', 'batch/v1', 'jobs', []),
  CronJob: resource('CronJob', 'batch/v1', 'cronjobs', ['cj']),
  NetworkPolicy: resource('NetworkPolicy', 'networking.k8s.io/v1', 'networkpolicies', ['netpol']),
  Ingress: resource('Ingress', 'networking.k8s.io/v1', 'ingresses', ['ing']),
  IngressClass: resource('IngressClass', 'networking.k8s.io/v1', 'ingressclasses', [], false),
  ServiceCIDR: resource('ServiceCIDR', 'networking.k8s.io/v1', 'servicecidrs', [], false),
  IPAddress: resource('IPAddress', 'networking.k8s.io/v1', 'ipaddresses', ['ip'], false),
  Role: resource('Role', 'rbac.authorization.k8s.io/v1', 'roles', []),
  ClusterRole: resource('ClusterRole', 'rbac.authorization.k8s.io/v1', 'clusterroles', [], false),
  RoleBinding: resource('RoleBinding', 'rbac.authorization.k8s.io/v1', 'rolebindings', []),
  ClusterRoleBinding: resource('ClusterRoleBinding', 'rbac.authorization.k8s.io/v1', 'clusterrolebindings', [], false),
  ResourceQuota: resource('ResourceQuota', 'v1', 'resourcequotas', ['quota']),
  LimitRange: resource('LimitRange', 'v1', 'limitranges', ['limits']),
  PriorityClass: resource('PriorityClass', 'scheduling.k8s.io/v1', 'priorityclasses', ['pc'], false),
  PodDisruptionBudget: resource('PodDisruptionBudget', 'policy/v1', 'poddisruptionbudgets', ['pdb']),
  HorizontalPodAutoscaler: resource('HorizontalPodAutoscaler', 'autoscaling/v2', 'horizontalpodautoscalers', ['hpa']),
  Lease: resource('Lease', 'coordination.k8s.io/v1', 'leases', []),
  PersistentVolume: resource('PersistentVolume', 'v1', 'persistentvolumes', ['pv'], false),
  PersistentVolumeClaim: resource('PersistentVolumeClaim', 'v1', 'persistentvolumeclaims', ['pvc']),
  StorageClass: resource('StorageClass', 'storage.k8s.io/v1', 'storageclasses', ['sc'], false),
  Event: resource('Event', 'v1', 'events', ['ev']),
};

/** Events under their newer group, where some of their fields have other names. */
export const eventsV1: ResourceInfo = resource('Event', 'events.k8s.io/v1', 'events', ['ev']);

/** Autoscalers under their older version. */
export const autoscalingV1: ResourceInfo = resource(
  'HorizontalPodAutoscaler',
  'autoscaling/v1',
  'horizontalpodautoscalers',
  ['hpa'],
);

/** Groups and versions in which kinds are served besides the one that they are stored in. */
export const otherVersions: readonly ResourceInfo[] = [eventsV1, autoscalingV1];

export const kinds = Object.keys(resources) as readonly Kind[];

export function apiVersionOf(info: ResourceInfo): string {
  return info.group === '' ? info.version : `${info.group}/${info.version}`;
}

/** Names one object; `namespace` is '' for cluster-scoped kinds. */
export interface ObjectKey<K extends Kind = Kind> {
  readonly kind: K;
  readonly namespace: string;
  readonly name: string;
}
