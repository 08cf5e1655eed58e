import type { Instant } from '../../engine/time.ts';
import { interruptedExitCode, type ExecEnvironment } from '../program.ts';
import { syntaxErrorText, type ShellFlavour } from '../shell/flavour.ts';
import { Interpreter } from '../shell/interpreter.ts';
import { parseScript } from '../shell/parser.ts';
import type { ShellState } from '../shell/shell-state.ts';
import { Sink } from '../shell/streams.ts';
import type { Script } from '../shell/syntax.ts';
import { AskedInput } from './asked-input.ts';
import { promptOf } from './prompt.ts';
import type { ProcessOutput, SessionProcess } from './session.ts';

/** So many commands may be done at one moment. */
const maxCommands = 1_000;

interface Work {
  readonly state: ShellState;
  readonly stdout: string;
  readonly stderr: string;
  /** Infinity: until it is interrupted. */
  readonly endsAt: Instant;
}

export interface ShellParts {
  readonly name: string;
  readonly flavour: ShellFlavour;
  readonly isInteractive: boolean;
  initialState(environment: ExecEnvironment): ShellState;
  environment(): ExecEnvironment | undefined;
}

/** A shell that reads its commands line by line, from a terminal or from a pipe. */
export class ShellProcess implements SessionProcess {
  exitCode: number | undefined;
  runs = 0;
  private readonly parts: ShellParts;
  private state: ShellState | undefined;
  private waiting = '';
  private isComplete = false;
  /** A command of which more lines are to come. */
  private begun = '';
  /** A command that wants input of which there is not enough yet. */
  private starved: Script | undefined;
  private hasMore = false;
  /** Ctrl-D: the end of what the command in the foreground reads. */
  private endsCommandInput = false;
  private work: Work | undefined;
  private prompt: 'first' | 'second' | 'none' = 'first';
  private isInterrupted = false;

  constructor(parts: ShellParts) {
    this.parts = parts;
  }

  feed(text: string): void {
    this.waiting += text;
    this.hasMore = true;
  }

  endInput(): void {
    this.isComplete = true;
    this.hasMore = true;
  }

  endOfFile(): void {
    if (this.starved) this.endsCommandInput = true;
    else if (!this.work) this.isComplete = true;
    this.hasMore = true;
  }

  interrupt(): void {
    this.isInterrupted = true;
  }

  advance(now: Instant, output: ProcessOutput): void {
    for (let count = 0; count < maxCommands && this.exitCode === undefined; count += 1) {
      if (this.isInterrupted) this.stopWork();
      if (this.work && !this.finish(this.work, now, output)) return;
      if (this.exitCode !== undefined) return;
      this.ask(output);
      if (!this.step(now, output)) return;
    }
  }

  /** What Ctrl-C ends: the command in the foreground, or the line that has been begun. */
  private stopWork(): void {
    this.isInterrupted = false;
    if (this.work) {
      const { state } = this.work;
      state.departure = undefined;
      state.status = interruptedExitCode;
      this.state = state;
    }
    this.work = undefined;
    this.starved = undefined;
    this.begun = '';
    this.waiting = '';
    this.prompt = 'first';
  }

  /** Whether the command has ended. */
  private finish({ state, stdout, stderr, endsAt }: Work, now: Instant, output: ProcessOutput): boolean {
    if (now < endsAt) return false;
    output.stdout(stdout);
    output.stderr(stderr);
    this.work = undefined;
    this.state = state;
    if (state.departure) this.exitCode = state.status;
    state.departure = undefined;
    this.prompt = 'first';
    return true;
  }

  private ask(output: ProcessOutput): void {
    if (!this.parts.isInteractive || this.prompt === 'none' || this.starved) return;
    const environment = this.parts.environment();
    if (!environment) return;
    this.state ??= this.parts.initialState(environment);
    output.stderr(this.prompt === 'second' ? '> ' : promptOf(this.parts.flavour, this.state, environment.hostname));
    this.prompt = 'none';
  }

  /** Does one line; false: there is nothing to do now. */
  private step(now: Instant, output: ProcessOutput): boolean {
    if (this.starved) {
      return this.hasMore && this.run(this.starved, now, output);
    }
    const line = this.takeLine();
    if (line === undefined) {
      if (!this.isComplete) return false;
      return this.leave(output);
    }
    const text = this.begun + line;
    const parsed = parseScript(text);
    if (!parsed.ok && (parsed.fault.token === '' || parsed.fault.unterminated !== undefined) && !this.isLast) {
      this.begun = text;
      this.prompt = 'second';
      return true;
    }
    this.begun = '';
    this.prompt = 'first';
    if (parsed.ok) return this.run(parsed.script, now, output);
    output.stderr(syntaxErrorText(this.parts.flavour, this.parts.name, parsed.fault));
    if (this.state) this.state.status = 2;
    return true;
  }

  private get isLast(): boolean {
    return this.isComplete && this.waiting === '';
  }

  private leave(output: ProcessOutput): boolean {
    if (this.parts.isInteractive && this.parts.flavour === 'bash') output.stderr('exit\n');
    this.exitCode = this.state?.status ?? 0;
    return false;
  }

  private run(script: Script, now: Instant, output: ProcessOutput): boolean {
    const environment = this.parts.environment();
    if (!environment) return false;
    this.runs += 1;
    this.state ??= this.parts.initialState(environment);
    // A copy: a command that lacks input is begun again when there is more.
    const state = this.state.subshell();
    state.exitTrap = this.state.exitTrap;
    const input = new AskedInput(this.waiting, this.isComplete || this.endsCommandInput);
    const streams = { input, output: new Sink(environment.budget), error: new Sink(environment.budget) };
    const interpreter = new Interpreter({ ...environment, now }, this.parts.flavour, this.parts.name);
    interpreter.run(script, state, streams);
    if (input.wasShort) {
      this.starved = script;
      this.hasMore = false;
      return false;
    }
    this.starved = undefined;
    this.endsCommandInput = false;
    this.waiting = input.rest;
    if (state.departure?.kind === 'exit') interpreter.runExitTrap(state, streams);
    const runsOn = state.departure?.kind === 'blocked' || state.departure?.kind === 'limited';
    const [stdout, stderr] = [streams.output.text, streams.error.text];
    const { elapsed } = state;
    state.elapsed = 0;
    if (!runsOn) this.work = { state, stdout, stderr, endsAt: now + elapsed };
    else {
      output.stdout(stdout);
      output.stderr(stderr);
      this.work = { state, stdout: '', stderr: '', endsAt: Infinity };
    }
    return true;
  }

  private takeLine(): string | undefined {
    const end = this.waiting.indexOf('\n');
    if (end < 0 && !this.isLastLine) return undefined;
    const line = end < 0 ? this.waiting : this.waiting.slice(0, end + 1);
    this.waiting = this.waiting.slice(line.length);
    return line;
  }

  /** A last line without an end. */
  private get isLastLine(): boolean {
    return this.isComplete && this.waiting !== '';
  }
}
