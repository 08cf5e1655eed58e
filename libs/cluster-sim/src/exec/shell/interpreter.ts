import { absolutePath, faultTexts } from '../file-system.ts';
import type { Duration } from '../../engine/time.ts';
import { findProgram, type ExecEnvironment, type ProgramResult } from '../program.ts';
import { echo } from '../programs/echo.ts';
import { evaluateConditional } from './conditional.ts';
import { builtins, specialBuiltins } from './builtins.ts';
import { expandOne, expandPattern, expandWords, ExpansionError, type ExpansionContext } from './expansion.ts';
import { finish, type Execution } from './execution.ts';
import { cannotOpenText, notFoundText, shellError, type ShellFlavour } from './flavour.ts';
import { matchesPattern } from './pattern.ts';
import { endsOnlyItself, leavesLoop, restore, type ShellState } from './shell-state.ts';
import { Input, Sink, type Streams } from './streams.ts';
import type { AndOrList, Command, Pipeline, Redirection, Script, Word } from './syntax.ts';

/** dash's own echo interprets escapes. */
const dashEcho = echo(true);

export type SimpleCommand = Command & { kind: 'simple' };

/** Commands, functions and substitutions inside of each other, at most. */
const maxDepth = 120;

/** Executes scripts: POSIX.1-2017 section 2.9, in virtual time, within the environment's budget. */
export class Interpreter {
  readonly environment: ExecEnvironment;
  readonly flavour: ShellFlavour;
  readonly shell: string;
  /** The simple command that was started last. */
  latest: SimpleCommand | undefined;
  private depth = 0;

  constructor(environment: ExecEnvironment, flavour: ShellFlavour, shell: string) {
    this.environment = environment;
    this.flavour = flavour;
    this.shell = shell;
  }

  *run(script: Script, state: ShellState, streams: Streams): Execution {
    for (const list of script) {
      if (state.departure) return;
      if (list.background) this.runInBackground(list, state, streams);
      else yield* this.runAndOr(list, state, streams);
    }
  }

  complain(text: string, state: ShellState, streams: Streams, status: number): void {
    streams.error.write(shellError(this.flavour, this.shell, text));
    state.status = status;
  }

  /** Runs a command line that is already expanded: builtin, program, or not found. */
  *execute(
    argv: readonly string[],
    state: ShellState,
    streams: Streams,
    extra: ReadonlyMap<string, string> = new Map(),
  ): Execution {
    const [command = ''] = argv;
    const definition = state.functions.get(command);
    const builtin = builtins.get(command);
    if (definition || builtin) {
      // Only special builtins keep what is assigned in front of them (POSIX 2.14).
      const kept = new Map(
        [...extra.keys()].filter(() => !specialBuiltins.has(command)).map((name) => [name, state.variables.get(name)]),
      );
      for (const [name, value] of extra) state.set(name, value);
      if (definition) yield* this.call(definition, argv, state, streams);
      else yield* builtin?.(argv, state, streams, this) ?? [];
      restore(kept, state);
      return;
    }
    const program =
      this.flavour === 'dash' && command === 'echo' ? dashEcho : findProgram(command, this.environment.programs);
    if (!program) {
      streams.error.write(notFoundText(this.flavour, this.shell, command));
      state.status = 127;
      return;
    }
    this.environment.budget.steps -= 1;
    this.environment.jobs?.passUntil(this.environment.now + state.elapsed);
    const variables = state.exportedVariables();
    for (const [name, value] of extra) variables.set(name, value);
    const environment = {
      ...this.environment,
      variables,
      workingDirectory: state.workingDirectory,
      now: this.environment.now + state.elapsed,
    };
    if (program.steps) {
      const { elapsed, ...result } = yield* program.steps(argv, streams.input, environment);
      state.elapsed += elapsed;
      yield* this.take({ ...result, elapsed: 0 }, state, streams);
      return;
    }
    const stdin = program.readsInput ? streams.input.takeAll() : '';
    yield* this.take(program.run(argv, stdin, environment), state, streams);
  }

