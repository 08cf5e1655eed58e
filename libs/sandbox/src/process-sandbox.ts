import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ResultOf, Sandbox, SandboxJob, SandboxOutcome } from '@kubedrill/submissions';
import { platformCode } from './platform-code.ts';
import { SandboxProcess } from './sandbox-process.ts';
import type { ProcessLimits, RunEnd } from './sandbox-process.ts';
import type { SandboxOptions } from './sandbox-options.ts';

type Result = ResultOf<SandboxJob>;

interface WaitingJob {
  readonly job: SandboxJob;
  readonly resolve: (outcome: SandboxOutcome<Result>) => void;
  readonly reject: (fault: Error) => void;
}

/** So many processes that cannot start, one after the other, and the jobs that wait are given back as faults. */
const START_FAILURES = 3;

/** Beside this file, compiled or not as this file is. */
const jobModule = new URL(`./served-job${import.meta.url.slice(-3)}`, import.meta.url).href;

/**
 * Grades in a pool of processes: a job that loops or eats memory takes its own process down and no other job. Not worker
 * threads: one big backing store ends the whole process there, resource limits or not.
 */
export class ProcessSandbox implements Sandbox {
  readonly #limits: ProcessLimits;
  readonly #size: number;
  readonly #concurrency: number;
  readonly #jobsPerProcess: number;
  readonly #waitingLimit: number;
  /** All processes, starting and busy ones too. */
  readonly #processes = new Set<SandboxProcess>();
  readonly #idle: SandboxProcess[] = [];
  readonly #waiting: WaitingJob[] = [];
  readonly #starts = new Set<Promise<void>>();
  #busy = 0;
  #startFailures = 0;
  #closed = false;

  constructor(options: SandboxOptions) {
    this.#limits = {
      moduleUrl: options.moduleUrl ?? jobModule,
      timeLimitMilliseconds: options.timeLimitMilliseconds ?? 5_000,
      memoryLimitMebibytes: options.memoryLimitMebibytes ?? 256,
      readable: options.readable ?? [...platformCode(), ...folderOf(options.moduleUrl)],
      startMilliseconds: options.startMilliseconds ?? 30_000,
    };
    this.#concurrency = options.concurrency;
    this.#size = options.concurrency + (options.spares ?? 1);
    this.#jobsPerProcess = options.jobsPerProcess ?? 5_000;
    this.#waitingLimit = options.waitingLimit ?? 1_000;
    this.#fill();
  }

  /** Resolves when every process is warm; rejects when they cannot start. */
  async ready(): Promise<void> {
    await Promise.all(Array.from(this.#processes, (process) => process.ready));
  }

  run<J extends SandboxJob>(job: J): Promise<SandboxOutcome<ResultOf<J>>> {
    return new Promise((settle, reject) => {
      // What comes of a job has been looked at by its kind.
      const resolve = settle as WaitingJob['resolve'];
      if (this.#closed) throw new Error('the sandbox is closed');
      if (this.#waiting.length >= this.#waitingLimit) throw new Error(`${this.#waitingLimit} jobs wait already`);
      this.#waiting.push({ job, resolve, reject });
      this.#fill();
      this.#dispatch();
    });
  }

  /** Ends every process at once; jobs that wait or run are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#giveBack(new Error('the sandbox is closed'));
    for (const process of this.#processes) process.kill();
    await Promise.allSettled(this.#starts);
  }

  #fill(): void {
    while (!this.#closed && this.#processes.size < this.#size) {
      const start = this.#start(new SandboxProcess(this.#limits)).finally(() => this.#starts.delete(start));
      this.#starts.add(start);
    }
  }

  async #start(process: SandboxProcess): Promise<void> {
    this.#processes.add(process);
    try {
      await process.ready;
      this.#startFailures = 0;
      this.#idle.push(process);
      this.#dispatch();
    } catch (error) {
      this.#processes.delete(process);
      this.#startFailures++;
      if (this.#startFailures < START_FAILURES) this.#fill();
      else if (this.#processes.size === 0) this.#giveBack(error as Error);
    }
  }

  /** The next job asks for processes anew. */
  #giveBack(fault: Error): void {
    this.#startFailures = 0;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(fault);
  }

  #dispatch(): void {
    while (this.#waiting.length > 0 && this.#busy < this.#concurrency) {
      const process = this.#takeIdle();
      if (process === undefined) return;
      const waiting = this.#waiting.shift();
      if (waiting !== undefined) void this.#runIn(process, waiting);
    }
  }

  /** The one that worked last: its code and its caches are warm. */
  #takeIdle(): SandboxProcess | undefined {
    for (;;) {
      const process = this.#idle.pop();
      if (process === undefined || !process.exited) return process;
      this.#replace(process);
    }
  }

  async #runIn(process: SandboxProcess, { job, resolve, reject }: WaitingJob): Promise<void> {
    this.#busy++;
    const end = await process.run(job);
    this.#busy--;
    const reusable = end.kind !== 'limited' && end.kind !== 'crashed';
    if (reusable && process.runs < this.#jobsPerProcess && !process.isBloated()) this.#idle.push(process);
    else this.#replace(process);
    try {
      resolve(this.#outcomeOf(job, end));
    } catch (fault) {
      reject(fault as Error);
    }
    this.#dispatch();
  }

  #replace(process: SandboxProcess): void {
    process.kill();
    this.#processes.delete(process);
    this.#fill();
  }

  #outcomeOf(job: SandboxJob, end: RunEnd): SandboxOutcome<Result> {
    const { timeLimitMilliseconds, memoryLimitMebibytes } = this.#limits;
    switch (end.kind) {
      case 'finished':
        return { kind: 'finished', result: asResult(job, end.result) };
      case 'limited':
        return end.bound === 'time'
          ? { kind: 'limited', bound: 'time', text: `Grading took longer than ${timeLimitMilliseconds / 1000} s.` }
          : {
              kind: 'limited',
              bound: 'memory',
              text: `Grading needed more than ${memoryLimitMebibytes} MiB of memory.`,
            };
      case 'unsupported':
        return { kind: 'unsupported', text: end.text };
      case 'threw':
        throw new Error(`grading failed: ${end.message}`);
      case 'crashed':
        throw new Error(`the sandbox process ${end.message}`);
    }
  }
}

/** What comes back is the word of a process that runs foreign input: looked at before it is believed. */
function asResult(job: SandboxJob, result: unknown): Result {
  switch (job.kind) {
    case 'grading':
      if (typeof result === 'object' && result !== null && 'verdict' in result && 'receipt' in result)
        return result as Result;
      throw new Error('grading gave something that is no result');
    case 'regrading': {
      const ids = Array.isArray(result) ? result.map((item: unknown) => idOf(item)) : [];
      if (ids.join() === job.items.map(({ id }) => id).join()) return result as Result;
      throw new Error('grading anew gave something else than was asked for');
    }
  }
}

function idOf(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null && 'id' in item && 'outcome' in item ? String(item.id) : undefined;
}

/** A sandbox whose processes are warm. Rejects when they cannot start. */
export async function createGradingSandbox(options: SandboxOptions): Promise<ProcessSandbox> {
  const sandbox = new ProcessSandbox(options);
  try {
    await sandbox.ready();
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  return sandbox;
}

function folderOf(moduleUrl: string | undefined): readonly string[] {
  return moduleUrl === undefined ? [] : [path.dirname(fileURLToPath(moduleUrl))];
}
