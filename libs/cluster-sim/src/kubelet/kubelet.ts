import type { Container, Node, ObjectKey, Pod } from '@kubedrill/kube-model';
import { done, refused, type Outcome } from '../api/outcome.ts';
import { failure } from '../api/status.ts';
import type { ClusterOptions, ContainerLog } from '../cluster.ts';
import { keyOf, splitKey } from '../controllers/object-key.ts';
import { isPodTerminal } from '../controllers/pod-state.ts';
import { noChanges, type Change, type Controller, type Reconciliation } from '../engine/controller.ts';
import type { Clock, Duration, Instant } from '../engine/time.ts';
import { FileSystem } from '../exec/file-system.ts';
import type { ProgramNetwork } from '../exec/program.ts';
import { linesOf } from '../exec/text.ts';
import type { ProcessModel } from '../images/image-model.ts';
import type { ProcessHome } from '../images/live-process.ts';
import type { RunningContainer as ExecContainer } from '../exec/run-exec.ts';
import type { ContainerListener, ProcessTable } from '../network/process-table.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import type { ObjectView, WatchEvent } from '../store/object-view.ts';
import { AddressPool } from './address-pool.ts';
import { logsOf, nothingLogged } from './container-logs.ts';
import type { RunCommand } from './lifecycle-hook.ts';
import type { Machines } from './machines.ts';
import { openSockets, runningContainers } from './open-sockets.ts';
import { accountOf, farewell } from './pod-account.ts';
import type { BehaviourOf, PodBehaviour } from './pod-behaviour.ts';
import { afterReboot } from './node-reboot.ts';
import type { ContainerInstance, PodRuntime } from './pod-runtime.ts';
import { PodWorker } from './pod-worker.ts';
import { serviceVariables } from './service-variables.ts';
import { SharedVolumes } from './shared-volumes.ts';

/** From the binding to running processes, with the image pulled: sandbox, network and start. */
const startTime: Duration = 1_000;

const noFiles: ReadonlyMap<string, string> = new Map();

/** Of a process that writes what is typed. */
const maxNotedLines = 10_000;

export interface KubeletParts {
  readonly clock: Clock;
  readonly machines: Machines;
  readonly processOverride: ClusterOptions['processOverride'];
  readonly behaviourOf: BehaviourOf | undefined;
  networkOf(pod: Pod, container: Container, address: string): ProgramNetwork;
  readonly exec: RunCommand;
  /** Of a cluster whose processes run in time. */
  readonly home: ProcessHome | undefined;
}

interface ServiceEnvironment {
  readonly servicesVersion: number;
  readonly variables: ReadonlyMap<string, string>;
}

/** The kubelets of all nodes: start, watch and stop the containers of the Pods that are bound to their node. */
export class Kubelet implements Controller, ProcessTable {
  readonly name = 'kubelet';
  readonly watches = ['Pod', 'ConfigMap', 'Secret', 'Service', 'Node'] as const;
  private readonly parts: KubeletParts;
  private readonly runtimes: CopyOnWriteMap<string, PodRuntime>;
  /** Pods that wait for a ConfigMap. */
  private readonly blocked: CopyOnWriteMap<string, true>;
  private readonly written: CopyOnWriteMap<string, Map<string, string>>;
  private readonly addresses: AddressPool;
  private readonly volumes: SharedVolumes;
  private readonly environments = new Map<string, ServiceEnvironment>();
  private servicesVersion = 0;

  constructor(parts: KubeletParts, source?: Kubelet) {
    this.parts = parts;
    this.runtimes = source?.runtimes.fork() ?? new CopyOnWriteMap();
    this.blocked = source?.blocked.fork() ?? new CopyOnWriteMap();
    this.written = source?.written.fork() ?? new CopyOnWriteMap();
    this.addresses = source?.addresses.fork() ?? new AddressPool();
    this.volumes = source?.volumes.fork() ?? new SharedVolumes();
  }

  fork(parts: KubeletParts): Kubelet {
    return new Kubelet(parts, this);
  }

