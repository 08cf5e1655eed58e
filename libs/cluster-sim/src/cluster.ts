import type { Container, JsonObject, ManifestDocument, Pod } from '@kubedrill/kube-model';
import type { ServedApi, ApiResponse, ApiStatus } from './api/request.ts';
import type { KubectlOptions } from './client/kubectl.ts';
import type { Clock, Duration, Instant } from './engine/time.ts';
import type { OpenedSession, SessionRequest } from './exec/session/session.ts';
import type { LogLine, ProcessModel } from './images/image-model.ts';
import type { BehaviourOf } from './kubelet/pod-behaviour.ts';
import type { DataPlane } from './network/data-plane.ts';
import type { Probe, Trace, TracedOutcome, VantagePoint } from './network/flow.ts';
import type { NetworkOptions } from './network/network-options.ts';
import type { IpvsScheduler } from './proxy/ipvs/schedulers.ts';
import type { ObjectView } from './store/object-view.ts';

export type ProxyMode = 'iptables' | 'nftables' | 'ipvs';

export interface NodeOptions {
  readonly name: string;
  readonly address: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly {
    readonly key: string;
    readonly value?: string;
    readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  }[];
  readonly podCapacity?: number;
}

/** A host outside of the cluster and what listens on it. */
export interface ExternalHost {
  readonly name: string;
  readonly address: string;
  /** Reaches the pod and Service networks, as a host with routes into the cluster would. Default false. */
  readonly routesToCluster?: boolean;
  /** Clients that share this NAT address show it as their source. */
  readonly natAddress?: string;
  readonly dnsNames?: readonly string[];
  /** Default true; without it, what has no route of its own is unreachable at once (ENETUNREACH). */
  readonly defaultRoute?: boolean;
  readonly listens?: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP'; readonly body?: string }[];
}

/** Every bound has a default (see `defaultBounds`); one that is hit is a named outcome, never a hang. */
export interface ClusterBounds {
  readonly maxObjects: number;
  readonly maxPods: number;
  readonly maxReconciliationsPerSettle: number;
  readonly maxSettleTime: Duration;
  readonly maxTraceBranches: number;
}

export interface ClusterOptions {
  readonly seed: number;
  readonly startTime: Instant;
  readonly nodes: readonly NodeOptions[];
  readonly proxyMode: ProxyMode;
  /** kube-proxy's --ipvs-scheduler, for mode ipvs. Default rr. */
  readonly ipvsScheduler?: IpvsScheduler;
  readonly serviceRange: string;
  readonly nodePortRange: { readonly from: number; readonly to: number };
  readonly clusterDomain: string;
  /**
   * Whether the scripts that containers run take effect all at once, as far as they go, when they start (the default), or in time,
   * one command after the other. A fork does not carry on what runs in time.
   */
  readonly processes?: 'atOnce' | 'inTime';
  /** At how many moments in all processes may go on in time that have gone on a hundred times; then they stand still. Default 10 million. */
  readonly processMoments?: number;
  /** Whether a cloud provider serves Services of type LoadBalancer, and from which addresses. */
  readonly loadBalancer:
    { readonly kind: 'none' } | { readonly kind: 'cloud'; readonly range: string } | { readonly kind: 'localhost' };
  readonly externalHosts: readonly ExternalHost[];
  readonly network?: NetworkOptions;
  /** Where an exercise replaces what an image does; asked before the catalogue. */
  readonly processOverride?: (pod: Pod, container: Container) => ProcessModel | undefined;
  /** Where a recording or an exercise dictates what happens to a Pod, whatever its images and probes would do. */
  readonly podBehaviour?: BehaviourOf;
  readonly bounds: ClusterBounds;
}

export type SettleReport =
  | { readonly kind: 'settled'; readonly now: Instant; readonly reconciliations: number }
  | {
      readonly kind: 'limited';
      readonly bound: keyof ClusterBounds;
      readonly now: Instant;
      readonly reconciliations: number;
    };

/** As options of kubectl apply. */
export type ApplyOptions = KubectlOptions;

