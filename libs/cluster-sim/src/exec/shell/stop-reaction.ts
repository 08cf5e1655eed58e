import type { StopReaction } from '../program.ts';
import { finish } from './execution.ts';
import { Interpreter } from './interpreter.ts';
import { parseScript } from './parser.ts';
import type { ShellState } from './shell-state.ts';
import { Input, Sink } from './streams.ts';
import type { Command, Script } from './syntax.ts';

/** What the commands of a trap may use up. */
const trapBudget = { steps: 50, output: 4_096 };

/** In a loop of short commands the trap has its turn when the present one has ended. */
const loopRound = 1_000;

/** 128 + SIGTERM: what `wait` returns when a trap has ended it. */
const interruptedWait = 143;

/** The command of `sh -c` that shells become instead of waiting for it: the last one, when it stands alone. */
export function lastCommand(script: Script): Command | undefined {
  const list = script.at(-1);
  const { commands = [], negated = true } = list?.rest.at(-1)?.pipeline ?? list?.first ?? {};
  const isAlone = commands.length === 1 && !negated && list?.background === false;
  return isAlone && commands[0]?.kind === 'simple' ? commands[0] : undefined;
}

/** What SIGTERM does to a shell that runs for ever. As PID 1 it ignores the signal unless a trap is set and can have its turn. */
export function reactionOf(
  state: ShellState,
  interpreter: Interpreter,
  last: Command | undefined,
): StopReaction | undefined {
  const { departure, onTerm } = state;
  if (departure?.kind === 'limited') return trapped(state, interpreter, undefined, loopRound);
  if (departure?.kind !== 'blocked') return undefined;
  const { by } = departure;
  if (by.kind === 'successor') return by.onStop;
  if (by.kind === 'wait') return trapped(state, interpreter, interruptedWait);
  return onTerm === undefined && last !== undefined && interpreter.latest === last ? by.onStop : undefined;
}

/** How the trap ends the shell; a trap that does not end it leaves it as it was, or ends its `wait`. */
function trapped(
  state: ShellState,
  { environment, flavour, shell }: Interpreter,
  otherwise: number | undefined,
  after?: number,
): StopReaction | undefined {
  const { onTerm } = state;
  if (onTerm === undefined || onTerm === '') return undefined;
  const parsed = parseScript(onTerm);
  if (!parsed.ok) return undefined;
  const budget = { ...trapBudget };
  const own = state.subshell();
  const streams = { input: new Input(''), output: new Sink(budget), error: new Sink(budget) };
  finish(new Interpreter({ ...environment, budget }, flavour, shell).run(parsed.script, own, streams));
  const exitCode = own.departure?.kind === 'exit' ? own.status : otherwise;
  if (exitCode === undefined) return undefined;
  return after === undefined ? { exitCode } : { exitCode, after };
}