  observe({ object }: WatchEvent): void {
    // No running Pod is told of a new Service; those that start from now on see its variables.
    if (object.kind === 'Service') this.servicesVersion += 1;
  }

  keysFor({ type, object }: WatchEvent, view: ObjectView): readonly string[] {
    switch (object.kind) {
      case 'Pod':
        return object.spec.nodeName || type === 'DELETED' ? [keyOf(object.metadata)] : [];
      case 'Node':
        // A kubelet that comes back looks at all of its Pods.
        return view.indexed('Pod', 'node', object.metadata.name).map(({ metadata }) => keyOf(metadata));
      case 'ConfigMap':
      case 'Secret':
        return [...this.blocked.keys()];
      default:
        return [];
    }
  }

  reconcile(view: ObjectView, key: string, now: Instant): Reconciliation {
    const [before, wasBlocked] = [this.runtimes.get(key), this.blocked.has(key)];
    const reconciliation = this.synchronize(view, key, now);
    const [after, isBlocked] = [this.runtimes.get(key), this.blocked.has(key)];
    if (after === before && isBlocked === wasBlocked) return reconciliation;
    const { namespace, name } = splitKey(key);
    const pod = view.get('Pod', namespace, name);
    if (!after || !pod) return before ? { ...reconciliation, remarks: farewell(before) } : reconciliation;
    if (this.behaviourOf(pod)) return reconciliation;
    const { processOverride, exec } = this.parts;
    const known = before?.uid === after.uid ? before : undefined;
    const step = { view, pod, now, before: known, after, wasBlocked, isBlocked, processOverride, exec };
    return { ...reconciliation, remarks: accountOf(step) };
  }

  private synchronize(view: ObjectView, key: string, now: Instant): Reconciliation {
    const { namespace, name } = splitKey(key);
    const pod = view.get('Pod', namespace, name);
    const known = this.runtimes.get(key);
    if (known && known.uid !== pod?.metadata.uid) this.forget(key);
    const node = pod?.spec.nodeName ? view.get('Node', '', pod.spec.nodeName) : undefined;
    if (!pod || !node || !this.isAlive(node)) return noChanges;
    if (pod.metadata.deletionTimestamp !== undefined) return this.terminate(view, pod, node, key, now);
    return this.sync(view, pod, node, key, now);
  }

  listeners(pod: Pod): readonly ContainerListener[] {
    const runtime = this.runtimes.get(keyOf(pod.metadata));
    if (!runtime || runtime.uid !== pod.metadata.uid || !this.parts.machines.isOn(pod.spec.nodeName ?? '')) return [];
    return openSockets(pod, runningContainers(runtime.containers), this.parts.processOverride, this.parts.clock.now());
  }

  /** The files of a running container, to be read. */
  files(pod: Pod, name: string): FileSystem | undefined {
    const runtime = this.runtimes.get(keyOf(pod.metadata));
    const state = runtime?.containers.get(name)?.state;
    if (state?.kind !== 'running' || !state.instance) return undefined;
    const { image, context, process } = state.instance;
    const own = [image.files, context.network?.files ?? noFiles, context.files, process.files ?? noFiles];
    const volumes = this.volumes.mountsOf(context.container, pod);
    return new FileSystem(own, new Map(this.written.get(`${pod.metadata.uid}/${name}`)), volumes);
  }

  /** What a container has written; refused in the words of the API server, which asks the node's kubelet. */
  logs(pod: Pod, container: string, previous: boolean): Outcome<ContainerLog> {
    const { nodeName } = pod.spec;
    // The API server answers nothing for a Pod that no kubelet knows of.
    if (!nodeName) return done(nothingLogged);
    const { namespace = '', name } = pod.metadata;
    if (!this.parts.machines.isOn(nodeName)) {
      const kubelet = `${pod.status.hostIP ?? ''}:10250`;
      const url = `https://${kubelet}/containerLogs/${namespace}/${name}/${container}`;
      return refused(failure(500, '', `Get "${url}": dial tcp ${kubelet}: connect: no route to host`));
    }
    const runtime = this.runtimes.get(keyOf(pod.metadata));
    const known = runtime?.uid === pod.metadata.uid ? runtime.containers.get(container) : undefined;
    return logsOf(pod, container, known, previous);
  }

