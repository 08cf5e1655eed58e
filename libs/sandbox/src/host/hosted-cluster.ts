import type { IncomingMessage, ServerResponse } from 'node:http';
import process from 'node:process';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RecordedCluster, replay, type Cluster, type Probe, type TracedOutcome } from '@kubedrill/cluster-sim';
import { answerOver, KubeApi, Upgrades } from '@kubedrill/kube-api';
import { beginningOf, type HostedSandbox, type SandboxProgress } from '@kubedrill/submissions';
import { Allowance, hostShare } from './allowance.ts';
import { refuse } from './kube-refusal.ts';
import { journalBounds, type JournalStore, type OpenJournal } from './journal-store.ts';

/** While a cluster is made, others have their turn after so many milliseconds. */
const slice = 10;
/** Time passes in pieces of so many milliseconds of the cluster's. */
const timeSlice = 60_000;

/** One sandbox in its host: its cluster, its journal, its clock. */
export class HostedCluster {
  readonly #sandbox: HostedSandbox;
  readonly #cluster: RecordedCluster;
  readonly #journal: OpenJournal;
  readonly #api: KubeApi;
  readonly #allowance = new Allowance(hostShare, () => performance.now());
  readonly #upgrades: Upgrades;
  #isBroken = false;
  readonly #streams = new Set<ServerResponse | Duplex>();

  private constructor(sandbox: HostedSandbox, cluster: Cluster, journal: OpenJournal) {
    this.#sandbox = sandbox;
    this.#journal = journal;
    this.#cluster = new RecordedCluster(cluster, {
      get hasRoom() {
        return journal.length < journalBounds.entries && journal.size < journalBounds.bytes;
      },
      append: (entry) => {
        try {
          journal.append(entry);
        } catch (error) {
          this.#isBroken = true;
          throw error;
        }
      },
    });
    const serverAddress = `${cluster.options.nodes[0]?.address ?? '127.0.0.1'}:6443`;
    this.#api = new KubeApi({ cluster: this.#cluster, serverAddress });
    this.#upgrades = new Upgrades(this.#api);
  }

  /** From its beginning, through its journal, to the present. */
  static async make(sandbox: HostedSandbox, journals: JournalStore): Promise<HostedCluster> {
    const cluster = beginningOf(sandbox);
    const pace = new Pace();
    for (const entry of journals.read(sandbox.id)) {
      replay(cluster, entry);
      await pace.step();
    }
    for (let left = present(sandbox) - cluster.clock.now(); left > 0; left = present(sandbox) - cluster.clock.now()) {
      const report = cluster.advance(Math.min(left, timeSlice));
      if (report.kind === 'limited' && report.bound === 'maxReconciliationsPerSettle') break;
      await pace.step();
    }
    return new HostedCluster(sandbox, cluster, journals.open(sandbox.id));
  }

  get progress(): SandboxProgress {
    return { position: this.#journal.length, now: this.#cluster.clock.now() };
  }

  /** Whether its journal lacks something that was done: it must not go on. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Whether somebody waits for what happens. */
  get isWatched(): boolean {
    return this.#streams.size > 0;
  }

  /** Brings the clock to the present; a sandbox that has used up its share stays behind for a while. */
  tick(): void {
    if (this.#allowance.wait > 0) return;
    this.#paid(() => this.#api.passTime(Math.max(0, Math.floor(present(this.#sandbox) - this.#cluster.clock.now()))));
  }

  answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { wait } = this.#allowance;
    if (wait > 0) return refuse(outgoing, 'busy', Math.ceil(wait / 1000));
    this.tick();
    this.#keep(outgoing);
    // Reading the body takes the client's time, not the host's: what is counted is what comes after it.
    incoming.once('end', () => {
      const begin = worked();
      setImmediate(() => this.#allowance.spend(worked() - begin));
    });
    // Who leaves in the middle of a request gets no answer.
    answerOver(this.#api, incoming, outgoing).catch(() => outgoing.destroy());
  }

  /** exec, attach, port-forward. */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.tick();
    this.#keep(socket);
    this.#upgrades.take(incoming, socket, head);
  }

  #keep(stream: ServerResponse | Duplex): void {
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
  }

  /** Sends a probe; its host may be the name of a node, which no name server knows. */
  connect(probe: Probe): TracedOutcome {
    this.tick();
    const host = this.#addressOfNode(probe.host) ?? probe.host;
    const traced = this.#paid(() => this.#cluster.connect({ ...probe, host }));
    // Hops are put into words when they are read; what crosses to the platform is plain data.
    return JSON.parse(JSON.stringify(traced)) as TracedOutcome;
  }

  #addressOfNode(name: string): string | undefined {
    const node = this.#cluster.view.get('Node', '', name);
    return node?.status.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  }

  /** Ends who watches, and lets go of the journal. */
  close(): void {
    this.#upgrades.close();
    for (const stream of this.#streams) stream.destroy();
    this.#journal.close();
  }

  #paid<T>(work: () => T): T {
    const begin = worked();
    try {
      return work();
    } finally {
      this.#allowance.spend(worked() - begin);
    }
  }
}

/** What the sandbox's clock should show now. */
function present({ startedAt, speed }: HostedSandbox): number {
  return startedAt + (Date.now() - startedAt) * speed;
}

/** Milliseconds for which this thread has worked: what others do on the machine is not the sandbox's doing. */
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Long work in slices. */
class Pace {
  #begin = performance.now();

  async step(): Promise<void> {
    if (performance.now() - this.#begin < slice) return;
    await nextTurn();
    this.#begin = performance.now();
  }
}
