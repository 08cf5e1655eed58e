import type { Budget } from '../program.ts';

/** Where a command writes. */
export class Sink {
  text = '';
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** Takes out what has been written. */
  drain(): string {
    const { text } = this;
    this.text = '';
    return text;
  }

  write(text: string): void {
    if (text.length > this.budget.output) {
      this.text += text.slice(0, Math.max(this.budget.output, 0));
      this.budget.output = -1;
      return;
    }
    this.budget.output -= text.length;
    this.text += text;
  }
}

/** Standard input: `read` takes a line, a program takes the rest. */
export class Input {
  private text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** What nobody has taken. */
  get rest(): string {
    return this.text;
  }

  takeAll(): string {
    const { text } = this;
    this.text = '';
    return text;
  }

  /** The next line without its end; undefined at the end of the input. */
  takeLine(): string | undefined {
    if (this.text === '') return undefined;
    const end = this.text.indexOf('\n');
    const line = end < 0 ? this.text : this.text.slice(0, end);
    this.text = end < 0 ? '' : this.text.slice(end + 1);
    return line;
  }
}

export interface Streams {
  readonly input: Input;
  readonly output: Sink;
  readonly error: Sink;
}
