import { maxScriptLength, ScriptParser } from './parser.ts';
import type { AndOrList, Script, SyntaxFault } from './syntax.ts';
import { ShellSyntaxError } from './word-scanner.ts';

/** A line of commands as a shell reads it: with here-documents and all else it goes on over several lines of text. */
export interface CommandLine {
  /** The line of the text on which it begins, from 1. */
  readonly line: number;
  readonly text: string;
  readonly parsed: { readonly ok: true; readonly script: Script } | { readonly ok: false; readonly fault: SyntaxFault };
}

/** What somebody types at a shell, line by line. What cannot be parsed ends with its line of text, as at a terminal. */
export function* commandLines(text: string): Generator<CommandLine> {
  if (text.length > maxScriptLength) {
    yield { line: 1, text: '', parsed: { ok: false, fault: { token: '', line: 1, unterminated: 'script' } } };
    return;
  }
  for (let at = 0; ;) {
    const parser = new LineParser(text, at);
    const line = parser.next();
    if (!line) return;
    yield line;
    at = parser.end;
  }
}

class LineParser extends ScriptParser {
  constructor(text: string, start: number) {
    super(text);
    this.position = start;
  }

  get end(): number {
    return this.position;
  }

  next(): CommandLine | undefined {
    this.skipLines();
    if (this.character === '') return undefined;
    const [start, line] = [this.position, this.line];
    const parsed = this.parseLine();
    return { line, text: this.text.slice(start, this.position).trimEnd(), parsed };
  }

  private parseLine(): CommandLine['parsed'] {
    try {
      return { ok: true, script: this.listsOfLine() };
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      this.pendingDocuments = [];
      const end = error.fault.token === '' ? -1 : this.text.indexOf('\n', this.position);
      this.position = end < 0 ? this.text.length : end + 1;
      return { ok: false, fault: error.fault };
    }
  }

  private listsOfLine(): Script {
    const lists: AndOrList[] = [];
    for (;;) {
      const { first, rest } = this.parseAndOr();
      this.skipSpace();
      const separator = this.text.startsWith(';;', this.position) ? '' : this.character;
      const background = separator === '&';
      lists.push({ first, rest, background });
      if (background || separator === ';') this.position += 1;
      else if (separator !== '\n' && this.character !== '') throw this.unexpected();
      this.skipSpace();
      if (this.character !== '\n' && this.character !== '') continue;
      if (this.character === '\n') this.position += 1;
      if (this.pendingDocuments.length > 0) this.readDocuments();
      return lists;
    }
  }
}