  /** The container as `exec` finds it. */
  running(pod: Pod, container: Container): ExecContainer | undefined {
    const key = keyOf(pod.metadata);
    const state = this.runtimes.get(key)?.containers.get(container.name)?.state;
    const isUp = this.parts.machines.isOn(pod.spec.nodeName ?? '');
    return isUp && state?.kind === 'running' && state.instance
      ? this.executable(pod, container, state.instance)
      : undefined;
  }

  /** Whether that run of the container goes on. */
  runs(pod: Pod, container: string, startedAt: Instant | undefined): boolean {
    const runtime = this.runtimes.get(keyOf(pod.metadata));
    const state = runtime?.uid === pod.metadata.uid ? runtime.containers.get(container)?.state : undefined;
    const isUp = this.parts.machines.isOn(pod.spec.nodeName ?? '');
    return isUp && state?.kind === 'running' && state.instance?.context.startedAt === startedAt;
  }

  /** The container's process has written that. */
  note(pod: Pod, container: string, text: string, now: Instant): void {
    const lines = linesOf(text.replaceAll('\r\n', '\n'));
    if (lines.length === 0) return;
    this.change(pod, container, ({ logs = [], ...process }) => ({
      ...process,
      logs: [...logs, ...lines.map((line) => ({ at: now, text: line }))].slice(-maxNotedLines),
    }));
  }

  /** The container's process has ended. */
  finish(pod: Pod, container: string, code: number, now: Instant): void {
    this.change(pod, container, (process, startedAt) => ({ ...process, exit: { after: now - startedAt, code } }));
  }

  private change(pod: Pod, name: string, next: (process: ProcessModel, startedAt: Instant) => ProcessModel): void {
    const key = keyOf(pod.metadata);
    const runtime = this.runtimes.get(key);
    const container = runtime?.containers.get(name);
    if (!runtime || !container || runtime.uid !== pod.metadata.uid) return;
    const { state } = container;
    if (state.kind !== 'running' || !state.instance) return;
    const instance = { ...state.instance, process: next(state.instance.process, state.startedAt) };
    const containers = new Map(runtime.containers).set(name, { ...container, state: { ...state, instance } });
    this.runtimes.set(key, { ...runtime, containers });
  }

  /** An instance with what has been written into its file system. */
  executable(pod: Pod, container: Container, instance: ContainerInstance): ExecContainer {
    const place = `${pod.metadata.uid}/${container.name}`;
    // A copy of its own for this cluster, which a fork does not see.
    const written = new Map(this.written.get(place));
    this.written.set(place, written);
    return { ...instance, written, volumes: this.volumes.mountsOf(container, pod) };
  }

  /** What ran on the node has come to an end with its power, and its sandboxes are gone. */
  reboot(node: string, view: ObjectView, now: Instant): void {
    for (const pod of view.indexed('Pod', 'node', node)) {
      const key = keyOf(pod.metadata);
      const runtime = this.runtimes.get(key);
      if (runtime) this.runtimes.set(key, afterReboot(pod, runtime, now, now + startTime));
    }
  }

  /** A Node without a machine is an object only: its condition says whether a kubelet is to be thought of. */
  private isAlive({ metadata, status }: Node): boolean {
    const { machines } = this.parts;
    if (machines.has(metadata.name)) return machines.isOn(metadata.name);
    return status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
  }

  private sync(view: ObjectView, pod: Pod, node: Node, key: string, now: Instant): Reconciliation {
    const isOver = isPodTerminal(pod);
    if (isOver && !this.hasRunning(key)) return noChanges;
    const worker = this.workerOf(view, pod, node, key, now);
    const { runtime, status, wakeAt, isBlocked, isStable, isEnding } = isOver ? worker.end() : worker.sync();
    if (runtime !== this.runtimes.get(key)) this.runtimes.set(key, runtime);
    if (isBlocked) this.blocked.set(key, true);
    else this.blocked.delete(key);
    const changes = status ? [{ verb: 'updateStatus' as const, object: { ...pod, status } }] : [];
    return wakeAt === undefined
      ? { changes, isStable }
      : { changes, isStable, wakeAt, inTransit: runtime.address === undefined || isEnding };
  }

