import type { Duration } from '../../engine/time.ts';
import { interruptedExitCode, type ExecEnvironment } from '../program.ts';
import { finish } from './execution.ts';
import { syntaxErrorText, type ShellFlavour } from './flavour.ts';
import { Interpreter } from './interpreter.ts';
import type { CommandLine } from './line-parser.ts';
import type { ShellState } from './shell-state.ts';
import { Input, Sink } from './streams.ts';

export interface TypedResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly elapsed: Duration;
  /** interrupted: it would have run until it is stopped; limited: the budget is used up; left: the shell has ended. */
  readonly ending: 'ended' | 'interrupted' | 'limited' | 'left';
}

/** A shell at which one line of commands is typed after the other: variables, functions and the directory stay. */
export class TypedShell {
  private readonly name: string;
  private readonly flavour: ShellFlavour;
  private readonly state: ShellState;

  constructor(name: string, flavour: ShellFlavour, state: ShellState) {
    this.name = name;
    this.flavour = flavour;
    this.state = state;
  }

  run({ parsed }: CommandLine, environment: ExecEnvironment): TypedResult {
    const { state, flavour, name } = this;
    if (!parsed.ok) {
      state.status = 2;
      const stderr = syntaxErrorText(flavour, name, parsed.fault);
      return { stdout: '', stderr, exitCode: 2, elapsed: 0, ending: 'ended' };
    }
    const streams = {
      input: new Input(''),
      output: new Sink(environment.budget),
      error: new Sink(environment.budget),
    };
    const interpreter = new Interpreter(environment, flavour, name);
    finish(interpreter.run(parsed.script, state, streams));
    const ending = endingOf(state);
    if (ending === 'left') finish(interpreter.runExitTrap(state, streams));
    if (ending === 'interrupted') state.status = interruptedExitCode;
    const { status, elapsed } = state;
    state.departure = undefined;
    state.elapsed = 0;
    return { stdout: streams.output.text, stderr: streams.error.text, exitCode: status, elapsed, ending };
  }
}

function endingOf({ departure }: ShellState): TypedResult['ending'] {
  switch (departure?.kind) {
    case 'blocked':
      return 'interrupted';
    case 'limited':
      return 'limited';
    case 'exit':
      return 'left';
    default:
      return 'ended';
  }
}
