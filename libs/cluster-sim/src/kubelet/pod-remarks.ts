import type { Container, Pod } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';
import type { Notes, Refrain, Remark, Utterance } from '../events/remark.ts';
import { failedPull, imageRemarks, pullBackOff } from './image-remarks.ts';
import type { ContainerRuntime, PodRuntime, Running, Terminated, Waiting } from './pod-runtime.ts';
import { failingProbes, fatalFailure, probeKinds, type ProbeScene } from './probe-remarks.ts';
import { restartsAfterKill } from './restart-policy.ts';
import { initRoleOf, type ContainerRole } from './container-role.ts';

/** One look of the kubelet at a Pod: what it knew before, and what it knows after. */
export interface PodLook extends Pick<ProbeScene, 'processOverride' | 'outputOf'> {
  readonly pod: Pod;
  readonly node: string;
  readonly now: Instant;
  readonly before: PodRuntime | undefined;
  readonly after: PodRuntime;
}

/** Pods that wait are looked at again after 10 to 15 seconds, at the latest after 60 to 90 (pod_workers.go completeWork). */
const nextSync: Duration = 12_500;
const latestSync: Duration = 75_000;

/** What the kubelet says of what has become of a Pod's containers since its last look. */
export function podRemarks(look: PodLook, notes: Notes): readonly Utterance[] {
  const { pod, before, after } = look;
  const utterances: Utterance[] = isNewSandbox(before, after) ? [sandboxChanged(look)] : [];
  const hear = (containers: readonly Container[] = [], roleOf: (container: Container) => ContainerRole): void => {
    for (const container of containers) {
      const [was, is] = [before?.containers.get(container.name), after.containers.get(container.name)];
      if (is && is !== was)
        utterances.push(...new ContainerAccount(look, container, roleOf(container), notes).tell(was, is));
    }
  };
  hear(pod.spec.ephemeralContainers, () => 'ephemeral');
  hear(pod.spec.initContainers, initRoleOf);
  hear(pod.spec.containers, () => 'main');
  return utterances;
}

/** The one that its containers ran in is gone, with the power of its node. */
function isNewSandbox(before: PodRuntime | undefined, after: PodRuntime): boolean {
  return before?.address === undefined && (before?.containers.size ?? 0) > 0 && after.address !== undefined;
}

function sandboxChanged({ pod, node }: PodLook): Remark {
  const message = 'Pod sandbox changed, it will be killed and re-created.';
  const by = { form: 'older', component: 'kubelet', host: node } as const;
  return { by, about: pod, type: 'Normal', reason: 'SandboxChanged', message };
}

/** Nothing more is said of a Pod that is gone. */
export function silenced({ uid, containers }: PodRuntime): readonly Utterance[] {
  return [...containers.keys()].flatMap((name) =>
    ['waiting', ...probeKinds].map((what) => ({ silence: keyOf(uid, name, what) })),
  );
}

function keyOf(uid: string, container: string, what: string): string {
  return `${uid}/${container}/${what}`;
}

/** pkg/kubelet/container/ref.go. */
const specFields: Readonly<Record<ContainerRole, string>> = {
  init: 'initContainers',
  sidecar: 'initContainers',
  main: 'containers',
  ephemeral: 'ephemeralContainers',
};

/** pkg/kubelet/kuberuntime, of one container. */
class ContainerAccount {
  private readonly look: PodLook;
  private readonly container: Container;
  private readonly role: ContainerRole;
  private readonly notes: Notes;

  constructor(look: PodLook, container: Container, role: ContainerRole, notes: Notes) {
    this.look = look;
    this.container = container;
    this.role = role;
    this.notes = notes;
  }

  tell(before: ContainerRuntime | undefined, after: ContainerRuntime): readonly Utterance[] {
    return [
      ...this.probes(before, after),
      ...this.end(before?.state, after.state),
      ...this.starts(runsOf(after) - (before ? runsOf(before) : 0), after),
      ...this.waits(before?.state, after.state),
    ];
  }

  private said(type: Remark['type'], reason: string, message: Remark['message']): Remark {
    const { pod, node } = this.look;
    const fieldPath = `spec.${specFields[this.role]}{${this.container.name}}`;
    return { by: { form: 'older', component: 'kubelet', host: node }, about: pod, fieldPath, type, reason, message };
  }

  private error(message: string): Remark {
    return this.said('Warning', 'Failed', `Error: ${message}`);
  }

  private readonly say = (type: Remark['type'], reason: string, message: string): Remark =>
    this.said(type, reason, message);

  /** startContainer, as often as the container has been started. */
  private starts(count: number, { state, last }: ContainerRuntime): readonly Remark[] {
    const remarks: Remark[] = [];
    for (let run = 0; run < count; run += 1) {
      const end = run === count - 1 ? lastEnd(state, last) : undefined;
      const failure = end?.reason === 'StartError' ? this.error(end.message ?? '') : undefined;
      remarks.push(
        ...this.image(),
        this.said('Normal', 'Created', 'Container created'),
        failure ?? this.said('Normal', 'Started', 'Container started'),
      );
    }
    return remarks;
  }

