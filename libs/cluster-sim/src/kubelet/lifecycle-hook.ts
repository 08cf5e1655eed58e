import type { Container, LifecycleHandler, Pod } from '@kubedrill/kube-model';
import type { Duration } from '../engine/time.ts';
import type { ContainerInstance } from './pod-runtime.ts';
import { probedListener } from './probe-answer.ts';
import type { Listener } from '../images/image-model.ts';

/** A command that has run in a container. */
export interface CommandResult {
  readonly exitCode: number;
  /** Infinity: it does not end by itself. */
  readonly elapsed: Duration;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command in a container; undefined when it could not be started. */
export type RunCommand = (
  pod: Pod,
  container: Container,
  argv: readonly string[],
  instance?: ContainerInstance,
) => CommandResult | undefined;

export interface HookSurroundings {
  readonly pod: Pod;
  readonly container: Container;
  readonly address: string;
  readonly listeners: () => readonly Listener[];
  run(argv: readonly string[]): CommandResult | undefined;
}

export interface HookResult {
  readonly elapsed: Duration;
  /** The kubelet's words for what went wrong. */
  readonly failure?: string;
}

/** pkg/kubelet/lifecycle/handlers.go. */
export function runHook({ exec, httpGet, sleep }: LifecycleHandler, surroundings: HookSurroundings): HookResult {
  if (exec) return runCommand(exec.command ?? [], surroundings);
  if (httpGet) return request(httpGet, surroundings);
  if (sleep) return { elapsed: sleep.seconds * 1000 };
  return { elapsed: 0, failure: 'Cannot run handler: invalid handler' };
}

function runCommand(command: readonly string[], surroundings: HookSurroundings): HookResult {
  const result = surroundings.run(command);
  if (result && (result.exitCode === 0 || result.elapsed === Infinity)) return { elapsed: result.elapsed };
  const line = command.join(' ');
  const error = result
    ? `command '${line}' exited with ${result.exitCode}: ${result.errors}`
    : `failed to exec in container: unable to start container process: exec: ${JSON.stringify(command[0] ?? '')}`;
  const message = JSON.stringify(result ? result.output + result.errors : '');
  const failure = `Exec lifecycle hook ([${line}]) for ${placeOf(surroundings)} failed - error: ${error}, message: ${message}`;
  return { elapsed: result?.elapsed ?? 0, failure };
}

/** Any answer will do. */
function request(
  { path = '', port, host, scheme = 'HTTP' }: NonNullable<LifecycleHandler['httpGet']>,
  surroundings: HookSurroundings,
): HookResult {
  const { container, address, listeners } = surroundings;
  const { number, listener } = probedListener(port, container, listeners());
  if (listener) return { elapsed: 0 };
  const target = `${host ?? address}:${number}`;
  const url = `${scheme.toLowerCase()}://${target}${path.startsWith('/') ? path : `/${path}`}`;
  const error = `Get "${url}": dial tcp ${target}: connect: connection refused`;
  return { elapsed: 0, failure: `HTTP lifecycle hook (${path}) for ${placeOf(surroundings)} failed - error: ${error}` };
}

function placeOf({ pod, container }: HookSurroundings): string {
  const { name, namespace = '', uid } = pod.metadata;
  return `Container "${container.name}" in Pod "${name}_${namespace}(${uid})"`;
}
