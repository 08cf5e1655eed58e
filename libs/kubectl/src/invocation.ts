import type { Cluster, Duration, ExecResult, Instant, UserInfo } from '@kubedrill/cluster-sim';
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
  /** What --record writes down. */
  readonly changeCause: string | undefined;
  readonly stdin: string;
  readonly console: Console;
  readonly host: CommandHost;
  /** Absent where nothing but objects is served. */
  readonly server: ServerDocuments | undefined;
  /** Who asks, where it is not the administrator. */
  readonly user: UserInfo | undefined;
}

/** The machine on which kubectl runs. Paths may be relative. */
export interface CommandHost {
  absolutePath(path: string): string;
  /** Undefined when there is no such file. */
  readFile(path: string): string | undefined;
  /** Whether it could be written. */
  writeFile(path: string, content: string): boolean;
  /** The names in a directory, sorted; undefined when it is none. */
  listDirectory(path: string): readonly string[] | undefined;
  /** Of the environment; '' when unset. */
  variable(name: string): string;
  /** `sh -c`: another program of the workstation, an editor for example. */
  runScript(script: string): ExecResult;
  /** Lets so much time pass, in the cluster and for what runs beside. */
  passTime(duration: Duration): void;
  /** When somebody will end the command. */
  readonly deadline?: Instant | undefined;
}

/** What a server of the API has beside the objects: discovery, OpenAPI, its health. */
export interface ServerDocuments {
  get(request: DocumentRequest): ServedDocument;
}

export interface DocumentRequest {
  /** With the query. */
  readonly path: string;
  readonly accept: string;
  readonly user: UserInfo | undefined;
}

export interface ServedDocument {
  readonly code: number;
  readonly text: string;
  readonly warnings: readonly string[];
}

export interface KubectlCommand {
  /** "get", "create deployment". */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly flags: FlagSet;
  /** Where 1 means something else, what the exit code is when the flags are wrong. */
  readonly usageExitCode?: number;
  run(invocation: Invocation): void;
}

/** Ends the command with this text on standard error. */
export class CommandError extends Error {
  readonly exitCode: number;
  /** What it had written to standard output by then. */
  readonly stdout: string;

  constructor(
    message: string,
    { exitCode = 1, stdout = '' }: { readonly exitCode?: number; readonly stdout?: string } = {},
  ) {
    super(message);
    this.exitCode = exitCode;
    this.stdout = stdout;
  }
}

/** A limit of this kubectl, not something that the real one says. */
export class NotModelled extends CommandError {
  constructor(what: string) {
    super(`${limitPrefix}${notHere(what)}`);
  }
}

export function notHere(what: string): string {
  return `${what} is not available on this workstation`;
}

/** How what no real program says begins. */
export const limitPrefix = 'kubedrill: ';

/** kubectl/pkg/cmd/util/helpers.go UsageErrorf. */
export function usageError(command: string, message: string): CommandError {
  return new CommandError(`error: ${message}\nSee 'kubectl ${command} -h' for help and examples`);
}

/** What a command writes. Errors that it survives make its exit code 1. */
export class Console {
  stdout = '';
  stderr = '';
  exitCode = 0;
  /** It would go on until somebody interrupts it. */
  isEndless = false;
  private readonly warned = new Set<string>();

  print(line: string): void {
    this.stdout += `${line}\n`;
  }

  note(line: string): void {
    this.stderr += `${line}\n`;
  }

  /** Each warning once, however many answers came with it: client-go/rest/warnings.go. */
  warn(warnings: readonly string[]): void {
    for (const warning of warnings) {
      if (this.warned.has(warning)) continue;
      this.warned.add(warning);
      this.note(`Warning: ${warning}`);
    }
  }

  get warnings(): number {
    return this.warned.size;
  }

  fail(text: string, exitCode = 1): void {
    if (text !== '') this.stderr += text.endsWith('\n') ? text : `${text}\n`;
    this.exitCode = exitCode;
  }
}
