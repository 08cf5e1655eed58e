import type { Kind, ManifestDocument, ObjectOfKind } from '@kubedrill/kube-model';
import type { ApiRequest, ApiResponse, ServedApi } from '../api/request.ts';
import { failure } from '../api/status.ts';
import { kubectlApply } from '../client/kubectl.ts';
import type {
  AppliedDocument,
  ApplyOptions,
  Cluster,
  ClusterOptions,
  DnsAnswer,
  DnsQueryType,
  ExecResult,
  ExecTarget,
  LogsResult,
  PowerOutcome,
  SettleReport,
} from '../cluster.ts';
import type { Clock, Duration } from '../engine/time.ts';
import type { OpenedSession, SessionRequest } from '../exec/session/session.ts';
import type { DataPlane } from '../network/data-plane.ts';
import type { Probe, Trace, TracedOutcome, VantagePoint } from '../network/flow.ts';
import type { IndexName, ObjectView, WatchEvent } from '../store/object-view.ts';
import { recordedRequest, type Deed, type JournalEntry } from './journal-entry.ts';
import { RecordedSession } from './recorded-session.ts';

type OpenSession = Extract<Deed, { do: 'openSession' }>;

/** Sessions that may begin within one millisecond. */
const maxSessionsAtOnce = 1_000;

/** Where entries go. */
export interface JournalWriter {
  /** Whether it takes more deeds of clients. */
  readonly hasRoom: boolean;
  append(entry: JournalEntry): void;
}

/** Refused for want of room: the journal's bound, not a rule of Kubernetes. */
const full = failure(
  403,
  'Forbidden',
  'this sandbox has taken as many changes as it records: reset it, or go back to one of its snapshots',
);

/**
 * A cluster of which everything is recorded that changes its state and is not time: what `replay` needs to make the same
 * cluster again. Requests that were refused leave no trace, so they are left out.
 */
export class RecordedCluster implements Cluster {
  readonly options: ClusterOptions;
  readonly clock: Clock;
  readonly api: ServedApi;
  readonly view: ObjectView;
  readonly dataPlane: DataPlane;
  private readonly cluster: Cluster;
  private readonly journal: JournalWriter;
  private sessions = 0;

  constructor(cluster: Cluster, journal: JournalWriter) {
    this.cluster = cluster;
    this.journal = journal;
    this.options = cluster.options;
    this.clock = cluster.clock;
    this.dataPlane = cluster.dataPlane;
    this.view = new WitnessedView(cluster.view, () => this.note({ do: 'lookAtEvents' }));
    this.api = {
      handle: (request) => this.handle(request),
      selects: (kind, selection) => cluster.api.selects(kind, selection),
      schemaOf: (kind) => cluster.api.schemaOf(kind),
    };
  }

  private handle(request: ApiRequest): ApiResponse {
    const { api, view } = this.cluster;
    const isRead = request.verb === 'get' || request.verb === 'list';
    if (!isRead && !this.journal.hasRoom) return { ok: false, status: full, warnings: [] };
    if (!isRead) this.catchUp();
    const version = view.resourceVersion;
    const response = api.handle(request);
    if (!isRead && response.ok && request.dryRun !== true)
      this.note({ do: 'request', request: recordedRequest(request) });
    else if (view.resourceVersion !== version) this.note({ do: 'lookAtEvents' });
    return response;
  }

  apply(documents: readonly ManifestDocument[], options?: ApplyOptions): readonly AppliedDocument[] {
    const { api } = this;
    return kubectlApply({ api, schemaOf: (kind) => api.schemaOf(kind) }, documents, options);
  }

  settle(quiet?: Duration): SettleReport {
    this.note({ do: 'settle', ...(quiet === undefined ? {} : { quiet }) });
    return this.cluster.settle(quiet);
  }

  advance(duration: Duration): SettleReport {
    return this.cluster.advance(duration);
  }

  powerOff(node: string): PowerOutcome {
    this.catchUp();
    const outcome = this.cluster.powerOff(node);
    this.note({ do: 'powerOff', node });
    return outcome;
  }

  powerOn(node: string): PowerOutcome {
    this.catchUp();
    const outcome = this.cluster.powerOn(node);
    this.note({ do: 'powerOn', node });
    return outcome;
  }

