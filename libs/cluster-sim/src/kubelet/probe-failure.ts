import type { Container, Probe } from '@kubedrill/kube-model';
import { httpAnswer, pathOf, probedListener, type ProbeSurroundings } from './probe-answer.ts';

/** What a command has written; undefined: it could not be started. */
export interface ExecOutput {
  readonly text: string;
}

export interface FailureScene extends Omit<ProbeSurroundings, 'exec'> {
  readonly output: ExecOutput | undefined;
}

/** Why a probe that has failed did so, as pkg/probe says: "failed: ...", or "errored and resulted in ...". */
export function probeFailure(probe: Probe, container: Container, scene: FailureScene): string {
  const { exec, httpGet, tcpSocket, grpc, timeoutSeconds = 1 } = probe;
  if (exec) return scene.output ? `failed: ${scene.output.text}` : notStarted(exec.command?.[0] ?? '');
  if (httpGet) return `failed: ${httpFailure(httpGet, container, scene)}`;
  const { number, listener } = probedListener((tcpSocket ?? grpc)?.port ?? 0, container, scene.listeners);
  const target = `${tcpSocket?.host ?? scene.address}:${number}`;
  if (tcpSocket) return `failed: ${refused(target)}`;
  if (listener?.grpcHealth)
    return 'failed: error: health rpc probe failed: rpc error: code = NotFound desc = unknown service';
  return `failed: timeout: failed to connect service "${target}" within ${timeoutSeconds}s: context deadline exceeded`;
}

function httpFailure(get: NonNullable<Probe['httpGet']>, container: Container, scene: FailureScene): string {
  const { host = scene.address, path, scheme = 'HTTP' } = get;
  const { number, listener } = probedListener(get.port, container, scene.listeners);
  const target = `${host}:${number}`;
  const request = `Get "${scheme.toLowerCase()}://${target}${pathOf(path)}"`;
  if (!listener) return `${request}: ${refused(target)}`;
  if (listener.application.kind !== 'http')
    return `${request}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
  if (scheme === 'HTTPS') return `${request}: http: server gave HTTP response to HTTPS client`;
  const status = httpAnswer(get, listener, scene);
  return status === 0 ? `${request}: EOF` : `HTTP probe failed with statuscode: ${status}`;
}

function refused(target: string): string {
  return `dial tcp ${target}: connect: connection refused`;
}

/** The runtime's error, which is none of the command's. */
function notStarted(command: string): string {
  const error = `OCI runtime exec failed: exec failed: unable to start container process: exec: "${command}": executable file not found in $PATH`;
  return `errored and resulted in unknown state: rpc error: code = Unknown desc = failed to exec in container: ${error}: unknown`;
}
