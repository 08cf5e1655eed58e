import type { InternalStruct } from './internal-struct.ts';
import { flag, json, labelSelector, list, number, pointer, struct, text } from './internal-struct.ts';
import {
  appArmorProfile,
  container,
  ephemeralContainer,
  resourceRequirements,
  seLinuxOptions,
  seccompProfile,
} from './internal-container.ts';
import { localObjectReference } from './internal-shared.ts';
import { volume } from './internal-volume.ts';

/** pkg/apis/core/types.go: names and order of fields as Kubernetes keeps them inside, and as its texts show them. The pod spec; what belongs to the host stands in its security context. */

export const sysctl: InternalStruct = { Name: text('name'), Value: text('value') };

export const podSecurityContext: InternalStruct = {
  HostNetwork: flag('hostNetwork'),
  HostPID: flag('hostPID'),
  HostIPC: flag('hostIPC'),
  ShareProcessNamespace: json('shareProcessNamespace'),
  HostUsers: json('hostUsers'),
  SELinuxOptions: pointer('seLinuxOptions', seLinuxOptions),
  WindowsOptions: json('windowsOptions'),
  RunAsUser: json('runAsUser'),
  RunAsGroup: json('runAsGroup'),
  RunAsNonRoot: json('runAsNonRoot'),
  SupplementalGroups: json('supplementalGroups'),
  SupplementalGroupsPolicy: json('supplementalGroupsPolicy'),
  FSGroup: json('fsGroup'),
  FSGroupChangePolicy: json('fsGroupChangePolicy'),
  Sysctls: list('sysctls', sysctl),
  SeccompProfile: pointer('seccompProfile', seccompProfile),
  AppArmorProfile: pointer('appArmorProfile', appArmorProfile),
  SELinuxChangePolicy: json('seLinuxChangePolicy'),
};

export const nodeSelectorRequirement: InternalStruct = {
  Key: text('key'),
  Operator: text('operator'),
  Values: json('values'),
};

export const nodeSelectorTerm: InternalStruct = {
  MatchExpressions: list('matchExpressions', nodeSelectorRequirement),
  MatchFields: list('matchFields', nodeSelectorRequirement),
};

export const nodeSelector: InternalStruct = { NodeSelectorTerms: list('nodeSelectorTerms', nodeSelectorTerm) };

export const preferredSchedulingTerm: InternalStruct = {
  Weight: number('weight'),
  Preference: struct('preference', nodeSelectorTerm),
};

export const nodeAffinity: InternalStruct = {
  RequiredDuringSchedulingIgnoredDuringExecution: pointer(
    'requiredDuringSchedulingIgnoredDuringExecution',
    nodeSelector,
  ),
  PreferredDuringSchedulingIgnoredDuringExecution: list(
    'preferredDuringSchedulingIgnoredDuringExecution',
    preferredSchedulingTerm,
  ),
};

export const podAffinityTerm: InternalStruct = {
  LabelSelector: labelSelector('labelSelector'),
  Namespaces: json('namespaces'),
  TopologyKey: text('topologyKey'),
  NamespaceSelector: labelSelector('namespaceSelector'),
  MatchLabelKeys: json('matchLabelKeys'),
  MismatchLabelKeys: json('mismatchLabelKeys'),
};

export const weightedPodAffinityTerm: InternalStruct = {
  Weight: number('weight'),
  PodAffinityTerm: struct('podAffinityTerm', podAffinityTerm),
};

export const podAffinity: InternalStruct = {
  RequiredDuringSchedulingIgnoredDuringExecution: list(
    'requiredDuringSchedulingIgnoredDuringExecution',
    podAffinityTerm,
  ),
  PreferredDuringSchedulingIgnoredDuringExecution: list(
    'preferredDuringSchedulingIgnoredDuringExecution',
    weightedPodAffinityTerm,
  ),
};

export const podAntiAffinity: InternalStruct = {
  RequiredDuringSchedulingIgnoredDuringExecution: list(
    'requiredDuringSchedulingIgnoredDuringExecution',
    podAffinityTerm,
  ),
  PreferredDuringSchedulingIgnoredDuringExecution: list(
    'preferredDuringSchedulingIgnoredDuringExecution',
    weightedPodAffinityTerm,
  ),
};

