import type { Container, Pod } from '@kubedrill/kube-model';
import type { ExecResult, ExecTarget } from '../cluster.ts';
import type { Instant } from '../engine/time.ts';
import type { ContainerContext, ImageModel, ProcessModel } from '../images/image-model.ts';
import { missingExecutable } from '../images/process-start.ts';
import type { DataPlane } from '../network/data-plane.ts';
import type { VantagePoint } from '../network/flow.ts';
import type { ObjectView } from '../store/object-view.ts';
import { allContainers, containerNamed } from '../kubelet/container-role.ts';
import { FileSystem, type MountedVolume } from './file-system.ts';
import { LayeredVariables } from './layered-variables.ts';
import { PodFiles } from './pod-files.ts';
import { findProgram } from './program.ts';
import type { ExecEnvironment, ProgramResult } from './program.ts';

/** What the cluster lends to `exec`. */
export interface ExecBackend {
  readonly now: Instant;
  readonly view: ObjectView;
  readonly clusterDomain: string;
  readonly network: Pick<DataPlane, 'connect' | 'ask' | 'resolvConf'>;
  /** Whether the API server reaches the node's kubelet. */
  isReachable(node: string): boolean;
  /** The container as the kubelet runs it; undefined when it is not running. */
  running(pod: Pod, container: Container): RunningContainer | undefined;
}

export interface RunningContainer {
  readonly image: ImageModel;
  readonly context: ContainerContext;
  readonly process: ProcessModel;
  /** What earlier commands have written; further changes go here. Absent: they are forgotten. */
  readonly written?: Map<string, string>;
  readonly volumes?: readonly MountedVolume[];
}

/** A command may take so many steps and write so many characters. */
const maxSteps = 5_000;
const maxOutput = 1_048_576;

export type ContainerExec =
  | ({ readonly kind: 'ran' } & ProgramResult)
  /** The runtime could not start the command: runc's words. */
  | { readonly kind: 'notStarted'; readonly message: string }
  | { readonly kind: 'notRunning' };

/** Runs a command in a container, as CRI's ExecSync does for the kubelet's exec probes. */
export function runInContainer(
  backend: ExecBackend,
  pod: Pod,
  container: Container,
  argv: readonly string[],
): ContainerExec {
  const running = backend.running(pod, container);
  if (!running) return { kind: 'notRunning' };
  const [command = ''] = argv;
  const program = findProgram(command, running.image.programs);
  if (!program) return { kind: 'notStarted', message: missingExecutable(command) };
  const environment = execEnvironment(backend, pod, container, running);
  return { kind: 'ran', ...program.run(argv, '', environment) };
}

/** `kubectl exec POD [-c CONTAINER] -- ARGV`, with what kubectl itself says (kubectl pkg/cmd/exec/exec.go). */
export function runExec(backend: ExecBackend, target: ExecTarget, argv: readonly string[]): ExecResult {
  const pod = backend.view.get('Pod', target.namespace, target.pod);
  if (!pod) return refuse(`Error from server (NotFound): pods "${target.pod}" not found`);
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed')
    return refuse(`error: cannot exec into a container in a completed pod; current phase is ${phase}`);
  const name = target.container ?? defaultContainer(pod);
  const container = name === undefined ? undefined : containerNamed(pod, name);
  if (!container)
    return refuse(
      `error: container ${name ?? ''} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
    );
  if (pod.spec.nodeName === undefined)
    return refuse(`Error from server (BadRequest): pod ${pod.metadata.name} does not have a host assigned`);
  if (!backend.isReachable(pod.spec.nodeName)) return refuse(unreachableKubelet(pod));
  if (argv.length === 0) return refuse('error: you must specify at least one command for the container');
  const defaulted = target.container === undefined ? defaultedNotice(pod, name) : '';
  const result = runInContainer(backend, pod, container, argv);
  switch (result.kind) {
    case 'notRunning':
      return refuse(
        `${defaulted}error: Internal error occurred: unable to upgrade connection: container not found ("${container.name}")`,
      );
    case 'notStarted':
      return refuse(
        `${defaulted}error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${execId(argv)}": OCI runtime exec failed: exec failed: unable to start container process: ${result.message}`,
      );
    case 'ran': {
      const terminated = result.exitCode === 0 ? '' : `command terminated with exit code ${result.exitCode}\n`;
      return { stdout: result.stdout, stderr: defaulted + result.stderr + terminated, exitCode: result.exitCode };
    }
  }
}

