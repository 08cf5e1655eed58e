import type { Listener } from '../../images/image-model.ts';
import type { Command } from './syntax.ts';
import type { Duration } from '../../engine/time.ts';
import type { StopReaction } from '../program.ts';

/** Why execution leaves the commands that it stands in. */
export type Departure =
  | { readonly kind: 'break' | 'continue'; readonly levels: number }
  | { readonly kind: 'exit' }
  /** From a function. */
  | { readonly kind: 'return' }
  /** A program in the foreground runs until it is stopped, or the shell waits for its jobs. */
  | { readonly kind: 'blocked'; readonly by: Blocker }
  /** The budget of steps or output is used up. */
  | { readonly kind: 'limited' };

/** Who gets a signal that is sent to the process, and what it does. */
export type Blocker =
  /** The shell's own child: the shell looks at its traps only when the child has ended. */
  | { readonly kind: 'child'; readonly onStop: StopReaction | undefined }
  /** A program that has taken the shell's place. */
  | { readonly kind: 'successor'; readonly onStop: StopReaction | undefined }
  /** `wait`, which a trap ends. */
  | { readonly kind: 'wait' };

/** What a shell process knows; subshells get a copy. */
export class ShellState {
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  /** $0, $1, ... */
  parameters: readonly string[];
  workingDirectory: string;
  status = 0;
  elapsed: Duration = 0;
  departure: Departure | undefined;
  /** What `trap ... EXIT` says to run at the end; a subshell begins without. */
  exitTrap: string | undefined;
  /** Values that `local` has hidden, by the functions that are running. */
  readonly hidden: Map<string, string | undefined>[] = [];
  readonly functions: Map<string, Command>;
  /** Something runs in the background that `wait` would wait for. */
  hasJobs = false;
  /** What `trap` has set for SIGTERM: commands, or '' to ignore it. */
  onTerm: string | undefined;
  readonly listeners: Listener[];
  /** set -e, -x, -u. */
  readonly options: Set<string>;

  constructor(
    source: Pick<
      ShellState,
      'variables' | 'exported' | 'parameters' | 'workingDirectory' | 'options' | 'listeners' | 'functions'
    >,
  ) {
    this.functions = new Map(source.functions);
    this.variables = new Map(source.variables);
    this.exported = new Set(source.exported);
    this.parameters = source.parameters;
    this.workingDirectory = source.workingDirectory;
    this.options = new Set(source.options);
    // What a subshell starts in the background listens in the same network namespace.
    this.listeners = source.listeners;
  }

  subshell(): ShellState {
    const copy = new ShellState(this);
    copy.status = this.status;
    // Within a function `local` and `return` go on working.
    for (const values of this.hidden) copy.hidden.push(new Map(values));
    return copy;
  }

  get(name: string): string | undefined {
    if (name === '?') return String(this.status);
    if (name === '#') return String(Math.max(this.parameters.length - 1, 0));
    if (name === '$') return '1';
    if (name === '!') return '2';
    if (name === '-') return [...this.options].join('');
    if (name === '@' || name === '*') return this.parameters.slice(1).join(' ');
    return /^\d$/.test(name) ? this.parameters[Number(name)] : this.variables.get(name);
  }

  set(name: string, value: string): void {
    this.variables.set(name, value);
  }

  exportedVariables(): Map<string, string> {
    const variables = new Map<string, string>();
    for (const name of this.exported) {
      const value = this.variables.get(name);
      if (value !== undefined) variables.set(name, value);
    }
    return variables;
  }
}

/** Takes `break` and `continue` one level up; true when the loop is over. */
export function leavesLoop(state: ShellState): boolean {
  const { departure } = state;
  if (!departure) return false;
  if (departure.kind !== 'break' && departure.kind !== 'continue') return true;
  state.departure = departure.levels > 1 ? { kind: departure.kind, levels: departure.levels - 1 } : undefined;
  return departure.kind === 'break' || departure.levels > 1;
}

/** A subshell that exits or returns leaves the shell around it as it is. */
export function endsOnlyItself({ kind }: Departure): boolean {
  return kind === 'exit' || kind === 'return';
}

/** Gives variables back the values that they had. */
export function restore(values: ReadonlyMap<string, string | undefined>, state: ShellState): void {
  for (const [name, value] of values) {
    if (value === undefined) state.variables.delete(name);
    else state.set(name, value);
  }
}
