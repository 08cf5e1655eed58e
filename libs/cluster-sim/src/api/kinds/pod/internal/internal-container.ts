import type { InternalStruct } from './internal-struct.ts';
import { flag, json, list, number, pointer, struct, text } from './internal-struct.ts';
import { localObjectReference, objectFieldSelector, resourceFieldSelector } from './internal-shared.ts';

/** pkg/apis/core/types.go: names and order of fields as Kubernetes keeps them inside, and as its texts show them. Containers. */

export const containerPort: InternalStruct = {
  Name: text('name'),
  HostPort: number('hostPort'),
  ContainerPort: number('containerPort'),
  Protocol: text('protocol'),
  HostIP: text('hostIP'),
};

export const configMapEnvSource: InternalStruct = { ...localObjectReference, Optional: json('optional') };

export const secretEnvSource: InternalStruct = { ...localObjectReference, Optional: json('optional') };

export const envFromSource: InternalStruct = {
  Prefix: text('prefix'),
  ConfigMapRef: pointer('configMapRef', configMapEnvSource),
  SecretRef: pointer('secretRef', secretEnvSource),
};

export const configMapKeySelector: InternalStruct = {
  ...localObjectReference,
  Key: text('key'),
  Optional: json('optional'),
};

export const secretKeySelector: InternalStruct = {
  ...localObjectReference,
  Key: text('key'),
  Optional: json('optional'),
};

export const fileKeySelector: InternalStruct = {
  VolumeName: text('volumeName'),
  Path: text('path'),
  Key: text('key'),
  Optional: json('optional'),
};

export const envVarSource: InternalStruct = {
  FieldRef: pointer('fieldRef', objectFieldSelector),
  ResourceFieldRef: pointer('resourceFieldRef', resourceFieldSelector),
  ConfigMapKeyRef: pointer('configMapKeyRef', configMapKeySelector),
  SecretKeyRef: pointer('secretKeyRef', secretKeySelector),
  FileKeyRef: pointer('fileKeyRef', fileKeySelector),
};

export const envVar: InternalStruct = {
  Name: text('name'),
  Value: text('value'),
  ValueFrom: pointer('valueFrom', envVarSource),
};

export const resourceClaim: InternalStruct = { Name: text('name'), Request: text('request') };

export const resourceRequirements: InternalStruct = {
  Limits: json('limits'),
  Requests: json('requests'),
  Claims: list('claims', resourceClaim),
};

export const containerResizePolicy: InternalStruct = {
  ResourceName: text('resourceName'),
  RestartPolicy: text('restartPolicy'),
};

export const containerRestartRuleOnExitCodes: InternalStruct = { Operator: text('operator'), Values: json('values') };

export const containerRestartRule: InternalStruct = {
  Action: text('action'),
  ExitCodes: pointer('exitCodes', containerRestartRuleOnExitCodes),
};

export const volumeMount: InternalStruct = {
  Name: text('name'),
  ReadOnly: flag('readOnly'),
  RecursiveReadOnly: json('recursiveReadOnly'),
  MountPath: text('mountPath'),
  SubPath: text('subPath'),
  MountPropagation: json('mountPropagation'),
  SubPathExpr: text('subPathExpr'),
};

export const volumeDevice: InternalStruct = { Name: text('name'), DevicePath: text('devicePath') };

export const execAction: InternalStruct = { Command: json('command') };

export const httpHeader: InternalStruct = { Name: text('name'), Value: text('value') };

export const httpGetAction: InternalStruct = {
  Path: text('path'),
  Port: number('port'),
  Host: text('host'),
  Scheme: text('scheme'),
  HTTPHeaders: list('httpHeaders', httpHeader),
};

export const tcpSocketAction: InternalStruct = { Port: number('port'), Host: text('host') };

export const grpcAction: InternalStruct = { Port: number('port'), Service: json('service') };

