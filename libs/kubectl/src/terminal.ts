import {
  commandLines,
  shell,
  TypedShell,
  type Cluster,
  type CommandLine,
  type ExecEnvironment,
  type Program,
} from '@kubedrill/cluster-sim';
import { commandsByName } from './command-registry.ts';
import { limitPrefix, notHere } from './invocation.ts';
import { missingPart } from './kubectl-surface.ts';
import { missingTools } from './missing-tools.ts';
import { passUntil, workstationEnvironment, type Workstation } from './workstation.ts';

/** A line of commands that was typed, and what came of it. */
export interface TypedCommand {
  /** From 1. */
  readonly number: number;
  /** The line of the text on which it begins, from 1. */
  readonly line: number;
  readonly text: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** It would have run on: it was interrupted, as by Ctrl-C. */
  readonly interrupted: boolean;
}

export type TerminalBound = 'maxCommands' | 'maxCommandSteps' | 'maxCommandTime';

/** How typing ended. unsupported: kubectl or a common machine has it, and this workstation does not. */
export type TypingEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'limited'; readonly bound: TerminalBound }
  | { readonly kind: 'unsupported'; readonly command: TypedCommand; readonly text: string };

/** All commands of one text together. */
const maxCommands = 200;
const maxSteps = 5_000;
const maxOutput = 1_048_576;
const maxTime = 6 * 3_600_000;

/** bash at a terminal names no line of a script. */
const lineOfScript = /^bash: (?:-c: )?line \d+: /gm;

/**
 * Types what stands in the text at a workstation, line by line: a failure does not stop it, `exit` does. Gives each command when
 * it has run, so that the caller may let the cluster come to rest before the next one is typed.
 */
export function* typeCommands(
  cluster: Cluster,
  workstation: Workstation,
  text: string,
): Generator<TypedCommand, TypingEnd> {
  const terminal = new Terminal(cluster, workstation);
  for (const line of commandLines(text)) {
    if (terminal.typed >= maxCommands) return { kind: 'limited', bound: 'maxCommands' };
    const { command, end } = terminal.type(line);
    if (end?.kind !== 'unsupported') yield command;
    if (end) return end;
  }
  return { kind: 'ended' };
}

class Terminal {
  typed = 0;
  private readonly cluster: Cluster;
  private readonly workstation: Workstation;
  private readonly bash: TypedShell;
  private readonly programs: ReadonlyMap<string, Program>;
  private readonly budget = { steps: maxSteps, output: maxOutput };
  private readonly latest: number;
  private missing: string | undefined;

  constructor(cluster: Cluster, workstation: Workstation) {
    this.cluster = cluster;
    this.workstation = workstation;
    const environment = workstationEnvironment(cluster, workstation);
    const interactive = shell('bash', 'bash').interactive?.(['bash']);
    if (!interactive) throw new Error('bash reads commands');
    this.bash = new TypedShell('bash', 'bash', interactive.initialState(environment));
    this.latest = environment.now + maxTime;
    const note = (text: string): void => {
      this.missing ??= text;
    };
    const programs = [...environment.programs.values()];
    const unmodelled = programs.filter(({ isUnmodelled }) => isUnmodelled === true);
    const present = programs.filter((program) => !unmodelled.includes(program));
    this.programs = new Map(
      [...missingTools(unmodelled, (tool) => note(notHere(tool))), ...present].map((program) => [
        program.name,
        watched(program, note),
      ]),
    );
  }

  type(line: CommandLine): { readonly command: TypedCommand; readonly end?: TypingEnd } {
    const { cluster } = this;
    const environment: ExecEnvironment = {
      ...workstationEnvironment(cluster, this.workstation),
      programs: this.programs,
      budget: this.budget,
    };
    const { elapsed, ending, stdout, stderr, exitCode } = this.bash.run(line, environment);
    this.typed += 1;
    const command: TypedCommand = {
      ...{ number: this.typed, line: line.line, text: line.text, stdout, exitCode },
      stderr: stderr.replace(lineOfScript, 'bash: '),
      interrupted: ending === 'interrupted',
    };
    if (this.missing !== undefined) return { command, end: { kind: 'unsupported', command, text: this.missing } };
    if (ending === 'limited') return { command, end: { kind: 'limited', bound: 'maxCommandSteps' } };
    if (environment.now + elapsed > this.latest) return { command, end: { kind: 'limited', bound: 'maxCommandTime' } };
    passUntil(cluster, environment.now + elapsed);
    return ending === 'left' ? { command, end: { kind: 'ended' } } : { command };
  }
}

/** A program, under the eyes of somebody who knows what the real one can do. */
function watched(program: Program, note: (text: string) => void): Program {
  return {
    ...program,
    run(argv, stdin, environment) {
      const result = program.run(argv, stdin, environment);
      if (result.exitCode === 0) return result;
      const limit = result.stderr.split('\n').find((line) => line.startsWith(limitPrefix));
      if (limit !== undefined) note(limit.slice(limitPrefix.length));
      else if (program.name === 'kubectl' && /unknown (?:shorthand )?(?:flag|command)/.test(result.stderr)) {
        const missing = missingPart(argv.slice(1), flagsModelled);
        if (missing !== undefined) note(notHere(missing));
      }
      return result;
    },
  };
}

function flagsModelled(command: string): ReadonlySet<string> | undefined {
  const modelled = commandsByName.get(command);
  return modelled && new Set(Object.keys(modelled.flags));
}
