import {
  always,
  bool,
  embedded,
  int32,
  list,
  map,
  named,
  object,
  pointer,
  quantity,
  string,
} from '../../../schema/schema.ts';
import { lifecycle, probe } from './probe.ts';
import {
  configMapKeySelector,
  fileKeySelector,
  localObjectReference,
  objectFieldSelector,
  resourceFieldSelector,
  secretKeySelector,
} from './references.ts';
import { securityContext } from './security-context.ts';

/** core/v1: containers, init containers and ephemeral containers. */

export const containerPort = object('ContainerPort', {
  name: string,
  hostPort: int32,
  containerPort: always(int32),
  protocol: named('v1.Protocol', string),
  hostIP: string,
});

export const envVarSource = object('EnvVarSource', {
  fieldRef: objectFieldSelector,
  resourceFieldRef: resourceFieldSelector,
  configMapKeyRef: configMapKeySelector,
  secretKeyRef: secretKeySelector,
  fileKeyRef: fileKeySelector,
});

export const envVar = object('EnvVar', { name: always(string), value: string, valueFrom: envVarSource });

export const configMapEnvSource = object('ConfigMapEnvSource', {
  ...embedded(localObjectReference),
  optional: pointer(bool),
});

export const secretEnvSource = object('SecretEnvSource', {
  ...embedded(localObjectReference),
  optional: pointer(bool),
});

export const envFromSource = object('EnvFromSource', {
  prefix: string,
  configMapRef: configMapEnvSource,
  secretRef: secretEnvSource,
});

export const volumeMount = object('VolumeMount', {
  name: always(string),
  readOnly: bool,
  recursiveReadOnly: pointer(named('v1.RecursiveReadOnlyMode', string)),
  mountPath: always(string),
  subPath: string,
  mountPropagation: pointer(named('v1.MountPropagationMode', string)),
  subPathExpr: string,
});

export const volumeDevice = object('VolumeDevice', { name: always(string), devicePath: always(string) });

export const resourceClaim = object('ResourceClaim', { name: always(string), request: string });

export const resourceRequirements = object('ResourceRequirements', {
  limits: named('v1.ResourceList', map(quantity)),
  requests: named('v1.ResourceList', map(quantity)),
  claims: list(resourceClaim, { listType: { kind: 'map', keys: ['name'] } }),
});

export const containerResizePolicy = object('ContainerResizePolicy', {
  resourceName: always(named('v1.ResourceName', string)),
  restartPolicy: always(named('v1.ResourceResizeRestartPolicy', string)),
});

export const containerRestartRuleOnExitCodes = object('ContainerRestartRuleOnExitCodes', {
  operator: named('v1.ContainerRestartRuleOnExitCodesOperator', string),
  values: list(int32, { listType: { kind: 'set' } }),
});

export const containerRestartRule = object('ContainerRestartRule', {
  action: named('v1.ContainerRestartRuleAction', string),
  exitCodes: containerRestartRuleOnExitCodes,
});

export const container = object('Container', {
  name: always(string),
  image: string,
  command: list(string),
  args: list(string),
  workingDir: string,
  ports: list(containerPort, {
    patchMergeKey: 'containerPort',
    listType: { kind: 'map', keys: ['containerPort', 'protocol'], defaults: { protocol: 'TCP' } },
  }),
  envFrom: list(envFromSource),
  env: list(envVar, { patchMergeKey: 'name', listType: { kind: 'map', keys: ['name'] } }),
  resources: always(resourceRequirements),
  resizePolicy: list(containerResizePolicy),
  restartPolicy: pointer(named('v1.ContainerRestartPolicy', string)),
  restartPolicyRules: list(containerRestartRule),
  volumeMounts: list(volumeMount, { patchMergeKey: 'mountPath', listType: { kind: 'map', keys: ['mountPath'] } }),
  volumeDevices: list(volumeDevice, { patchMergeKey: 'devicePath', listType: { kind: 'map', keys: ['devicePath'] } }),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle,
  terminationMessagePath: string,
  terminationMessagePolicy: named('v1.TerminationMessagePolicy', string),
  imagePullPolicy: named('v1.PullPolicy', string),
  securityContext,
  stdin: bool,
  stdinOnce: bool,
  tty: bool,
});

/** Field by field what a container has (core/v1 types.go says so, too). */
export const ephemeralContainerCommon = object('EphemeralContainerCommon', container.fields);

export const ephemeralContainer = object('EphemeralContainer', {
  ...embedded(ephemeralContainerCommon),
  targetContainerName: string,
});
