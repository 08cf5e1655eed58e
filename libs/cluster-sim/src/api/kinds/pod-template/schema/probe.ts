import {
  always,
  embedded,
  int32,
  int64,
  intOrString,
  list,
  named,
  object,
  pointer,
  string,
} from '../../../schema/schema.ts';

/** core/v1: probes and lifecycle hooks. */

export const httpHeader = object('HTTPHeader', { name: always(string), value: always(string) });

export const httpGetAction = object('HTTPGetAction', {
  path: string,
  port: always(intOrString),
  host: string,
  scheme: named('v1.URIScheme', string),
  httpHeaders: list(httpHeader),
});

export const tcpSocketAction = object('TCPSocketAction', { port: always(intOrString), host: string });

export const grpcAction = object('GRPCAction', { port: always(int32), service: pointer(string) });

export const execAction = object('ExecAction', { command: list(string) });

export const sleepAction = object('SleepAction', { seconds: always(int64) });

export const probeHandler = object('ProbeHandler', {
  exec: execAction,
  httpGet: httpGetAction,
  tcpSocket: tcpSocketAction,
  grpc: grpcAction,
});

export const probe = object('Probe', {
  ...embedded(probeHandler),
  initialDelaySeconds: int32,
  timeoutSeconds: int32,
  periodSeconds: int32,
  successThreshold: int32,
  failureThreshold: int32,
  terminationGracePeriodSeconds: pointer(int64),
});

export const lifecycleHandler = object('LifecycleHandler', {
  exec: execAction,
  httpGet: httpGetAction,
  tcpSocket: tcpSocketAction,
  sleep: sleepAction,
});

export const lifecycle = object('Lifecycle', {
  postStart: lifecycleHandler,
  preStop: lifecycleHandler,
  stopSignal: pointer(named('v1.Signal', string)),
});