  private *call(body: Command, argv: readonly string[], state: ShellState, streams: Streams): Execution {
    const { parameters } = state;
    const hidden = new Map<string, string | undefined>();
    state.parameters = [parameters[0] ?? this.shell, ...argv.slice(1)];
    state.hidden.push(hidden);
    yield* this.runCommand(body, state, streams);
    state.hidden.pop();
    state.parameters = parameters;
    restore(hidden, state);
    if (state.departure?.kind === 'return') state.departure = undefined;
  }

  /** What the shell does before it ends, whatever ended it. */
  *runExitTrap(state: ShellState, streams: Streams): Execution {
    const { exitTrap, status, departure } = state;
    if (exitTrap === undefined || departure?.kind === 'blocked' || departure?.kind === 'limited') return;
    state.exitTrap = undefined;
    state.departure = undefined;
    yield* this.execute(['eval', exitTrap], state, streams);
    if (!state.departure) state.status = status;
  }

  private *take(result: ProgramResult, state: ShellState, streams: Streams): Execution {
    state.elapsed += result.elapsed;
    if (result.elapsed > 0 && !result.serves) yield result.elapsed;
    streams.error.write(result.stderr);
    streams.output.write(result.stdout);
    state.status = result.exitCode;
    if (result.background) state.listeners.push(...result.background);
    if (!result.serves) return;
    state.listeners.push(...result.serves);
    state.departure = { kind: 'blocked', by: { kind: 'child', onStop: result.onStop } };
  }

  /** A job in the background starts now and takes no time of the shell's. */
  private runInBackground(list: AndOrList, state: ShellState, streams: Streams): void {
    const job = state.subshell();
    const execution = this.runAndOr(list, job, { ...streams, input: new Input('') });
    const { jobs, now } = this.environment;
    state.status = 0;
    if (jobs) return jobs.start(execution, now + state.elapsed);
    finish(execution);
    if (job.departure?.kind === 'limited') state.departure = job.departure;
    if (job.departure?.kind === 'blocked' || job.elapsed > 0) state.hasJobs = true;
  }

  private *runAndOr({ first, rest }: AndOrList, state: ShellState, streams: Streams): Execution {
    yield* this.runPipeline(first, state, streams, rest.length > 0);
    for (const [index, { operator, pipeline }] of rest.entries()) {
      if (state.departure || (state.status === 0) !== (operator === '&&')) continue;
      yield* this.runPipeline(pipeline, state, streams, index < rest.length - 1);
    }
  }

  private *runPipeline(
    { negated, commands }: Pipeline,
    state: ShellState,
    streams: Streams,
    tested: boolean,
  ): Execution {
    // Nothing that is tested ends a shell with `set -e`, however deep inside.
    const strict = (tested || negated) && state.options.delete('e');
    const [only] = commands;
    if (commands.length === 1 && only) yield* this.runCommand(only, state, streams);
    else yield* this.runStages(commands, state, streams);
    if (strict) state.options.add('e');
    if (negated && !state.departure) state.status = state.status === 0 ? 1 : 0;
    else if (state.status !== 0 && !tested && !negated && state.options.has('e') && !state.departure)
      state.departure = { kind: 'exit' };
  }

  /** Stages run one after the other here, although together in reality: the pipe holds all of the output. */
  private *runStages(commands: readonly Command[], state: ShellState, streams: Streams): Execution {
    let { input } = streams;
    let longest = 0;
    let failed = 0;
    for (const [index, command] of commands.entries()) {
      const stage = state.subshell();
      const last = index === commands.length - 1;
      const output = last ? streams.output : new Sink(this.environment.budget);
      yield* this.runCommand(command, stage, { input, output, error: streams.error });
      input = new Input(last ? '' : output.text);
      longest = Math.max(longest, stage.elapsed);
      if (stage.status !== 0) failed = stage.status;
      if (last) state.status = state.options.has('pipefail') ? failed : stage.status;
      const { departure } = stage;
      // A stage that never ends keeps the pipeline, unless the next one has what it wants and ends it with SIGPIPE.
      if (departure?.kind === 'limited' || (departure?.kind === 'blocked' && (last || stage.listeners.length > 0)))
        state.departure ??= departure;
    }
    state.elapsed += longest;
  }

