import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SandboxJob } from '@kubedrill/submissions';
import { isSandboxMessage } from './protocol.ts';
import type { SandboxMessage } from './protocol.ts';
import { residentBytes } from './resident-memory.ts';

/** Room for new objects: what one grading makes and drops dies there instead of growing old. */
const youngMebibytes = 16;

export interface ProcessLimits {
  readonly moduleUrl: string;
  readonly timeLimitMilliseconds: number;
  readonly memoryLimitMebibytes: number;
  readonly readable: readonly string[];
  readonly startMilliseconds: number;
}

/** How one run ended. After 'limited' and 'crashed' the process takes no other. */
export type RunEnd =
  | { readonly kind: 'finished'; readonly result: unknown }
  | { readonly kind: 'threw'; readonly message: string }
  | { readonly kind: 'unsupported'; readonly text: string }
  | { readonly kind: 'limited'; readonly bound: 'time' | 'memory' }
  | { readonly kind: 'crashed'; readonly message: string };

const MEBIBYTE = 1024 * 1024;
const MEMORY_WATCH_MILLISECONDS = 20;
const RUNS_BETWEEN_LOOKS = 100;
/** The last words of a process that V8 ends for want of memory. */
const HEAP_EXHAUSTED = /heap out of memory|Allocation failed|Fatal JavaScript (?:out of memory|invalid size error)/;
const LAST_WORDS_CHARACTERS = 4_096;

/** The program beside this file, compiled or not as this file is. */
const MAIN = fileURLToPath(new URL(`./sandbox-main${import.meta.url.slice(-3)}`, import.meta.url));

/** One isolated process; runs one job at a time. */
export class SandboxProcess {
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #limits: ProcessLimits;
  #runs = 0;
  #idleBytes = 0;
  #lastWords = '';
  #exited = false;
  #onMessage: (message: SandboxMessage) => void = () => undefined;
  #onExit: (description: string) => void = () => undefined;

  constructor(limits: ProcessLimits) {
    this.#limits = limits;
    this.#child = fork(MAIN, [limits.moduleUrl], {
      serialization: 'advanced',
      env: {},
      execArgv: [
        `--max-old-space-size=${limits.memoryLimitMebibytes}`,
        `--max-semi-space-size=${youngMebibytes}`,
        `--min-semi-space-size=${youngMebibytes}`,
        '--permission',
        ...limits.readable.map((path) => `--allow-fs-read=${path}`),
      ],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (words: Buffer) => {
      this.#lastWords = (this.#lastWords + words.toString('utf8')).slice(-LAST_WORDS_CHARACTERS);
    });
    this.#child.on('message', (message) => {
      if (isSandboxMessage(message)) this.#onMessage(message);
      else this.kill();
    });
    this.#child.on('error', () => this.kill());
    // 'close', not 'exit': the last words are all read by then.
    this.#child.on('close', (code, signal) => {
      this.#exited = true;
      this.#onExit(`ended with ${signal ?? `code ${code}`}. ${this.#lastWords.trim().slice(0, 500)}`.trim());
    });
    this.ready = this.#start();
  }

  get exited(): boolean {
    return this.#exited;
  }

  /** Runs so far. */
  get runs(): number {
    return this.#runs;
  }

  /** Whether it keeps half of what a job may use, so that a job could be stopped for what others left. Looks now and then. */
  isBloated(): boolean {
    const limit = this.#limits.memoryLimitMebibytes * MEBIBYTE;
    return this.#runs % RUNS_BETWEEN_LOOKS === 0 && this.#usedBytes() > limit / 2;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Resolves with how the run ended, always; the process is gone after 'limited' and 'crashed'. */
  run(job: SandboxJob): Promise<RunEnd> {
    const run = ++this.#runs;
    return new Promise((resolve) => {
      let limited: 'time' | 'memory' | undefined;
      const hitBound = (bound: 'time' | 'memory'): void => {
        limited ??= bound;
        this.kill();
      };
      const timer = setTimeout(() => hitBound('time'), this.#limits.timeLimitMilliseconds);
      const watch = setInterval(() => {
        if (this.#usedBytes() > this.#limits.memoryLimitMebibytes * MEBIBYTE) hitBound('memory');
      }, MEMORY_WATCH_MILLISECONDS);
      const end = (outcome: RunEnd): void => {
        clearTimeout(timer);
        clearInterval(watch);
        this.#onMessage = () => this.kill();
        this.#onExit = () => undefined;
        resolve(outcome);
      };
      this.#onMessage = (message) => {
        if (message.kind === 'ready' || message.run !== run) this.kill();
        else if (message.kind === 'finished') end({ kind: 'finished', result: message.result });
        else if (message.kind === 'unsupported') end({ kind: 'unsupported', text: message.text });
        else if (message.outOfMemory) hitBound('memory');
        else end({ kind: 'threw', message: message.message });
      };
      this.#onExit = (description) => {
        const bound = limited ?? (HEAP_EXHAUSTED.test(this.#lastWords) ? 'memory' : undefined);
        end(bound === undefined ? { kind: 'crashed', message: description } : { kind: 'limited', bound });
      };
      // A channel that is closed already shows as the process' end.
      this.#child.send({ kind: 'run', run, job }, () => undefined);
    });
  }

  #start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.kill(), this.#limits.startMilliseconds);
      this.#onMessage = (message) => {
        if (message.kind !== 'ready') return this.kill();
        clearTimeout(timer);
        this.#idleBytes = residentBytes(this.#child.pid ?? 0) ?? 0;
        this.#onMessage = () => this.kill();
        this.#onExit = () => undefined;
        resolve();
      };
      this.#onExit = (description) => {
        clearTimeout(timer);
        reject(new Error(`a sandbox process ${description}`));
      };
    });
  }

  #usedBytes(): number {
    return (residentBytes(this.#child.pid ?? 0) ?? 0) - this.#idleBytes;
  }
}
