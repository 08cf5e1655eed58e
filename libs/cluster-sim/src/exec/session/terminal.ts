/** The bytes that a keyboard sends. */
const keys = {
  interrupt: '\x03',
  endOfInput: '\x04',
  backspace: '\b',
  killLine: '\x15',
  killWord: '\x17',
  escape: '\x1b',
  delete: '\x7f',
} as const;

/** N_TTY_BUF_SIZE: a line of a terminal holds no more. */
const maxLine = 4_095;
const maxHistory = 100;

export interface TerminalReader {
  line(text: string): void;
  endOfInput(): void;
  interrupt(): void;
}

/** A terminal's line discipline with a shell's editing: shows what is typed, and hands on whole lines. */
export class Terminal {
  private readonly reader: TerminalReader;
  private readonly show: (text: string) => void;
  private typed = '';
  private sequence = '';
  private afterReturn = false;
  private readonly history: string[] = [];
  private place = 0;

  constructor(reader: TerminalReader, show: (text: string) => void) {
    this.reader = reader;
    this.show = show;
  }

  type(text: string): void {
    for (const character of text) this.key(character);
  }

  private key(character: string): void {
    const isPaired = this.afterReturn && character === '\n';
    this.afterReturn = character === '\r';
    if (isPaired) return;
    if (this.sequence !== '') return this.escaped(character);
    switch (character) {
      case '\r':
      case '\n':
        return this.enter();
      case keys.interrupt:
        this.typed = '';
        this.show('^C\r\n');
        return this.reader.interrupt();
      case keys.endOfInput:
        return this.typed === '' ? this.reader.endOfInput() : undefined;
      case keys.backspace:
      case keys.delete:
        return this.replace(this.typed.slice(0, -1));
      case keys.killLine:
        return this.replace('');
      case keys.killWord:
        return this.replace(this.typed.replace(/\S+\s*$/, ''));
      case keys.escape:
        this.sequence = character;
        return undefined;
      default:
        return this.print(character);
    }
  }

  private print(character: string): void {
    // Control characters that mean nothing here.
    if (character < ' ') return;
    if (this.typed.length >= maxLine) return this.show('\x07');
    this.typed += character;
    this.show(character);
  }

  private enter(): void {
    const line = this.typed;
    this.typed = '';
    this.show('\r\n');
    if (line.trim() !== '') this.history.push(line);
    if (this.history.length > maxHistory) this.history.shift();
    this.place = this.history.length;
    this.reader.line(`${line}\n`);
  }

  /** ESC [ A and ESC [ B go through the history; other keys do nothing. */
  private escaped(character: string): void {
    this.sequence += character;
    if (this.sequence.length === 2 && (character === '[' || character === 'O')) return;
    if (this.sequence.length < 16 && !/[A-Za-z~]/.test(character)) return;
    const step = character === 'A' ? -1 : character === 'B' ? 1 : 0;
    this.sequence = '';
    if (step === 0) return;
    this.place = Math.max(0, Math.min(this.history.length, this.place + step));
    this.replace(this.history[this.place] ?? '');
  }

  private replace(line: string): void {
    let shared = 0;
    while (shared < line.length && line[shared] === this.typed[shared]) shared += 1;
    this.show('\b \b'.repeat(this.typed.length - shared) + line.slice(shared));
    this.typed = line;
  }
}
