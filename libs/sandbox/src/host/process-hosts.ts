import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { JournalEntry, Probe, TracedOutcome } from '@kubedrill/cluster-sim';
import {
  SandboxUnavailable,
  type HostedSandbox,
  type SandboxHosts,
  type SandboxProgress,
  type TroubleReport,
} from '@kubedrill/submissions';
import { HostProcess, type HostLimits } from './host-process.ts';
import { JournalFolder } from './journal-folder.ts';

export interface ProcessHostsOptions {
  /** Where the journals are kept. */
  readonly folder: string;
  /** Processes. */
  readonly hosts: number;
  /** Of each. */
  readonly memoryLimitMebibytes: number;
  readonly reportTrouble: TroubleReport;
  /** Milliseconds for which a cluster is kept that nobody uses; its journal stays. Default 10 minutes. */
  readonly keep?: number;
  readonly patience?: number;
}

/** A sandbox whose cluster stands in some host, or is on its way there. */
interface Guest {
  readonly host: HostProcess;
  readonly arrival: Promise<unknown>;
  /** Requests that are not answered yet. */
  asking: number;
  /** Those, and streams. */
  visitors: number;
  lastUse: number;
}

/** One request on its way to its cluster. */
export interface Visit {
  readonly socket: string;
  /** It is answered, or its answer has begun. */
  answered(): void;
  /** Its connection is done with. */
  left(): void;
}

const strikesAllowed = 3;
const round = 5_000;
/** So much of its memory a host may hold before those leave that nobody uses. */
const comfortable = 0.75;

/** Sandboxes in a few processes; each process holds many. */
export class ProcessHosts implements SandboxHosts {
  readonly #options: ProcessHostsOptions;
  readonly #limits: HostLimits;
  readonly #journals: JournalFolder;
  readonly #sockets = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-'));
  readonly #guests = new Map<string, Guest>();
  /** How often a sandbox was being worked on when its host ended. */
  readonly #strikes = new Map<string, number>();
  /** Sandboxes whose journals are being cut. */
  readonly #changing = new Map<string, Promise<void>>();
  readonly #rounds: NodeJS.Timeout;
  #hosts: HostProcess[] = [];
  #started = 0;
  #isClosed = false;

  constructor(options: ProcessHostsOptions) {
    this.#options = options;
    const { folder, memoryLimitMebibytes, patience = 10_000 } = options;
    this.#limits = { folder, memoryLimitMebibytes, patience };
    this.#journals = new JournalFolder(folder);
    this.#rounds = setInterval(() => this.#goRound(), round).unref();
    for (let host = 0; host < options.hosts; host += 1) this.#startHost();
  }