/** What happened to one document, in the order of execution; kubectl goes on after a refused document. */
export interface AppliedDocument {
  readonly document: ManifestDocument;
  /** A status of code 0: kubectl refused the document itself and sent nothing. */
  readonly response: ApiResponse;
  /** What kubectl prints: "service/web created" or the refusal. */
  readonly printed: string;
  /** The three-way patch, where one was sent. */
  readonly patch?: JsonObject;
}

export interface ExecTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string;
}

export type LogsResult = ({ readonly ok: true } & ContainerLog) | { readonly ok: false; readonly status: ApiStatus };

/** What one run of a container has written. */
export interface ContainerLog {
  readonly lines: readonly LogLine[];
  /** Which run it is. */
  readonly startedAt: Instant;
  /** Whether more may come. */
  readonly isOpen: boolean;
}

export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** What became of a switch: who names a machine that is not there has mistyped it. */
export type PowerOutcome = 'switched' | 'no such machine';

/** A simulated cluster: the API server in front, the controllers, nodes and network behind it, one virtual clock. */
export interface Cluster {
  readonly options: ClusterOptions;
  readonly clock: Clock;
  readonly api: ServedApi;
  readonly view: ObjectView;
  /** As `kubectl apply -f`: creates what is absent, else patches three-way; unpacks lists. Does not settle. */
  apply(documents: readonly ManifestDocument[], options?: ApplyOptions): readonly AppliedDocument[];
  /**
   * Runs until nothing more is bound to happen. With a quiet span: lets time pass until nothing has changed for that long. Without
   * one: until nothing is due within three minutes of the last change, and not a moment longer.
   */
  settle(quiet?: Duration): SettleReport;
  /** Cuts the power of a node: all that runs there stops at once, and nothing reaches it any more. */
  powerOff(node: string): PowerOutcome;
  /** Gives it back: the node starts up, and its containers start anew. */
  powerOn(node: string): PowerOutcome;
  /** Lets exactly that much time pass. */
  advance(duration: Duration): SettleReport;
  /** An independent copy; costs little, shares what neither side changes. With a seed, chance falls differently in it. */
  fork(seed?: number): Cluster;
  /** All outcomes of a probe as if it were sent now; changes nothing (no affinity, no conntrack entry). */
  trace(probe: Probe): Trace;
  /** Sends it: draws one outcome and leaves the marks that a connection leaves (affinity, conntrack). */
  connect(probe: Probe): TracedOutcome;
  /** Runs a command in a container, as `kubectl exec POD -- argv` does. */
  exec(target: ExecTarget, argv: readonly string[]): ExecResult;
  /** Starts a command that gets its input over time; the caller carries the session on. */
  openExec(target: Required<ExecTarget>, argv: readonly string[], request: SessionRequest): OpenedSession;
  /** Joins the container's own process. */
  attach(target: Required<ExecTarget>, request: SessionRequest): OpenedSession;
  /** GET pods/<name>/log: the lines that a container has written. */
  logs(target: Required<ExecTarget>, previous?: boolean): LogsResult;
  /** Asks the resolver of the vantage point, with its search path. */
  resolve(from: VantagePoint, name: string, type: DnsQueryType): DnsAnswer;
  /** The network below: open connections, routes, stopped kube-proxies. */
  readonly dataPlane: DataPlane;
  /** The node's proxy rules as the real tool prints them (iptables-save, nft list, ipvsadm -Ln). */
  proxyRules(node: string): string;
}

export type DnsQueryType = 'A' | 'AAAA' | 'CNAME' | 'SRV' | 'PTR' | 'TXT' | 'NS' | 'SOA' | 'MX' | 'ANY';

export interface DnsRecord {
  readonly name: string;
  readonly type: DnsQueryType;
  /** Seconds. */
  readonly ttl: number;
  /** As `dig +short` prints it: an address, a name with its final dot, "priority weight port target." for SRV. */
  readonly data: string;
}

export interface DnsAnswer {
  /** NODATA is NOERROR with no answers. `timeout`: no name server answered. */
  readonly code: 'NOERROR' | 'NXDOMAIN' | 'REFUSED' | 'SERVFAIL' | 'timeout';
  /** The fully qualified name that the answer is for, after the search path. */
  readonly name: string;
  readonly answers: readonly DnsRecord[];
  /** Names tried before, in order, each with its code. */
  readonly tried: readonly { readonly name: string; readonly code: string }[];
}