export const affinity: InternalStruct = {
  NodeAffinity: pointer('nodeAffinity', nodeAffinity),
  PodAffinity: pointer('podAffinity', podAffinity),
  PodAntiAffinity: pointer('podAntiAffinity', podAntiAffinity),
};

export const toleration: InternalStruct = {
  Key: text('key'),
  Operator: text('operator'),
  Value: text('value'),
  Effect: text('effect'),
  TolerationSeconds: json('tolerationSeconds'),
};

export const hostAlias: InternalStruct = { IP: text('ip'), Hostnames: json('hostnames') };

export const podDNSConfigOption: InternalStruct = { Name: text('name'), Value: json('value') };

export const podDNSConfig: InternalStruct = {
  Nameservers: json('nameservers'),
  Searches: json('searches'),
  Options: list('options', podDNSConfigOption),
};

export const podReadinessGate: InternalStruct = { ConditionType: text('conditionType') };

export const topologySpreadConstraint: InternalStruct = {
  MaxSkew: number('maxSkew'),
  TopologyKey: text('topologyKey'),
  WhenUnsatisfiable: text('whenUnsatisfiable'),
  LabelSelector: labelSelector('labelSelector'),
  MinDomains: json('minDomains'),
  NodeAffinityPolicy: json('nodeAffinityPolicy'),
  NodeTaintsPolicy: json('nodeTaintsPolicy'),
  MatchLabelKeys: json('matchLabelKeys'),
};

export const podOS: InternalStruct = { Name: text('name') };

export const podSchedulingGate: InternalStruct = { Name: text('name') };

export const podResourceClaim: InternalStruct = {
  Name: text('name'),
  ResourceClaimName: json('resourceClaimName'),
  ResourceClaimTemplateName: json('resourceClaimTemplateName'),
};

export const podSpec: InternalStruct = {
  Volumes: list('volumes', volume),
  InitContainers: list('initContainers', container),
  Containers: list('containers', container),
  EphemeralContainers: list('ephemeralContainers', ephemeralContainer),
  RestartPolicy: text('restartPolicy'),
  TerminationGracePeriodSeconds: json('terminationGracePeriodSeconds'),
  ActiveDeadlineSeconds: json('activeDeadlineSeconds'),
  DNSPolicy: text('dnsPolicy'),
  NodeSelector: json('nodeSelector'),
  ServiceAccountName: text('serviceAccountName'),
  AutomountServiceAccountToken: json('automountServiceAccountToken'),
  NodeName: text('nodeName'),
  SecurityContext: pointer('securityContext', podSecurityContext),
  ImagePullSecrets: list('imagePullSecrets', localObjectReference),
  Hostname: text('hostname'),
  Subdomain: text('subdomain'),
  SetHostnameAsFQDN: json('setHostnameAsFQDN'),
  Affinity: pointer('affinity', affinity),
  SchedulerName: text('schedulerName'),
  Tolerations: list('tolerations', toleration),
  HostAliases: list('hostAliases', hostAlias),
  PriorityClassName: text('priorityClassName'),
  Priority: json('priority'),
  PreemptionPolicy: json('preemptionPolicy'),
  DNSConfig: pointer('dnsConfig', podDNSConfig),
  ReadinessGates: list('readinessGates', podReadinessGate),
  RuntimeClassName: json('runtimeClassName'),
  Overhead: json('overhead'),
  EnableServiceLinks: json('enableServiceLinks'),
  TopologySpreadConstraints: list('topologySpreadConstraints', topologySpreadConstraint),
  OS: pointer('os', podOS),
  SchedulingGates: list('schedulingGates', podSchedulingGate),
  ResourceClaims: list('resourceClaims', podResourceClaim),
  Resources: pointer('resources', resourceRequirements),
  HostnameOverride: json('hostnameOverride'),
  SchedulingGroup: json('schedulingGroup'),
};
