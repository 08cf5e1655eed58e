import type { Instant } from '../../engine/time.ts';
import { missingExecutable } from '../../images/process-start.ts';
import { findProgram, type ExecEnvironment, type Program } from '../program.ts';
import { CommandProcess } from './command-process.ts';
import { maxWaitingInput } from './session.ts';
import type {
  ExecSession,
  OpenedSession,
  SessionOutput,
  SessionProcess,
  SessionRequest,
  TerminalSize,
} from './session.ts';
import { ShellProcess } from './shell-process.ts';
import { Terminal } from './terminal.ts';

/** 128 + SIGKILL: what a command ends with whose container ends. */
const killedExitCode = 137;

export interface ContainerPlace {
  readonly programs: ReadonlyMap<string, Program>;
  /** Undefined when the container has ended, whatever runs under its name now. */
  environment(): ExecEnvironment | undefined;
  isAlive(): boolean;
  /** Something may have changed in the container. */
  touched(): void;
}

/** Starts a command in a container, with its input still to come. */
export function openContainerSession(
  place: ContainerPlace,
  argv: readonly string[],
  request: SessionRequest,
): OpenedSession {
  const [command = ''] = argv;
  const program = findProgram(command, place.programs);
  if (!program) return { ok: false, message: missingExecutable(command) };
  const screen: Screen = { size: { columns: 80, rows: 24 } };
  const process = processOf(program, argv, { place, screen, request });
  return { ok: true, session: new ContainerSession(place, process, screen, request.tty) };
}

interface Screen {
  size: TerminalSize;
}

interface Surroundings {
  readonly place: ContainerPlace;
  readonly screen: Screen;
  readonly request: SessionRequest;
}

function processOf(
  program: Program,
  argv: readonly string[],
  { place, screen, request: { stdin, tty } }: Surroundings,
): SessionProcess {
  const environment = (): ExecEnvironment | undefined => {
    const found = place.environment();
    if (!found || !tty) return found;
    return { ...found, variables: new Map([...found.variables, ['TERM', 'xterm']]), terminal: screen.size };
  };
  const shell = stdin ? program.interactive?.(argv) : undefined;
  if (!shell) return new CommandProcess(program, argv, environment, stdin);
  const { name, flavour } = shell;
  return new ShellProcess({
    name,
    flavour,
    isInteractive: tty || argv.includes('-i'),
    initialState: (from) => shell.initialState(from),
    environment,
  });
}

class ContainerSession implements ExecSession {
  private readonly place: ContainerPlace;
  private readonly process: SessionProcess;
  private readonly terminal: Terminal | undefined;
  private readonly screen: Screen;
  private readonly writer = {
    stdout: (text: string) => this.write(text),
    stderr: (text: string) => this.complain(text),
  };
  private stdout = '';
  private stderr = '';
  private waiting = 0;
  private killed: number | undefined;

  constructor(place: ContainerPlace, process: SessionProcess, screen: Screen, tty: boolean) {
    this.place = place;
    this.screen = screen;
    this.process = process;
    const reader = {
      line: (text: string) => process.feed(text),
      endOfInput: () => process.endOfFile(),
      interrupt: () => process.interrupt(),
    };
    this.terminal = tty ? new Terminal(reader, (text) => (this.stdout += text)) : undefined;
  }

  get exitCode(): number | undefined {
    return this.killed ?? this.process.exitCode;
  }

  get runs(): number {
    return this.process.runs;
  }

  get isFull(): boolean {
    return this.waiting > maxWaitingInput;
  }

  input(text: string): void {
    this.waiting += text.length;
    if (this.isFull) return;
    if (this.terminal) this.terminal.type(text);
    else this.process.feed(text);
  }

  endInput(): void {
    this.process.endInput();
  }

  resize(size: TerminalSize): void {
    this.screen.size = size;
  }

  advance(now: Instant): SessionOutput {
    if (this.exitCode === undefined) {
      if (!this.place.isAlive()) this.killed = killedExitCode;
      else {
        this.process.advance(now, this.writer);
        this.place.touched();
      }
    }
    const written = { stdout: this.stdout, stderr: this.stderr };
    this.stdout = '';
    this.stderr = '';
    return written;
  }

  /** A terminal has one stream, and turns each line end into a return and a line end (ONLCR). */
  private write(text: string): void {
    this.stdout += this.terminal ? text.replaceAll('\n', '\r\n') : text;
  }

  private complain(text: string): void {
    if (this.terminal) this.write(text);
    else this.stderr += text;
  }
}
