import { resources, type Container, type ManifestDocument, type Pod } from '@kubedrill/kube-model';
import { ClusterApiServer } from './api/api-server.ts';
import { bootstrapObjects } from './api/bootstrap.ts';
import { genesisStore } from './api/genesis.ts';
import { badRequest, notFound } from './api/status.ts';
import { createKindRegistry } from './api/kinds/definitions.ts';
import type { ApiRequest, ApiResponse, ServedApi } from './api/request.ts';
import type { KindRegistry } from './api/kinds/registry.ts';
import { kubectlApply } from './client/kubectl.ts';
import type {
  AppliedDocument,
  ApplyOptions,
  Cluster,
  ClusterBounds,
  ClusterOptions,
  DnsAnswer,
  DnsQueryType,
  ExecResult,
  ExecTarget,
  LogsResult,
  PowerOutcome,
  SettleReport,
} from './cluster.ts';
import { defaultOptions, nodeObjects } from './cluster-defaults.ts';
import { controllerStages } from './controllers/controller-stages.ts';
import { nodeLifecycleController } from './controllers/node-lifecycle/node-lifecycle-controller.ts';
import { kubeletStarts } from './controllers/node-lifecycle/node-remarks.ts';
import { keyOf } from './controllers/object-key.ts';
import { PodGarbageCollector } from './controllers/pod-garbage-collector.ts';
import type { Controller } from './engine/controller.ts';
import { Engine } from './engine/engine.ts';
import { createRandom, type Random } from './engine/random.ts';
import type { Duration } from './engine/time.ts';
import { EventRecorder } from './events/event-recorder.ts';
import { VirtualClock } from './engine/virtual-clock.ts';
import type { ProgramNetwork } from './exec/program.ts';
import { PodFiles } from './exec/pod-files.ts';
import { runExec, runInContainer, type ExecBackend } from './exec/run-exec.ts';
import type { OpenedSession, SessionRequest } from './exec/session/session.ts';
import type { ProcessHome } from './images/live-process.ts';
import { containerNamed } from './kubelet/container-role.ts';
import { PodSessions } from './kubelet/pod-sessions.ts';
import { Kubelet, type KubeletParts } from './kubelet/kubelet.ts';
import { HeldLeases } from './kubelet/held-leases.ts';
import { Machines } from './kubelet/machines.ts';
import { nodeStatusController } from './kubelet/node-status-controller.ts';
import { kernelHostname } from './dns/pod-hostname.ts';
import { createDataPlane } from './network/create-data-plane.ts';
import type { DataPlane, DataPlaneSources } from './network/data-plane.ts';
import type { Probe, Trace, TracedOutcome, VantagePoint } from './network/flow.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import type { ObjectStore } from './store/object-store.ts';

/** What differs from the defaults. */
export type ClusterSettings = Partial<Omit<ClusterOptions, 'bounds'>> & { readonly bounds?: Partial<ClusterBounds> };

/** A cluster with its nodes and the objects that every cluster has; not settled yet. */
export function createCluster(settings: ClusterSettings = {}): Cluster {
  const options = defaultOptions(settings);
  const cluster = new SimulatedCluster(options);
  cluster.bootstrap();
  return cluster;
}

const defaultMoments = 10_000_000;

/** Ties the parts together; each of them is told of the others through narrow interfaces. */
class SimulatedCluster implements Cluster {
  readonly options: ClusterOptions;
  readonly clock: VirtualClock;
  readonly view: ObjectStore;
  readonly api: ServedApi;
  readonly dataPlane: DataPlane;
  private readonly server: ClusterApiServer;
  private readonly registry: KindRegistry;
  private readonly random: Random;
  private readonly machines: Machines;
  readonly nodeLifecycle: Controller;
  readonly nodeStatus: Controller;
  readonly podGarbageCollector: PodGarbageCollector;
  readonly scheduler: Scheduler;
  private readonly home: ProcessHome | undefined;
  readonly kubelet: Kubelet;
  private readonly recorder: EventRecorder;
  private readonly engine: Engine;