  /** Not recorded: what happens in a fork stays there. */
  fork(seed?: number): Cluster {
    return this.cluster.fork(seed);
  }

  trace(probe: Probe): Trace {
    return this.cluster.trace(probe);
  }

  /** Once the journal is full a connection still shows what happens, but leaves no marks. */
  connect(probe: Probe): TracedOutcome {
    if (!this.journal.hasRoom) return this.cluster.fork().connect(probe);
    this.catchUp();
    const outcome = this.cluster.connect(probe);
    this.note({ do: 'connect', probe });
    return outcome;
  }

  exec(target: ExecTarget, argv: readonly string[]): ExecResult {
    if (!this.journal.hasRoom) return { stdout: '', stderr: `error: ${full.message}\n`, exitCode: 1 };
    this.catchUp();
    const result = this.cluster.exec(target, argv);
    this.note({ do: 'exec', target, argv });
    return result;
  }

  openExec(target: Required<ExecTarget>, argv: readonly string[], request: SessionRequest): OpenedSession {
    return this.recorded({ target, argv, request }, () => this.cluster.openExec(target, argv, request));
  }

  attach(target: Required<ExecTarget>, request: SessionRequest): OpenedSession {
    return this.recorded({ target, request }, () => this.cluster.attach(target, request));
  }

  private recorded(what: Pick<OpenSession, 'target' | 'argv' | 'request'>, open: () => OpenedSession): OpenedSession {
    if (!this.journal.hasRoom) return { ok: false, message: full.message };
    this.catchUp();
    const opened = open();
    if (!opened.ok) return opened;
    this.sessions += 1;
    // Clocks never stand still between two lives of a sandbox, so this names a session once.
    const session = this.clock.now() * maxSessionsAtOnce + (this.sessions % maxSessionsAtOnce);
    this.note({ do: 'openSession', session, ...what });
    const note = (deed: Deed): void => {
      this.catchUp();
      this.note(deed);
    };
    return { ok: true, session: new RecordedSession(opened.session, session, note) };
  }

  logs(target: Required<ExecTarget>, previous?: boolean): LogsResult {
    return this.cluster.logs(target, previous);
  }

  resolve(from: VantagePoint, name: string, type: DnsQueryType): DnsAnswer {
    return this.cluster.resolve(from, name, type);
  }

  proxyRules(node: string): string {
    return this.cluster.proxyRules(node);
  }

  /** A replay cannot tell whether the controllers had their turn since the last entry, so they have it before each. */
  private catchUp(): void {
    this.cluster.advance(0);
  }

  private note(deed: Deed): void {
    this.journal.append({ at: this.clock.now(), ...deed });
  }
}

/** Tells when reading has changed what is stored, as the reading of Events does. */
class WitnessedView implements ObjectView {
  private readonly view: ObjectView;
  private readonly onChange: () => void;

  constructor(view: ObjectView, onChange: () => void) {
    this.view = view;
    this.onChange = onChange;
  }

  get resourceVersion(): number {
    return this.view.resourceVersion;
  }

  get<K extends Kind>(kind: K, namespace: string, name: string): ObjectOfKind[K] | undefined {
    return this.witnessed(kind, () => this.view.get(kind, namespace, name));
  }

  list<K extends Kind>(kind: K, namespace?: string): readonly ObjectOfKind[K][] {
    return this.witnessed(kind, () => this.view.list(kind, namespace));
  }

  count(kind: Kind): number {
    return this.witnessed(kind, () => this.view.count(kind));
  }

  indexed<K extends Kind>(kind: K, index: IndexName, value: string): readonly ObjectOfKind[K][] {
    return this.view.indexed(kind, index, value);
  }

  eventsSince(resourceVersion: number): readonly WatchEvent[] | 'tooOld' {
    return this.view.eventsSince(resourceVersion);
  }

  private witnessed<T>(kind: Kind, read: () => T): T {
    if (kind !== 'Event') return read();
    const { resourceVersion } = this.view;
    const found = read();
    if (this.view.resourceVersion !== resourceVersion) this.onChange();
    return found;
  }
}
