import type { Cluster } from '@kubedrill/cluster-sim';
import type { Flags, FlagSet } from './flags.ts';

/** One run of kubectl: where it looks, what it was told, and what it says. */
export interface Invocation {
  readonly cluster: Cluster;
  /** Of --namespace, or the context's. */
  readonly namespace: string;
  readonly isNamespaceGiven: boolean;
  readonly flags: Flags;
  readonly operands: readonly string[];
  /** What stands after "--"; undefined without one. */
  readonly afterDash: readonly string[] | undefined;
  readonly stdin: string;
  readonly console: Console;
  /** A file of the workstation; undefined when there is none. */
  readonly readFile: (path: string) => string | undefined;
}

export interface KubectlCommand {
  /** "get", "create deployment". */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly flags: FlagSet;
  run(invocation: Invocation): void;
}

/** Ends the command with this text on standard error. */
export class CommandError extends Error {}

/** What a command writes. Errors that it survives make its exit code 1. */
export class Console {
  stdout = '';
  stderr = '';
  exitCode = 0;

  print(line: string): void {
    this.stdout += `${line}\n`;
  }

  note(line: string): void {
    this.stderr += `${line}\n`;
  }

  warn(warnings: readonly string[]): void {
    for (const warning of warnings) this.note(`Warning: ${warning}`);
  }

  fail(text: string): void {
    this.note(text);
    this.exitCode = 1;
  }
}