  constructor(options: ClusterOptions, source?: SimulatedCluster, seed?: number) {
    this.options = options;
    this.clock = source?.clock.fork() ?? new VirtualClock(options.startTime);
    this.view = (source?.view ?? genesisStore(options.startTime)).fork();
    this.random = source && seed === undefined ? source.random.fork() : createRandom(seed ?? options.seed);
    this.registry = source?.registry ?? createKindRegistry(options);
    const { view: store, clock, registry, random } = this;
    this.server = new ClusterApiServer({ store, registry, clock, random, bounds: options.bounds });
    this.api = {
      handle: (request) => this.handle(request),
      selects: (kind, selection) => this.server.selects(kind, selection),
      schemaOf: (kind) => this.server.schemaOf(kind),
    };
    this.machines = source?.machines.fork() ?? new Machines(new Set(options.nodes.map(({ name }) => name)));
    this.nodeLifecycle = nodeLifecycleController(this.machines);
    this.nodeStatus = nodeStatusController(this.machines);
    this.podGarbageCollector = source?.podGarbageCollector.fork() ?? new PodGarbageCollector();
    this.scheduler = source?.scheduler.fork() ?? new Scheduler();
    const { processes, processMoments: momentsLeft = defaultMoments } = options;
    this.home = processes === 'inTime' ? { momentsLeft: source?.home?.momentsLeft ?? momentsLeft } : undefined;
    this.kubelet = source?.kubelet.fork(this.kubeletParts()) ?? new Kubelet(this.kubeletParts());
    const sources = this.dataPlaneSources();
    this.dataPlane = source?.dataPlane.fork(sources) ?? createDataPlane(sources);
    const recorded = { store, clock, controlPlane: options.nodes[0]?.name ?? '' };
    new HeldLeases({ ...recorded, machines: this.machines, startTime: options.startTime });
    this.recorder = source?.recorder.fork(recorded) ?? new EventRecorder(recorded);
    const parts = {
      store,
      clock,
      writer: this.server,
      stages: controllerStages(options, this),
      bounds: options.bounds,
      recorder: this.recorder,
    };
    this.engine = source?.engine.fork(parts) ?? new Engine(parts);
  }

  bootstrap(): void {
    const { options, server } = this;
    const apiServerAddress = options.nodes[0]?.address ?? '';
    for (const change of [...nodeObjects(options), ...bootstrapObjects({ ...options, apiServerAddress })]) {
      const outcome = server.write(change);
      if (!outcome.ok) throw new Error(`a new cluster refuses its own objects: ${outcome.status.message}`);
    }
  }

  private handle(request: ApiRequest): ApiResponse {
    // plugin/pkg/admission/serviceaccount waits a moment for the account of a new Namespace, which the controllers make.
    const { verb, resource, namespace } = request;
    const isEarly =
      verb === 'create' && resource.kind === 'Pod' && !this.view.get('ServiceAccount', namespace, 'default');
    if (isEarly && this.view.get('Namespace', '', namespace)) this.engine.catchUp();
    const position = this.random.position();
    const response = this.server.handle(request);
    // What stores nothing leaves no trace in chance either, so that a run can be replayed from what was accepted.
    if (!response.ok || ('dryRun' in request && request.dryRun)) this.random.goBack(position);
    return response;
  }

  apply(documents: readonly ManifestDocument[], options?: ApplyOptions): readonly AppliedDocument[] {
    return kubectlApply({ api: this.api, schemaOf: (kind) => this.registry.of(kind).schema }, documents, options);
  }

  settle(quiet?: Duration): SettleReport {
    const report = this.engine.settle(quiet);
    this.dataPlane.sync();
    return report;
  }

  advance(duration: Duration): SettleReport {
    const report = this.engine.advance(duration);
    this.dataPlane.sync();
    return report;
  }

  powerOff(node: string): PowerOutcome {
    if (!this.machines.has(node)) return 'no such machine';
    this.machines.cut(node, this.clock.now());
    this.recorder.record({ silentHost: node });
    this.engine.wake(this.nodeLifecycle, node);
    this.wakePodsOf(node);
    return 'switched';
  }

  powerOn(node: string): PowerOutcome {
    if (!this.machines.has(node)) return 'no such machine';
    if (this.machines.isOn(node)) return 'switched';
    this.machines.restore(node);
    this.recorder.record(kubeletStarts(node));
    this.kubelet.reboot(node, this.view, this.clock.now());
    for (const controller of [this.nodeStatus, this.nodeLifecycle]) this.engine.wake(controller, node);
    this.wakePodsOf(node);
    return 'switched';
  }