export const probeHandler: InternalStruct = {
  Exec: pointer('exec', execAction),
  HTTPGet: pointer('httpGet', httpGetAction),
  TCPSocket: pointer('tcpSocket', tcpSocketAction),
  GRPC: pointer('grpc', grpcAction),
};

export const probe: InternalStruct = {
  ...probeHandler,
  InitialDelaySeconds: number('initialDelaySeconds'),
  TimeoutSeconds: number('timeoutSeconds'),
  PeriodSeconds: number('periodSeconds'),
  SuccessThreshold: number('successThreshold'),
  FailureThreshold: number('failureThreshold'),
  TerminationGracePeriodSeconds: json('terminationGracePeriodSeconds'),
};

export const sleepAction: InternalStruct = { Seconds: number('seconds') };

export const lifecycleHandler: InternalStruct = {
  Exec: pointer('exec', execAction),
  HTTPGet: pointer('httpGet', httpGetAction),
  TCPSocket: pointer('tcpSocket', tcpSocketAction),
  Sleep: pointer('sleep', sleepAction),
};

export const lifecycle: InternalStruct = {
  PostStart: pointer('postStart', lifecycleHandler),
  PreStop: pointer('preStop', lifecycleHandler),
  StopSignal: json('stopSignal'),
};

export const capabilities: InternalStruct = { Add: json('add'), Drop: json('drop') };

export const seLinuxOptions: InternalStruct = {
  User: text('user'),
  Role: text('role'),
  Type: text('type'),
  Level: text('level'),
};

export const seccompProfile: InternalStruct = { Type: text('type'), LocalhostProfile: json('localhostProfile') };

export const appArmorProfile: InternalStruct = { Type: text('type'), LocalhostProfile: json('localhostProfile') };

export const securityContext: InternalStruct = {
  Capabilities: pointer('capabilities', capabilities),
  Privileged: json('privileged'),
  SELinuxOptions: pointer('seLinuxOptions', seLinuxOptions),
  WindowsOptions: json('windowsOptions'),
  RunAsUser: json('runAsUser'),
  RunAsGroup: json('runAsGroup'),
  RunAsNonRoot: json('runAsNonRoot'),
  ReadOnlyRootFilesystem: json('readOnlyRootFilesystem'),
  AllowPrivilegeEscalation: json('allowPrivilegeEscalation'),
  ProcMount: json('procMount'),
  SeccompProfile: pointer('seccompProfile', seccompProfile),
  AppArmorProfile: pointer('appArmorProfile', appArmorProfile),
};

export const container: InternalStruct = {
  Name: text('name'),
  Image: text('image'),
  Command: json('command'),
  Args: json('args'),
  WorkingDir: text('workingDir'),
  Ports: list('ports', containerPort),
  EnvFrom: list('envFrom', envFromSource),
  Env: list('env', envVar),
  Resources: struct('resources', resourceRequirements),
  ResizePolicy: list('resizePolicy', containerResizePolicy),
  RestartPolicy: json('restartPolicy'),
  RestartPolicyRules: list('restartPolicyRules', containerRestartRule),
  VolumeMounts: list('volumeMounts', volumeMount),
  VolumeDevices: list('volumeDevices', volumeDevice),
  LivenessProbe: pointer('livenessProbe', probe),
  ReadinessProbe: pointer('readinessProbe', probe),
  StartupProbe: pointer('startupProbe', probe),
  Lifecycle: pointer('lifecycle', lifecycle),
  TerminationMessagePath: text('terminationMessagePath'),
  TerminationMessagePolicy: text('terminationMessagePolicy'),
  ImagePullPolicy: text('imagePullPolicy'),
  SecurityContext: pointer('securityContext', securityContext),
  Stdin: flag('stdin'),
  StdinOnce: flag('stdinOnce'),
  TTY: flag('tty'),
};

export const ephemeralContainerCommon: InternalStruct = container;

export const ephemeralContainer: InternalStruct = {
  ...ephemeralContainerCommon,
  TargetContainerName: text('targetContainerName'),
};
