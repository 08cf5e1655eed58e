import type { Pod } from '@kubedrill/kube-model';
import type { DnsMessage, DnsQuestion } from '../dns/message.ts';
import type { Libc } from '../dns/resolver.ts';
import type { Duration, Instant } from '../engine/time.ts';
import type { Listener } from '../images/image-model.ts';
import type { Probe, TracedOutcome } from '../network/flow.ts';
import type { BackgroundJobs } from './shell/background-jobs.ts';
import type { FileLayer, FileSystem } from './file-system.ts';
import type { ShellFlavour } from './shell/flavour.ts';
import type { ShellState } from './shell/shell-state.ts';
import type { Input, Streams } from './shell/streams.ts';

/**
 * An executable of an image, modelled: a pure function of arguments, standard input and surroundings. What it changes, it
 * changes in the environment's file system; time passes only in `elapsed`.
 */
export interface Program {
  /** The name under which it stands in $PATH. */
  readonly name: string;
  /** Takes all of its standard input; others leave it to the commands after them. */
  readonly readsInput?: true;
  /** It is there and does nothing but say so: it is not modelled. */
  readonly isUnmodelled?: true;
  run(argv: readonly string[], stdin: string, environment: ExecEnvironment): ProgramResult;
  /** Of a shell: runs in time, with input of which it may take a part only. Each value is how long it takes before it goes on. */
  steps?(argv: readonly string[], input: Input, environment: ExecEnvironment, written?: Written): Steps;
  /** Of a shell: what it is where the arguments leave its commands to its input. */
  interactive?(argv: readonly string[]): InteractiveShell | undefined;
}

export type Steps = Generator<Duration, ProgramResult>;

/** Where one looks who wants to know what has been written before a program has ended. */
export interface Written {
  streams?: Pick<Streams, 'output' | 'error'>;
  /** What has been begun to listen. */
  listeners?: readonly Listener[];
}

/** A shell that reads commands. */
export interface InteractiveShell {
  readonly name: string;
  readonly flavour: ShellFlavour;
  initialState(environment: ExecEnvironment): ShellState;
}

export interface ProgramResult {
  readonly stdout: string;
  readonly stderr: string;
  /** 0-255; of a program that does not end by itself, what it has when it is interrupted (128 + SIGINT). */
  readonly exitCode: number;
  readonly elapsed: Duration;
  /** Present when the program would run until it is stopped: what it listens on meanwhile. */
  readonly serves?: readonly Listener[];
  /** What a program that serves does when it is told to stop; absent: nothing, as a process with PID 1 that handles no signal. */
  readonly onStop?: StopReaction;
  /** What a daemon that it left behind listens on; the program itself has ended. */
  readonly background?: readonly Listener[];
}

/** A process ends so after SIGTERM, or the signal that its image names instead. */
export interface StopReaction {
  readonly exitCode: number;
  /** Milliseconds from the signal on; absent: as long as a process takes to react. */
  readonly after?: Duration;
}

/** How a program asks the network; the vantage point is already filled in. */
export interface ProgramNetwork {
  /** The pod's own name in it. */
  readonly hostname: string;
  /** /etc/hosts, /etc/hostname and /etc/resolv.conf. */
  readonly files: FileLayer;
  /** Asks the name server at an address; undefined: nobody answers there. */
  ask(server: string, question: DnsQuestion): DnsMessage | undefined;
  connect(probe: Omit<Probe, 'from'>): TracedOutcome;
}

export interface ProcessEntry {
  readonly pid: number;
  readonly user: string;
  readonly argv: readonly string[];
}

export interface ExecEnvironment {
  /** Absent on a workstation outside of the cluster. */
  readonly pod?: Pod;
  readonly hostname: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
  readonly files: FileSystem;
  readonly programs: ReadonlyMap<string, Program>;
  /** How the programs resolve names. */
  readonly libc: Libc;
  readonly processes: readonly ProcessEntry[];
  /** The container's open sockets. */
  readonly listeners: readonly Listener[];
  /** Absent while a container starts: a process model is independent of the network's state. */
  readonly network?: ProgramNetwork;
  /** The virtual time at which the program starts. */
  readonly now: Instant;
  readonly budget: Budget;
  /** When somebody will end the program, as timeout does. */
  readonly deadline?: Instant;
  /** Where jobs in the background run beside the shell; absent: they run at once, to their end. */
  readonly jobs?: BackgroundJobs;
  /** Where standard input and output are one. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
}

/** What one command may use up, children included. */
export interface Budget {
  /** Commands and loop rounds that are still allowed. */
  steps: number;
  /** Characters of output that are still allowed. */
  output: number;
}

/** Exit code of a program that was ended by Ctrl-C: 128 + SIGINT. */
export const interruptedExitCode = 130;

export function succeed(stdout = '', elapsed: Duration = 0): ProgramResult {
  return { stdout, stderr: '', exitCode: 0, elapsed };
}

export function fail(exitCode: number, stderr: string, elapsed: Duration = 0, stdout = ''): ProgramResult {
  return { stdout, stderr, exitCode, elapsed };
}

/** A program that runs until it is stopped. */
export function serve(listeners: readonly Listener[], stdout = '', stderr = ''): ProgramResult {
  return { stdout, stderr, exitCode: interruptedExitCode, elapsed: 0, serves: listeners };
}

/** A program that runs until it is told to stop, and then ends so. */
export function stoppable(result: ProgramResult, exitCode: number, after?: Duration): ProgramResult {
  return { ...result, onStop: after === undefined ? { exitCode } : { exitCode, after } };
}

/** Go's runtime ends a program without a handler of its own so, where SIGTERM does not end PID 1 (runtime/signal_unix.go dieFromSignal). */
export const goStopCode = 2;

/** Runs another program by name or path, as execvp does; undefined when there is none. */
export function findProgram(command: string, programs: ReadonlyMap<string, Program>): Program | undefined {
  const slash = command.lastIndexOf('/');
  if (slash < 0) return programs.get(command);
  return binaryDirectories.has(command.slice(0, slash)) ? programs.get(command.slice(slash + 1)) : undefined;
}

const binaryDirectories = new Set(['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '']);
