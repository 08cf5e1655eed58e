import { runCommandLine } from '../src/command-line.ts';
import type { Terminal } from '../src/terminal.ts';

export interface Call {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs one call and keeps what it prints, without colours. */
export async function call(...argv: readonly string[]): Promise<Call> {
  const out: string[] = [];
  const error: string[] = [];
  const terminal: Terminal = {
    out: (line) => void out.push(line),
    error: (line) => void error.push(line),
    style: (_, text) => text,
  };
  const code = await runCommandLine(argv, terminal);
  return { code, out: out.join('\n'), error: error.join('\n') };
}