  private workerOf(view: ObjectView, pod: Pod, node: Node, key: string, now: Instant): PodWorker {
    const { parts } = this;
    const before = this.runtimes.get(key) ?? {
      uid: pod.metadata.uid,
      sandboxAt: now + startTime,
      containers: new Map(),
    };
    return new PodWorker(pod, before, {
      view,
      now,
      node,
      processOverride: parts.processOverride,
      networkOf: (target, container, address) => parts.networkOf(target, container, address),
      volumesOf: (target, container) => this.volumes.mountsOf(container, target),
      home: parts.home,
      exec: parts.exec,
      behaviour: this.behaviourOf(pod),
      services: () => this.servicesOf(pod, view),
      allocateAddress: () => this.addresses.allocate(node, view),
    });
  }

  private terminate(view: ObjectView, pod: Pod, node: Node, key: string, now: Instant): Reconciliation {
    const after = this.behaviourOf(pod)?.terminateAfter;
    if (after !== undefined) return this.terminateAfter(after, pod, key, now);
    // What finalizers hold has been dealt with.
    if (isPodTerminal(pod) && !this.hasRunning(key)) return { changes: this.removed(pod, key) };
    const { runtime, status, wakeAt, isEnding } = this.workerOf(view, pod, node, key, now).end();
    const changes = status ? [{ verb: 'updateStatus' as const, object: { ...pod, status } }] : [];
    if (!isEnding) return { changes: [...changes, ...this.removed(pod, key)] };
    this.runtimes.set(key, runtime);
    return { changes, inTransit: true, ...(wakeAt === undefined ? {} : { wakeAt }) };
  }

  /** The Pod is gone after that time, or at the end of its grace period; what has never run has nothing to stop. */
  private terminateAfter(after: Duration, pod: Pod, key: string, now: Instant): Reconciliation {
    const runtime = this.runtimes.get(key);
    if (!runtime) return { changes: this.removed(pod, key) };
    const grace = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
    // A second deletion may shorten the grace period.
    const deadline = Date.parse(pod.metadata.deletionTimestamp ?? '') + 1000;
    const stopsAt = Math.min(runtime.stopsAt ?? now + Math.min(after, grace), Math.max(now, deadline));
    if (stopsAt <= now) return { changes: this.removed(pod, key) };
    if (stopsAt !== runtime.stopsAt) this.runtimes.set(key, { ...runtime, stopsAt });
    return { changes: [], wakeAt: stopsAt };
  }

  private removed(pod: Pod, key: string): readonly Change[] {
    this.forget(key);
    const podKey: ObjectKey = { kind: 'Pod', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
    return [{ verb: 'delete', key: podKey, uid: pod.metadata.uid, gracePeriodSeconds: 0 }];
  }

  private hasRunning(key: string): boolean {
    const containers = this.runtimes.get(key)?.containers;
    return containers !== undefined && runningContainers(containers).length > 0;
  }

  private behaviourOf(pod: Pod): PodBehaviour | undefined {
    return this.parts.behaviourOf?.(pod);
  }

  /** The same for all Pods of a namespace until some Service changes. */
  private servicesOf(pod: Pod, view: ObjectView): ReadonlyMap<string, string> {
    const place = `${pod.metadata.namespace ?? ''} ${String(pod.spec.enableServiceLinks ?? true)}`;
    const known = this.environments.get(place);
    if (known?.servicesVersion === this.servicesVersion) return known.variables;
    const variables = serviceVariables(pod, view);
    this.environments.set(place, { servicesVersion: this.servicesVersion, variables });
    return variables;
  }

  private forget(key: string): void {
    const runtime = this.runtimes.get(key);
    for (const name of runtime?.containers.keys() ?? []) this.written.delete(`${runtime?.uid ?? ''}/${name}`);
    if (runtime) this.volumes.forget(runtime.uid);
    this.runtimes.delete(key);
    this.blocked.delete(key);
  }
}
