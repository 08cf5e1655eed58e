import type { Instant } from '../../engine/time.ts';

/** What a client asks for when it runs a command, or joins the one that runs. */
export interface SessionRequest {
  readonly stdin: boolean;
  readonly tty: boolean;
}

export interface SessionOutput {
  readonly stdout: string;
  readonly stderr: string;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A command that is at work in a container and takes input over time. It does nothing by itself: who holds it carries it on. */
export interface ExecSession {
  /** Undefined until it has ended. */
  readonly exitCode: number | undefined;
  /** How many commands it has begun, and begun anew with more input. */
  readonly runs: number;
  /** Whether so much input waits that no more is taken. */
  readonly isFull: boolean;
  input(text: string): void;
  /** Standard input is at its end. */
  endInput(): void;
  resize(size: TerminalSize): void;
  /** Does what is due by now, and says what has been written since. */
  advance(now: Instant): SessionOutput;
}

export type OpenedSession =
  | { readonly ok: true; readonly session: ExecSession }
  /** In the words of the kubelet or of the runtime. */
  | { readonly ok: false; readonly message: string };

/** What stands in a terminal or at the end of a pipe. */
export interface SessionProcess {
  readonly exitCode: number | undefined;
  readonly runs: number;
  feed(text: string): void;
  endInput(): void;
  /** Ctrl-D at the beginning of a line. */
  endOfFile(): void;
  /** SIGINT from the terminal. */
  interrupt(): void;
  advance(now: Instant, output: ProcessOutput): void;
}

export interface ProcessOutput {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Characters of input that may wait. */
export const maxWaitingInput = 1_048_576;
