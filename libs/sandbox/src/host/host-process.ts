import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SandboxUnavailable } from '@kubedrill/submissions';
import { platformCode } from '../platform-code.ts';
import { residentBytes } from '../resident-memory.ts';
import { isHostMessage, type HostCall, type HostMessage } from './host-protocol.ts';

export interface HostLimits {
  /** Where the journals are. */
  readonly folder: string;
  readonly memoryLimitMebibytes: number;
  /** Milliseconds after which a host that does not answer is ended. */
  readonly patience: number;
  /** Files and folders that a host may read besides. */
  readonly readable?: readonly string[];
}

interface WaitingCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const pingInterval = 1_000;
const lastWordsLength = 2_000;
const startMilliseconds = 30_000;
/** The program beside this file, compiled or not as this file is. */
const main = fileURLToPath(new URL(`./host-main${import.meta.url.slice(-3)}`, import.meta.url));

/** One host process, from outside. */
export class HostProcess {
  readonly socket: string;
  readonly ready: Promise<void>;
  /** Resolves with why, when it is gone. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, WaitingCall>();
  readonly #limits: HostLimits;
  #number = 0;
  #isEnded = false;
  #lastWords = '';
  #lastAnswer = performance.now();
  #onReady: () => void = () => undefined;
  /** Told of sandboxes that the host has given up by itself. */
  onGone: (id: string) => void = () => undefined;

  constructor(limits: HostLimits, socket: string) {
    this.#limits = limits;
    this.socket = socket;
    const readable = limits.readable ?? platformCode();
    this.#child = fork(main, [limits.folder, socket], {
      serialization: 'advanced',
      env: {},
      execArgv: [
        `--max-old-space-size=${limits.memoryLimitMebibytes}`,
        '--permission',
        ...[...readable, limits.folder, socket].map((path) => `--allow-fs-read=${path}`),
        ...[limits.folder, socket].map((path) => `--allow-fs-write=${path}`),
      ],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (words: Buffer) => {
      this.#lastWords = (this.#lastWords + words.toString('utf8')).slice(-lastWordsLength);
    });
    this.#child.on('error', () => this.kill());
    this.#child.on('message', (message) => {
      if (isHostMessage(message)) this.#hear(message);
      else this.kill();
    });
    this.ended = new Promise((resolve) =>
      this.#child.once('close', (code, signal) => resolve(this.#end(code, signal))),
    );
    this.ready = this.#start();
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Of RAM, where the system tells. */
  get residentMebibytes(): number {
    return (residentBytes(this.#child.pid ?? 0) ?? 0) / 1024 / 1024;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Rejects with SandboxUnavailable when it fails, and when the process ends before it answers. */
  call(call: HostCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isEnded) return reject(new SandboxUnavailable('the host of this sandbox is being replaced'));
      const number = ++this.#number;
      this.#waiting.set(number, { resolve, reject });
      // A channel that is closed already shows as the process' end.
      this.#child.send({ number, call }, () => undefined);
    });
  }

  #start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.kill(), startMilliseconds);
      this.#onReady = () => {
        clearTimeout(timer);
        this.#watch();
        resolve();
      };
      void this.ended.then((why) => {
        clearTimeout(timer);
        reject(new Error(why));
      });
    });
  }

  #watch(): void {
    this.#lastAnswer = performance.now();
    const timer = setInterval(() => {
      if (performance.now() - this.#lastAnswer > this.#limits.patience) this.kill();
      void this.call({ do: 'ping' }).catch(() => undefined);
    }, pingInterval);
    void this.ended.then(() => clearInterval(timer));
  }

  #hear(message: HostMessage): void {
    this.#lastAnswer = performance.now();
    if (message.kind === 'ready') return this.#onReady();
    if (message.kind === 'gone') return this.onGone(message.id);
    const waiting = this.#waiting.get(message.number);
    this.#waiting.delete(message.number);
    if (message.kind === 'done') waiting?.resolve(message.value);
    else waiting?.reject(new SandboxUnavailable(message.message));
  }

  #end(code: number | null, signal: string | null): string {
    this.#isEnded = true;
    for (const { reject } of this.#waiting.values())
      reject(new SandboxUnavailable('the host of this sandbox ended and is being replaced'));
    this.#waiting.clear();
    return `a host of sandboxes ended with ${signal ?? `code ${code}`}. ${this.#lastWords.trim().slice(0, 500)}`.trim();
  }
}
