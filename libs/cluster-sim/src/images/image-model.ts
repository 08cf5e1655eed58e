import type { Container, Pod, Protocol } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';
import type { HttpRequest, HttpResponse } from '../network/flow.ts';

/**
 * A container image as the simulation knows it: what its process listens on, how command, arguments and environment change
 * that, what it answers and how it ends. Models are pure: the same container gives the same process.
 */
export interface ImageModel {
  /** Repositories without registry host, "library/" and tag: 'nginx', 'hashicorp/http-echo'. */
  readonly repositories: readonly string[];
  start(container: ContainerContext): ProcessModel;
  /** Programs that `exec` finds in the image besides those of its base: names of `exec/programs`. */
  readonly programs: readonly string[];
}

/** What a process can see of its surroundings when it starts. */
export interface ContainerContext {
  readonly pod: Pod;
  readonly container: Container;
  /** Entry point and arguments after `command`, `args` and $(VAR) expansion; empty where the image's own apply. */
  readonly argv: readonly string[];
  /** After env, envFrom, fieldRef and the Services' variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly hostname: string;
  /** Files from volumes of ConfigMaps and the like: absolute path -> content. */
  readonly files: ReadonlyMap<string, string>;
}

export interface ProcessModel {
  readonly listeners: readonly Listener[];
  /** When the process ends by itself; absent: it runs until it is stopped. */
  readonly exit?: { readonly after: Duration; readonly code: number; readonly reason?: string };
  /** Until when it starts up and does not listen yet. */
  readonly startup?: Duration;
  /** What the process has written by then, for `kubectl logs`. */
  readonly logs?: readonly string[];
}

export interface Listener {
  readonly port: number;
  readonly protocol: Protocol;
  /** '0.0.0.0' (all) or '127.0.0.1' (unreachable from outside of the pod). */
  readonly address: '0.0.0.0' | '127.0.0.1';
  readonly application: Application;
}

/** What speaks on a socket. */
export type Application =
  | { readonly kind: 'http'; respond(request: HttpRequest, connection: ConnectionContext): HttpResponse }
  /** Speaks first or answers bytes with bytes (redis, mysql, udp echo ...). */
  | { readonly kind: 'raw'; readonly greeting?: string; answer(data: string, connection: ConnectionContext): string }
  /** Accepts and says nothing that we model. */
  | { readonly kind: 'silent' };

export interface ConnectionContext {
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly serverAddress: string;
  readonly serverPort: number;
  readonly now: Instant;
}
