import type { Container, Pod, Protocol } from '@kubedrill/kube-model';
import type { Libc } from '../dns/resolver.ts';
import type { Duration, Instant } from '../engine/time.ts';
import type { FileSystem, MountedVolume } from '../exec/file-system.ts';
import type { Program, ProgramNetwork, StopReaction } from '../exec/program.ts';
import type { HttpRequest, HttpResponse } from '../network/flow.ts';
import type { LiveProcess, ProcessHome } from './live-process.ts';

/**
 * A container image as the simulation knows it: what its process listens on, how command, arguments and environment change
 * that, what it answers and how it ends. Models are pure: the same container gives the same process.
 */
export interface ImageModel {
  /** Repositories without registry host, "library/" and tag: 'nginx', 'hashicorp/http-echo'. */
  readonly repositories: readonly string[];
  /** The tags that the registry has; absent: any tag is taken to exist. */
  readonly tags?: RegExp;
  /** What the command line finds in $PATH of the image, by name. */
  readonly programs: ReadonlyMap<string, Program>;
  /** The C library of these programs. */
  readonly libc: Libc;
  /** Files that come with the image: absolute path -> content. */
  readonly files: ReadonlyMap<string, string>;
  /** The image's ENTRYPOINT followed by its CMD; what `ps` shows where the container names no command. */
  commandLine(container: ContainerContext): readonly string[];
  readonly workingDirectory: string;
  /** Images behind some of the tags, where they differ: other programs. */
  readonly variants?: readonly { readonly tags: RegExp; readonly model: ImageModel }[];
  start(container: ContainerContext): ProcessModel;
}

/** What a process can see of its surroundings when it starts. */
export interface ContainerContext {
  readonly pod: Pod;
  readonly container: Container;
  /** `command` and `args` after $(VAR) expansion, one after the other; the image's own ENTRYPOINT and CMD stand in for what is absent. */
  readonly argv: readonly string[];
  /** After env, envFrom and fieldRef. */
  readonly env: Readonly<Record<string, string>>;
  /** The Services' variables, shared by the containers of a namespace; `env` has precedence. */
  readonly serviceVariables?: ReadonlyMap<string, string>;
  readonly hostname: string;
  /** When the container starts; absent: at the beginning of time. */
  readonly startedAt?: Instant;
  /** Files from volumes of ConfigMaps and the like: absolute path -> content. */
  readonly files: ReadonlyMap<string, string>;
  /** The network as it is at the start, for commands that wait for a name or a port; absent: they find nothing. */
  readonly network?: ProgramNetwork;
  /** Directories that the containers of the Pod share. */
  readonly volumes?: readonly MountedVolume[];
  /** The cluster that carries its processes on in time; absent: they do at once what they do. */
  readonly home?: ProcessHome;
}

export interface ProcessModel {
  readonly listeners: readonly Listener[];
  /**
   * When the process ends by itself; absent: it runs until it is stopped. Reason 'StartError': the runtime could not start it
   * at all (kubelet's RunContainerError), and `message` is containerd's text; otherwise the kubelet's own reason applies.
   */
  readonly exit?: ProcessExit;
  /** Files that the start command has written; a later `exec` sees them. */
  readonly files?: ReadonlyMap<string, string>;
  /** Until when it starts up and does not listen yet. */
  readonly startup?: Duration;
  /** What it does when it is told to stop; absent: nothing, so that it has to be killed. */
  readonly onStop?: StopReaction;
  /** It is carried on in time: this is how it looks now. */
  readonly live?: LiveProcess;
  /** It waits for its input and does what that says: an attached client's session stands for it. */
  readonly awaitsInput?: true;
  /** What the process has written by then, for `kubectl logs`. */
  readonly logs?: readonly LogLine[];
}

export interface LogLine {
  readonly at: Instant;
  readonly text: string;
}

export interface ProcessExit {
  readonly after: Duration;
  readonly code: number;
  readonly reason?: string;
  readonly message?: string;
}

export interface Listener {
  readonly port: number;
  readonly protocol: Protocol;
  /** '0.0.0.0' (all) or '127.0.0.1' (unreachable from outside of the pod). */
  readonly address: '0.0.0.0' | '127.0.0.1';
  readonly application: Application;
  /** Whether it speaks grpc.health.v1 and says that the service ('': the server) is well. */
  readonly grpcHealth?: (service: string) => boolean;
}

/** What speaks on a socket. */
export type Application =
  /** 'closed': the process ends the connection without an answer. */
  | {
      readonly kind: 'http';
      /** Over TLS only. */
      readonly isSecure?: boolean;
      respond(request: HttpRequest, connection: ConnectionContext): HttpResponse | 'closed';
    }
  /** Speaks first or answers bytes with bytes (redis, mysql, udp echo ...). */
  | { readonly kind: 'raw'; readonly greeting?: string; answer(data: string, connection: ConnectionContext): string }
  /** Accepts and says nothing that we model. */
  | { readonly kind: 'silent' };

export type ServerNetwork = Pick<ProgramNetwork, 'ask' | 'connect'>;

export interface ConnectionContext {
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly serverAddress: string;
  readonly serverPort: number;
  readonly now: Instant;
  /** The network as the server's own pod sees it, for reverse proxies; absent: every upstream is unreachable. */
  readonly network?: ServerNetwork;
  /** The files of the server's container as they are now; absent: as they were at its start. */
  readonly files?: () => FileSystem | undefined;
}
