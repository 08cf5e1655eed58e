import { objectMeta } from '../../../schema/object-meta.ts';
import type { ObjectSchema } from '../../../schema/schema.ts';
import {
  always,
  atomic,
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
} from '../../../schema/schema.ts';
import { container, ephemeralContainer, resourceRequirements } from './container.ts';
import { localObjectReference } from './references.ts';
import { affinity, podSchedulingGate, podSchedulingGroup, toleration, topologySpreadConstraint } from './scheduling.ts';
import { podSecurityContext } from './security-context.ts';
import { volume } from './volume.ts';

/** core/v1 PodSpec and PodTemplateSpec. */

export const hostAlias = object('HostAlias', { ip: always(string), hostnames: list(string) });

export const podDNSConfigOption = object('PodDNSConfigOption', { name: string, value: pointer(string) });

export const podDNSConfig = object('PodDNSConfig', {
  nameservers: list(string),
  searches: list(string),
  options: list(podDNSConfigOption),
});

export const podReadinessGate = object('PodReadinessGate', {
  conditionType: always(named('v1.PodConditionType', string)),
});

export const podOS = object('PodOS', { name: always(named('v1.OSName', string)) });

export const podResourceClaim: ObjectSchema = {
  ...object('PodResourceClaim', {
    name: always(string),
    resourceClaimName: pointer(string),
    resourceClaimTemplateName: pointer(string),
  }),
  retainKeys: true,
};

export const podSpec = object('PodSpec', {
  volumes: list(volume, { patchMergeKey: 'name', listType: { kind: 'map', keys: ['name'] } }),
  initContainers: list(container, { patchMergeKey: 'name', listType: { kind: 'map', keys: ['name'] } }),
  containers: always(list(container, { patchMergeKey: 'name', listType: { kind: 'map', keys: ['name'] } })),
  ephemeralContainers: list(ephemeralContainer, { patchMergeKey: 'name', listType: { kind: 'map', keys: ['name'] } }),
  restartPolicy: named('v1.RestartPolicy', string),
  terminationGracePeriodSeconds: pointer(int64),
  activeDeadlineSeconds: pointer(int64),
  dnsPolicy: named('v1.DNSPolicy', string),
  nodeSelector: atomic(map(string)),
  serviceAccountName: string,
  serviceAccount: string,
  automountServiceAccountToken: pointer(bool),
  nodeName: string,
  hostNetwork: bool,
  hostPID: bool,
  hostIPC: bool,
  shareProcessNamespace: pointer(bool),
  securityContext: podSecurityContext,
  imagePullSecrets: list(localObjectReference, {
    patchMergeKey: 'name',
    listType: { kind: 'map', keys: ['name'], defaults: { name: '' } },
  }),
  hostname: string,
  subdomain: string,
  affinity,
  schedulerName: string,
  tolerations: list(toleration),
  hostAliases: list(hostAlias, { patchMergeKey: 'ip', listType: { kind: 'map', keys: ['ip'] } }),
  priorityClassName: string,
  priority: pointer(int32),
  dnsConfig: podDNSConfig,
  readinessGates: list(podReadinessGate),
  runtimeClassName: pointer(string),
  enableServiceLinks: pointer(bool),
  preemptionPolicy: pointer(named('v1.PreemptionPolicy', string)),
  overhead: named('v1.ResourceList', map(quantity)),
  topologySpreadConstraints: list(topologySpreadConstraint, {
    patchMergeKey: 'topologyKey',
    listType: { kind: 'map', keys: ['topologyKey', 'whenUnsatisfiable'] },
  }),
  setHostnameAsFQDN: pointer(bool),
  os: podOS,
  hostUsers: pointer(bool),
  schedulingGates: list(podSchedulingGate, { patchMergeKey: 'name', listType: { kind: 'map', keys: ['name'] } }),
  resourceClaims: list(podResourceClaim, { patchMergeKey: 'name', listType: { kind: 'map', keys: ['name'] } }),
  resources: resourceRequirements,
  hostnameOverride: pointer(string),
  schedulingGroup: podSchedulingGroup,
});

export const podTemplateSpec = object('PodTemplateSpec', { metadata: always(objectMeta), spec: always(podSpec) });
