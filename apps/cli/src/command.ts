import type { Terminal } from './terminal.ts';

/** One command of `kubedrill`, or a group of commands by their second word. */
export interface Command {
  readonly name: string;
  /** What follows the name. */
  readonly usage: string;
  readonly summary: string;
  /** The exit code. Throws UsageError for what the user can mend. */
  run(argv: readonly string[], terminal: Terminal): number | Promise<number>;
}

/** Says what is wrong with a call and how to mend it; printed without a stack, exit code 2. */
export class UsageError extends Error {}
