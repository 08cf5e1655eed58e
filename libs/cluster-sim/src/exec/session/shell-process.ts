import type { Instant } from '../../engine/time.ts';
import { interruptedExitCode, type Budget, type ExecEnvironment } from '../program.ts';
import { syntaxErrorText, type ShellFlavour } from '../shell/flavour.ts';
import type { Execution } from '../shell/execution.ts';
import { Interpreter } from '../shell/interpreter.ts';
import { parseScript } from '../shell/parser.ts';
import type { ShellState } from '../shell/shell-state.ts';
import { Sink, type Streams } from '../shell/streams.ts';
import type { Script } from '../shell/syntax.ts';
import { AskedInput } from './asked-input.ts';
import { promptOf } from './prompt.ts';
import type { ProcessOutput, SessionProcess } from './session.ts';

/** So many commands may be done at one moment. */
const maxCommands = 1_000;
/** And so many of them within one line. */
const maxSteps = 200;

interface Work {
  readonly script: Script;
  /** What of the input it may take. */
  readonly given: string;
  readonly state: ShellState;
  readonly input: AskedInput;
  readonly streams: Streams;
  readonly execution: Execution;
  readonly environment: ExecEnvironment;
  readonly allowance: Budget;
  /** Infinity: until it is interrupted. */
  dueAt: Instant;
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
      state.elapsed = 0;
      state.status = interruptedExitCode;
      this.state = state;
    }
    this.work = undefined;
    this.starved = undefined;
    this.begun = '';
    this.waiting = '';
    this.prompt = 'first';
  }

  /** Carries the command on; whether it has ended. */
  private finish(work: Work, now: Instant, output: ProcessOutput): boolean {
    const { state, input, streams } = work;
    const isDone = advanced(work, now);
    if (input.wasShort) {
      this.work = undefined;
      this.starved = work.script;
      this.waiting = work.given + this.waiting;
      this.hasMore = false;
      return true;
    }
    output.stdout(streams.output.drain());
    output.stderr(streams.error.drain());
    if (!isDone) return false;
    this.work = undefined;
    this.waiting = input.rest + this.waiting;
    this.endsCommandInput = false;
    this.state = state;
    state.elapsed = 0;
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
      return this.hasMore && this.run(this.starved, now);
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
    if (parsed.ok) return this.run(parsed.script, now);
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

  private run(script: Script, now: Instant): boolean {
    const environment = this.parts.environment();
    if (!environment) return false;
    this.runs += 1;
    this.state ??= this.parts.initialState(environment);
    // A copy: a command that lacks input is begun again when there is more.
    const state = this.state.subshell();
    state.exitTrap = this.state.exitTrap;
    const given = this.waiting;
    this.waiting = '';
    const input = new AskedInput(given, this.isComplete || this.endsCommandInput);
    const streams = { input, output: new Sink(environment.budget), error: new Sink(environment.budget) };
    const interpreter = new Interpreter({ ...environment, now }, this.parts.flavour, this.parts.name);
    const execution = wholly(interpreter, script, state, streams);
    const allowance = { ...environment.budget };
    this.starved = undefined;
    this.work = { script, given, state, input, streams, execution, environment, allowance, dueAt: now };
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

function* wholly(interpreter: Interpreter, script: Script, state: ShellState, streams: Streams): Execution {
  yield* interpreter.run(script, state, streams);
  if (state.departure?.kind === 'exit') yield* interpreter.runExitTrap(state, streams);
}

/** Does what is due; true when the command has ended. */
function advanced(work: Work, now: Instant): boolean {
  for (let step = 0; step < maxSteps && work.dueAt <= now; step += 1) {
    Object.assign(work.environment.budget, work.allowance);
    const next = work.execution.next();
    if (!next.done) work.dueAt += next.value;
    else {
      const { departure } = work.state;
      if (departure?.kind !== 'blocked' && departure?.kind !== 'limited') return true;
      work.dueAt = Infinity;
    }
  }
  return false;
}