  private *runCommand(command: Command, state: ShellState, streams: Streams): Execution {
    const { budget } = this.environment;
    budget.steps -= 1;
    if (budget.steps < 0 || budget.output < 0) state.departure = { kind: 'limited' };
    if (state.departure) return;
    this.depth += 1;
    try {
      if (this.depth > maxDepth) state.departure = { kind: 'limited' };
      else if (command.kind === 'simple') yield* this.runSimple(command, state, streams);
      else
        yield* this.redirected(command.redirections, state, streams, (inner) =>
          this.runCompound(command, state, inner),
        );
    } catch (error) {
      if (!(error instanceof ExpansionError)) throw error;
      this.complain(error.message, state, streams, 2);
      state.departure = { kind: 'exit' };
    } finally {
      this.depth -= 1;
    }
  }

  private *runSimple(command: SimpleCommand, state: ShellState, streams: Streams): Execution {
    const { assignments, words, redirections } = command;
    const context = this.context(state, streams);
    const before = state.elapsed;
    const argv = expandWords(words, context);
    // Substitutions take their time before the command begins.
    if (state.elapsed > before) yield state.elapsed - before;
    if (argv.length === 0) {
      state.status = 0;
      for (const { name, value } of assignments) state.set(name, expandOne(value, context));
      yield* this.redirected(redirections, state, streams, () => noCommand);
      return;
    }
    const extra = new Map(assignments.map(({ name, value }) => [name, expandOne(value, context)] as const));
    this.latest = command;
    if (state.options.has('x')) streams.error.write(`+ ${argv.join(' ')}\n`);
    yield* this.redirected(redirections, state, streams, (inner) => this.execute(argv, state, inner, extra));
  }

  private *runCompound(command: Exclude<Command, SimpleCommand>, state: ShellState, streams: Streams): Execution {
    switch (command.kind) {
      case 'group':
        return yield* this.run(command.body, state, streams);
      case 'subshell': {
        const inner = state.subshell();
        yield* this.run(command.body, inner, streams);
        yield* this.runExitTrap(inner, streams);
        state.status = inner.status;
        state.elapsed += inner.elapsed;
        if (inner.departure && !endsOnlyItself(inner.departure)) state.departure = inner.departure;
        return undefined;
      }
      case 'if': {
        for (const { condition, body } of command.branches) {
          yield* this.runTested(condition, state, streams);
          if (state.departure) return undefined;
          if (state.status === 0) return yield* this.run(body, state, streams);
        }
        state.status = 0;
        if (command.otherwise) yield* this.run(command.otherwise, state, streams);
        return;
      }
      case 'loop':
        return yield* this.runLoop(command, state, streams);
      case 'for':
        return yield* this.runFor(command, state, streams);
      case 'case':
        return yield* this.runCase(command, state, streams);
      case 'conditional':
        // dash takes the brackets for the name of a program.
        if (this.flavour === 'dash') return yield* this.execute(['[['], state, streams);
        state.status = evaluateConditional(command.expression, this.context(state, streams), {
          ...this.environment,
          workingDirectory: state.workingDirectory,
        });
        return undefined;
      case 'function':
        state.functions.set(command.name, command.body);
        state.status = 0;
        return undefined;
    }
  }

  /** A condition's failure does not end a shell with `set -e`. */
  private *runTested(condition: Script, state: ShellState, streams: Streams): Execution {
    const strict = state.options.delete('e');
    yield* this.run(condition, state, streams);
    if (strict) state.options.add('e');
  }

