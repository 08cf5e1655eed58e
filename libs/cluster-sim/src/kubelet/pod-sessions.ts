import type { Container, Pod } from '@kubedrill/kube-model';
import type { ExecTarget } from '../cluster.ts';
import type { Clock } from '../engine/time.ts';
import { execEnvironment, type ExecBackend, type RunningContainer } from '../exec/run-exec.ts';
import { openContainerSession, type ContainerPlace } from '../exec/session/container-session.ts';
import type { ExecSession, OpenedSession, SessionRequest } from '../exec/session/session.ts';
import type { ObjectView } from '../store/object-view.ts';
import { AttachedSession } from './attached-session.ts';
import { containerNamed } from './container-role.ts';
import type { Kubelet } from './kubelet.ts';

export interface PodSessionParts {
  readonly view: ObjectView;
  readonly kubelet: Kubelet;
  readonly clock: Clock;
  readonly backend: () => ExecBackend;
  /** What a command has done may show in the Pod's status. */
  readonly touched: (pod: Pod) => void;
}

interface Found {
  readonly pod: Pod;
  readonly container: Container;
  readonly running: RunningContainer;
}

/** What the kubelet's GetExec and GetAttach lead to (pkg/kubelet/kubelet_pods.go). */
export class PodSessions {
  private readonly parts: PodSessionParts;

  constructor(parts: PodSessionParts) {
    this.parts = parts;
  }

  exec(target: Required<ExecTarget>, argv: readonly string[], request: SessionRequest): OpenedSession {
    const found = this.find(target);
    if (!found) return { ok: false, message: `container not found (${JSON.stringify(target.container)})` };
    return openContainerSession(this.placeOf(found), argv, request);
  }

  /** A process that waits for input does what the client types; of any other one, the client sees what it writes from now on. */
  attach(target: Required<ExecTarget>, request: SessionRequest): OpenedSession {
    const found = this.find(target);
    if (!found)
      return { ok: false, message: `container ${target.container} not found in pod ${target.pod}_${target.namespace}` };
    const { pod, container, running } = found;
    const { kubelet, clock } = this.parts;
    const own = { stdin: request.stdin && container.stdin === true, tty: container.tty === true };
    if (!running.process.awaitsInput || !own.stdin)
      return { ok: true, session: new AttachedSession(() => kubelet.logs(pod, container.name, false)) };
    const opened = openContainerSession(this.placeOf(found), running.image.commandLine(running.context), own);
    if (!opened.ok) return opened;
    return { ok: true, session: this.ending(opened.session, found, clock) };
  }

  /** The container ends with its process. */
  private ending(session: ExecSession, { pod, container }: Found, clock: Clock): ExecSession {
    const { kubelet, touched } = this.parts;
    let isOver = false;
    return {
      get exitCode() {
        return session.exitCode;
      },
      get runs() {
        return session.runs;
      },
      get isFull() {
        return session.isFull;
      },
      input: (text) => session.input(text),
      endInput: () => session.endInput(),
      resize: (size) => session.resize(size),
      advance: (now) => {
        const output = session.advance(now);
        if (!isOver) kubelet.note(pod, container.name, output.stdout + output.stderr, clock.now());
        if (session.exitCode === undefined || isOver) return output;
        isOver = true;
        kubelet.finish(pod, container.name, session.exitCode, clock.now());
        touched(pod);
        return output;
      },
    };
  }

  private find({ namespace, pod: name, container: containerName }: Required<ExecTarget>): Found | undefined {
    const pod = this.parts.view.get('Pod', namespace, name);
    const container = pod && containerNamed(pod, containerName);
    const running = pod && container && this.parts.kubelet.running(pod, container);
    return pod && container && running ? { pod, container, running } : undefined;
  }

  private placeOf({ pod, container, running }: Found): ContainerPlace {
    const { view, kubelet, backend, touched } = this.parts;
    const { namespace = '', name, uid } = pod.metadata;
    const { startedAt } = running.context;
    const now = (): { readonly pod: Pod; readonly running: RunningContainer } | undefined => {
      const current = view.get('Pod', namespace, name);
      const state = current?.metadata.uid === uid ? kubelet.running(current, container) : undefined;
      return current && state && state.context.startedAt === startedAt ? { pod: current, running: state } : undefined;
    };
    return {
      programs: running.image.programs,
      isAlive: () => kubelet.runs(pod, container.name, startedAt),
      environment: () => {
        const found = now();
        return found && execEnvironment(backend(), found.pod, container, found.running);
      },
      touched: () => touched(pod),
    };
  }
}