  private wakePodsOf(node: string): void {
    for (const { metadata } of this.view.indexed('Pod', 'node', node)) this.engine.wake(this.kubelet, keyOf(metadata));
  }

  fork(seed?: number): Cluster {
    return new SimulatedCluster(this.options, this, seed);
  }

  trace(probe: Probe): Trace {
    return this.dataPlane.trace(probe);
  }

  connect(probe: Probe): TracedOutcome {
    return this.dataPlane.connect(probe);
  }

  exec(target: ExecTarget, argv: readonly string[]): ExecResult {
    const result = runExec(this.execBackend(), target, argv);
    // A command may change what an exec probe looks at.
    this.engine.wake(this.kubelet, keyOf({ namespace: target.namespace, name: target.pod }));
    return result;
  }

  openExec(target: Required<ExecTarget>, argv: readonly string[], request: SessionRequest): OpenedSession {
    return this.sessions().exec(target, argv, request);
  }

  attach(target: Required<ExecTarget>, request: SessionRequest): OpenedSession {
    return this.sessions().attach(target, request);
  }

  private sessions(): PodSessions {
    const { view, kubelet, clock } = this;
    const touched = (pod: Pod): void => this.engine.wake(kubelet, keyOf(pod.metadata));
    return new PodSessions({ view, kubelet, clock, backend: () => this.execBackend(), touched });
  }

  logs({ namespace, pod: name, container }: Required<ExecTarget>, previous = false): LogsResult {
    const pod = this.view.get('Pod', namespace, name);
    if (!pod) return { ok: false, status: notFound(resources.Pod, name) };
    if (!containerNamed(pod, container))
      return { ok: false, status: badRequest(`container ${container} is not valid for pod ${name}`) };
    const outcome = this.kubelet.logs(pod, container, previous);
    return outcome.ok ? { ok: true, ...outcome.object } : outcome;
  }

  resolve(from: VantagePoint, name: string, type: DnsQueryType): DnsAnswer {
    return this.dataPlane.resolve(from, name, type);
  }

  proxyRules(node: string): string {
    return this.dataPlane.proxyRules(node);
  }

  private kubeletParts(): KubeletParts {
    const { options, clock, machines } = this;
    return {
      clock,
      machines,
      processOverride: options.processOverride,
      behaviourOf: options.podBehaviour,
      home: this.home,
      networkOf: (pod, container, address) => this.networkOf(pod, container, address),
      exec: (pod, container, argv, instance) => {
        const backend = this.execBackend();
        const running = instance && this.kubelet.executable(pod, container, instance);
        const result = runInContainer(running ? { ...backend, running: () => running } : backend, pod, container, argv);
        if (result.kind !== 'ran') return undefined;
        const { exitCode, elapsed, stdout, stderr, serves } = result;
        return { exitCode, elapsed: serves ? Infinity : elapsed, output: stdout, errors: stderr };
      },
    };
  }

  private dataPlaneSources(): DataPlaneSources {
    const { options, view, clock, kubelet, machines } = this;
    return { options, view, clock, machines, random: this.random, processes: kubelet };
  }

  private execBackend(): ExecBackend {
    const { clock, view, options, dataPlane, kubelet } = this;
    return {
      now: clock.now(),
      view,
      clusterDomain: options.clusterDomain,
      network: dataPlane,
      isReachable: (node) => this.machines.isOn(node),
      running: (pod, container) => kubelet.running(pod, container),
    };
  }

  private networkOf(pod: Pod, container: Container, address: string): ProgramNetwork {
    const { namespace = '', name } = pod.metadata;
    const from: VantagePoint = { kind: 'pod', namespace, name, container: container.name };
    const hostname = kernelHostname(pod, this.options.clusterDomain);
    const files = new PodFiles({
      pod,
      address,
      hostname,
      clusterDomain: this.options.clusterDomain,
      resolvConf: (of) => this.dataPlane.resolvConf(of),
    });
    return {
      hostname,
      files,
      ask: (server, question) => this.dataPlane.ask(from, server, question),
      connect: (probe) => this.dataPlane.connect({ ...probe, from }),
    };
  }
}