  /** killContainer. */
  private end(before: ContainerRuntime['state'] | undefined, after: ContainerRuntime['state']): readonly Remark[] {
    if (after.kind !== 'running' || !after.stop) return [];
    const known = before?.kind === 'running' && before.startedAt === after.startedAt ? before.stop : undefined;
    if (known?.then === after.stop.then) return [];
    const kill = (message: string): Remark => this.said('Normal', 'Killing', message);
    const { name } = this.container;
    switch (after.stop.then) {
      case 'nothing':
        return [kill(`Stopping container ${name}`)];
      case 'failStart':
        return [this.said('Warning', 'FailedPostStartHook', 'PostStartHook failed'), kill('FailedPostStartHook')];
      case 'restart':
        return [...this.lastFailure(after), kill(this.reasonToKill(after))];
    }
  }

  /** computePodActions. */
  private reasonToKill({ instance, startup }: Running): string {
    const { name, image } = this.container;
    const { pod } = this.look;
    if (instance?.context.container.image !== image) return `Container ${name} definition changed, will be restarted`;
    const probe = startup?.result === false ? 'startup' : 'liveness';
    const isRestarted = restartsAfterKill(pod, this.container, this.role);
    return `Container ${name} failed ${probe} probe${isRestarted ? ', will be restarted' : ''}`;
  }

  private lastFailure(state: Running): readonly Remark[] {
    const message = fatalFailure(this.scene(), state);
    return message ? [this.unhealthy(message)] : [];
  }

  private waits(before: ContainerRuntime['state'] | undefined, after: ContainerRuntime['state']): readonly Utterance[] {
    const [was, is] = [before, after].map((state) => (state?.kind === 'waiting' ? state : undefined));
    if (was && is && isSameWait(was, is)) return [];
    return [...(was ? [{ silence: this.key('waiting') }] : []), ...(is ? this.complain(is, was) : [])];
  }

  /** What each synchronization says while the container cannot be started. */
  private complain({ reason, message = '', pull }: Waiting, was: Waiting | undefined): readonly Utterance[] {
    const { image, name } = this.container;
    const { pod } = this.look;
    if (pull) {
      const backOff = pullBackOff(image, this.say);
      const pulled = failedPull(image, pull.error, this.say);
      // The first time, the synchronization that follows at once has to wait already.
      return this.again(backOff, nextSync, was?.pull ? pulled : [...pulled, ...backOff]);
    }
    switch (reason) {
      case 'InvalidImageName':
        return this.again([this.said('Warning', 'InspectFailed', message), this.error(reason)], nextSync);
      case 'ErrImageNeverPull':
        return this.again([this.said('Warning', reason, message), this.error(reason)], nextSync);
      case 'CreateContainerConfigError':
        return [
          ...this.image(),
          ...this.again([...this.image(), this.error(message)], nextSync, [this.error(message)]),
        ];
      case 'CrashLoopBackOff': {
        const { namespace = '', name: podName, uid } = pod.metadata;
        const place = `${podName}_${namespace}(${uid})`;
        const text = `Back-off restarting failed container ${name} in pod ${place}`;
        return this.again([this.said('Warning', 'BackOff', text)], latestSync);
      }
      default:
        return [];
    }
  }

  /** Now, and then with each synchronization. */
  private again(remarks: readonly Remark[], pause: Duration, first = remarks): readonly Utterance[] {
    return [...first, { key: this.key('waiting'), remarks, from: this.look.now, pauses: [pause] }];
  }

  private image(): readonly Remark[] {
    return imageRemarks(this.container, this.look, this.notes, this.say);
  }

  private probes(before: ContainerRuntime | undefined, after: ContainerRuntime): readonly Utterance[] {
    const [was, is] = [before, after].map((runtime) =>
      runtime?.state.kind === 'running' ? failingProbes(this.scene(), runtime.state) : [],
    );
    const ended = (was ?? []).filter(({ kind, first }) => !is?.some((one) => one.kind === kind && one.first === first));
    const begun = (is ?? []).filter(({ kind, first }) => !was?.some((one) => one.kind === kind && one.first === first));
    return [
      ...ended.map(({ kind }) => ({ silence: this.key(kind) })),
      ...begun.map(({ kind, first, period, message }): Refrain => {
        return { key: this.key(kind), remarks: [this.unhealthy(message)], from: first - period, pauses: [period] };
      }),
    ];
  }

  private unhealthy(message: () => string): Remark {
    return this.said('Warning', 'Unhealthy', message);
  }

  private scene(): ProbeScene {
    const { pod, after, now, processOverride, outputOf } = this.look;
    return { pod, container: this.container, runtime: after, now, processOverride, outputOf };
  }

  private key(what: string): string {
    return keyOf(this.look.pod.metadata.uid, this.container.name, what);
  }
}

/** A pull that has failed makes the kubelet wait anew; which of its errors shows does not matter. */
function isSameWait(left: Waiting, right: Waiting): boolean {
  if (left.pull && right.pull) return left.pull.backOff.since === right.pull.backOff.since;
  return left.reason === right.reason && left.message === right.message;
}

/** Reasons that show after a run. */
const endReasons: ReadonlySet<string> = new Set(['CrashLoopBackOff', 'PostStartHookError', 'RunContainerError']);

/** How often the container has been started. */
function runsOf({ state, restarts }: ContainerRuntime): number {
  return state.kind !== 'waiting' || endReasons.has(state.reason) ? restarts + 1 : restarts;
}

function lastEnd(state: ContainerRuntime['state'], last: Terminated | undefined): Terminated | undefined {
  if (state.kind === 'terminated') return state;
  return state.kind === 'waiting' ? last : undefined;
}