  private *runLoop(
    { until, condition, body }: Command & { kind: 'loop' },
    state: ShellState,
    streams: Streams,
  ): Execution {
    let status = 0;
    for (;;) {
      yield* this.runTested(condition, state, streams);
      if (leavesLoop(state)) return;
      if ((state.status === 0) === until) break;
      yield* this.run(body, state, streams);
      if (leavesLoop(state)) return;
      ({ status } = state);
    }
    state.status = status;
  }

  private *runFor(
    { variable, words, body }: Command & { kind: 'for' },
    state: ShellState,
    streams: Streams,
  ): Execution {
    const values = words ? expandWords(words, this.context(state, streams)) : state.parameters.slice(1);
    state.status = 0;
    for (const value of values) {
      state.set(variable, value);
      yield* this.run(body, state, streams);
      if (leavesLoop(state)) return;
    }
  }

  private *runCase({ subject, items }: Command & { kind: 'case' }, state: ShellState, streams: Streams): Execution {
    const context = this.context(state, streams);
    const text = expandOne(subject, context);
    state.status = 0;
    for (const { patterns, body } of items) {
      const matches = patterns.some((word) => {
        const { pattern, literal } = expandPattern(word, context);
        return matchesPattern(text, pattern, literal);
      });
      if (matches) return yield* this.run(body, state, streams);
    }
  }

  private *redirected(
    redirections: readonly Redirection[],
    state: ShellState,
    streams: Streams,
    action: (inner: Streams) => Iterable<Duration>,
  ): Execution {
    if (redirections.length === 0) {
      yield* action(streams);
      return;
    }
    let inner = streams;
    const files: { readonly path: string; readonly sink: Sink }[] = [];
    for (const redirection of redirections) {
      const next = this.redirect(redirection, inner, state, streams, files);
      if (!next) return undefined;
      inner = next;
    }
    yield* action(inner);
    for (const { path, sink } of files) if (sink.text !== '') this.environment.files.write(path, sink.text, true);
  }

  private redirect(
    { descriptor, operator, target }: Redirection,
    inner: Streams,
    state: ShellState,
    streams: Streams,
    files: { readonly path: string; readonly sink: Sink }[],
  ): Streams | undefined {
    const text = this.expandTarget(target, state, streams);
    if (operator === '<<' || operator === '<<<')
      return { ...inner, input: new Input(operator === '<<' ? text : `${text}\n`) };
    if (operator === '>&') {
      if (text === '1') return descriptor === 2 ? { ...inner, error: inner.output } : inner;
      return text === '2' && descriptor === 1 ? { ...inner, output: inner.error } : inner;
    }
    const path = absolutePath(text, state.workingDirectory);
    const { files: fileSystem, budget } = this.environment;
    const fault = operator === '<' ? fileSystem.readFault(path) : fileSystem.write(path, '', operator === '>>');
    if (fault) {
      streams.error.write(cannotOpenText(this.flavour, this.shell, text, operator !== '<', faultTexts[fault]));
      state.status = this.flavour === 'dash' ? 2 : 1;
      return undefined;
    }
    if (operator === '<') return { ...inner, input: new Input(fileSystem.read(path)) };
    const sink = new Sink(budget);
    files.push({ path, sink });
    if (descriptor === -1) return { ...inner, output: sink, error: sink };
    return descriptor === 2 ? { ...inner, error: sink } : { ...inner, output: sink };
  }

  private expandTarget(target: Word, state: ShellState, streams: Streams): string {
    return expandOne(target, this.context(state, streams));
  }

  private context(state: ShellState, streams: Streams): ExpansionContext {
    return {
      state,
      files: this.environment.files,
      substitute: (script) => {
        const inner = state.subshell();
        const output = new Sink(this.environment.budget);
        finish(this.run(script, inner, { input: new Input(''), output, error: streams.error }));
        state.status = inner.status;
        state.elapsed += inner.elapsed;
        if (inner.departure && !endsOnlyItself(inner.departure)) state.departure = inner.departure;
        return output.text;
      },
    };
  }
}

const noCommand: Iterable<Duration> = [];
