import process from 'node:process';
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes: handed in, so that tests read what was printed. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Colours the text where the output is a terminal that has colours. */
  readonly style: (style: Style, text: string) => string;
}

export function processTerminal(): Terminal {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    style: (style, text) => styleText(style, text, { stream: process.stdout }),
  };
}