  /** Resolves when every host serves. Whoever comes earlier waits for his. */
  async ready(): Promise<void> {
    await Promise.all(this.#hosts.map(({ ready }) => ready));
  }

  /** RAM of all hosts together, where the system tells. */
  get residentMebibytes(): number {
    return this.#hosts.reduce((sum, host) => sum + host.residentMebibytes, 0);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#rounds);
    for (const host of this.#hosts) host.kill();
    await Promise.all(this.#hosts.map(({ ended }) => ended));
    rmSync(this.#sockets, { recursive: true, force: true });
  }

  async open(sandbox: HostedSandbox): Promise<SandboxProgress> {
    const { host } = await this.#guest(sandbox);
    return (await host.call({ do: 'look', id: sandbox.id })) as SandboxProgress;
  }

  /** Who comes has to say when he is answered and when he leaves. */
  async visit(sandbox: HostedSandbox): Promise<Visit> {
    const guest = await this.#guest(sandbox);
    guest.asking += 1;
    guest.visitors += 1;
    let [isAnswered, isGone] = [false, false];
    const answered = (): void => {
      if (!isAnswered) guest.asking -= 1;
      isAnswered = true;
    };
    const left = (): void => {
      answered();
      if (!isGone) guest.visitors -= 1;
      isGone = true;
      guest.lastUse = performance.now();
    };
    return { socket: guest.host.socket, answered, left };
  }

  async connect(sandbox: HostedSandbox, probe: Probe): Promise<TracedOutcome> {
    const { host } = await this.#guest(sandbox);
    return (await host.call({ do: 'connect', id: sandbox.id, probe })) as TracedOutcome;
  }

  journal(id: string, position: number): Promise<readonly JournalEntry[]> {
    return Promise.resolve(this.#journals.read(id).slice(0, position));
  }

  goBack(id: string, position: number): Promise<void> {
    return this.#alone(id, () => this.#journals.cut(id, position));
  }

  erase(id: string): Promise<void> {
    return this.#alone(id, () => this.#journals.erase(id));
  }

  /** Whoever wants the sandbox waits meanwhile: a journal is not changed under a cluster that reads it. */
  #alone(id: string, change: () => void): Promise<void> {
    const before = this.#changing.get(id) ?? Promise.resolve();
    const done = before
      .then(() => this.#dismiss(id))
      .then(change)
      .finally(() => {
        this.#strikes.delete(id);
        if (this.#changing.get(id) === settled) this.#changing.delete(id);
      });
    const settled = done.catch(() => undefined);
    this.#changing.set(id, settled);
    return done;
  }

  async #guest(sandbox: HostedSandbox): Promise<Guest> {
    const { id } = sandbox;
    await this.#changing.get(id);
    let guest = this.#guests.get(id);
    if (!guest || guest.host.isEnded) {
      if ((this.#strikes.get(id) ?? 0) >= strikesAllowed)
        throw new SandboxUnavailable('this sandbox was being worked on each time its host ended: reset it');
      guest = this.#place(sandbox);
    }
    guest.lastUse = performance.now();
    await guest.arrival;
    return guest;
  }

  #place(sandbox: HostedSandbox): Guest {
    const host = this.#emptiest();
    const arrival = host.ready.then(
      () => host.call({ do: 'open', sandbox }),
      () => Promise.reject(new SandboxUnavailable('the host of this sandbox does not start')),
    );
    const guest: Guest = { host, arrival, asking: 1, visitors: 0, lastUse: performance.now() };
    this.#guests.set(sandbox.id, guest);
    const forget = (): void => {
      if (this.#guests.get(sandbox.id) === guest && !host.isEnded) this.#guests.delete(sandbox.id);
    };
    arrival.then(() => (guest.asking -= 1), forget);
    return guest;
  }

  #emptiest(): HostProcess {
    const counts = new Map(this.#hosts.map((host) => [host, 0]));
    for (const { host } of this.#guests.values()) counts.set(host, (counts.get(host) ?? 0) + 1);
    const [host] = [...this.#hosts].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
    if (!host) throw new SandboxUnavailable('no host of sandboxes runs just now');
    return host;
  }

  async #dismiss(id: string): Promise<void> {
    const guest = this.#guests.get(id);
    this.#guests.delete(id);
    if (!guest || guest.host.isEnded) return;
    await guest.arrival.catch(() => undefined);
    await guest.host.call({ do: 'close', id }).catch(() => undefined);
  }

  #startHost(): void {
    const host = new HostProcess(this.#limits, path.join(this.#sockets, `${this.#started++}.sock`));
    this.#hosts = [...this.#hosts, host];
    host.ready.catch(() => undefined);
    // One that its host has given up is made anew for whoever asks next.
    host.onGone = (id) => {
      if (this.#guests.get(id)?.host === host) this.#guests.delete(id);
    };
    void host.ended.then((why) => this.#replace(host, why));
  }

  #replace(host: HostProcess, why: string): void {
    this.#hosts = this.#hosts.filter((other) => other !== host);
    for (const [id, guest] of this.#guests) {
      if (guest.host !== host) continue;
      this.#guests.delete(id);
      if (guest.asking > 0) this.#strikes.set(id, (this.#strikes.get(id) ?? 0) + 1);
    }
    if (this.#isClosed) return;
    this.#options.reportTrouble('sandboxes lost their host', why);
    // Not at once: a host that cannot even start must not keep the machine busy.
    setTimeout(() => {
      if (!this.#isClosed) this.#startHost();
    }, restartPause);
  }

  /** Clusters that nobody uses leave; sooner where memory is short. */
  #goRound(): void {
    const { keep = 600_000, memoryLimitMebibytes } = this.#options;
    const now = performance.now();
    const unused = [...this.#guests].filter(([, { visitors, asking }]) => visitors === 0 && asking === 0);
    for (const [id, { lastUse }] of unused) if (now - lastUse > keep) void this.#dismiss(id);
    for (const host of this.#hosts) {
      if (host.residentMebibytes < comfortable * memoryLimitMebibytes) continue;
      const own = unused.filter(([, guest]) => guest.host === host).sort(([, a], [, b]) => a.lastUse - b.lastUse);
      for (const [id] of own.slice(0, Math.ceil(own.length / 4))) void this.#dismiss(id);
    }
  }
}

const restartPause = 200;