/** What the API server says when it cannot reach the kubelet of a node that is down. */
function unreachableKubelet({ status }: Pod): string {
  return `Error from server: error dialing backend: dial tcp ${status.hostIP ?? ''}:10250: connect: no route to host`;
}

function refuse(message: string): ExecResult {
  return { stdout: '', stderr: `${message}\n`, exitCode: 1 };
}

const defaultContainerAnnotation = 'kubectl.kubernetes.io/default-container';

export function defaultContainer(pod: Pod): string | undefined {
  const { annotations = {} } = pod.metadata;
  const annotated = Object.hasOwn(annotations, defaultContainerAnnotation)
    ? annotations[defaultContainerAnnotation]
    : undefined;
  return annotated ?? pod.spec.containers[0]?.name;
}

/** kubectl pkg/cmd/util/podcmd/podcmd.go: said only where there was a choice. */
export function defaultedNotice({ spec, metadata }: Pod, name: string | undefined): string {
  const choice = allContainers({ spec }).length > 1;
  const annotated = Object.hasOwn(metadata.annotations ?? {}, defaultContainerAnnotation);
  return choice && !annotated ? `Defaulted container "${name ?? ''}" out of: ${containerNames({ spec })}\n` : '';
}

/** kubectl pkg/cmd/util/podcmd AllContainerNames. */
export function containerNames({ spec }: Pick<Pod, 'spec'>): string {
  return [
    ...spec.containers.map(({ name }) => name),
    ...(spec.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`),
    ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
  ].join(', ');
}

/** containerd draws a random id of 64 hexadecimal digits; here it follows from the command, so that runs repeat. */
function execId(argv: readonly string[]): string {
  let state = 0x811c9dc5;
  let id = '';
  const text = argv.join('\0');
  for (let round = 0; id.length < 64; round += 1) {
    for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
    state = Math.imul(state ^ round, 0x01000193);
    id += (state >>> 0).toString(16).padStart(8, '0');
  }
  return id;
}

/** What a command finds that is run in the container now. */
export function execEnvironment(
  backend: ExecBackend,
  pod: Pod,
  container: Container,
  running: RunningContainer,
): ExecEnvironment {
  const { image, context, process, written } = running;
  const from: VantagePoint = {
    kind: 'pod',
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name,
    container: container.name,
  };
  const { clusterDomain } = backend;
  const podFiles = new PodFiles({
    pod,
    hostname: context.hostname,
    clusterDomain,
    resolvConf: (of) => backend.network.resolvConf(of),
  });
  const layers = [image.files, podFiles, context.files, process.files ?? new Map<string, string>()];
  const standard = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: context.hostname,
    HOME: '/root',
  };
  return {
    pod,
    hostname: context.hostname,
    variables: new LayeredVariables(
      new Map(Object.entries({ ...standard, ...context.env })),
      context.serviceVariables ?? new Map(),
    ),
    workingDirectory: container.workingDir ?? image.workingDirectory,
    files: new FileSystem(layers, written, running.volumes),
    programs: image.programs,
    libc: image.libc,
    processes: [{ pid: 1, user: 'root', argv: image.commandLine(context) }],
    listeners: process.listeners,
    network: {
      hostname: context.hostname,
      files: podFiles,
      ask: (server, question) => backend.network.ask(from, server, question),
      connect: (probe) => backend.network.connect({ ...probe, from }),
    },
    now: backend.now,
    budget: { steps: maxSteps, output: maxOutput },
  };
}
