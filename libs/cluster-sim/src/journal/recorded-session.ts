import type { Instant } from '../engine/time.ts';
import type { ExecSession, SessionOutput, TerminalSize } from '../exec/session/session.ts';
import type { Deed } from './journal-entry.ts';

/** A session of which everything is recorded that makes a command begin or end. */
export class RecordedSession implements ExecSession {
  private readonly session: ExecSession;
  private readonly id: number;
  private readonly note: (deed: Deed) => void;

  constructor(session: ExecSession, id: number, note: (deed: Deed) => void) {
    this.session = session;
    this.id = id;
    this.note = note;
  }

  get exitCode(): number | undefined {
    return this.session.exitCode;
  }

  get runs(): number {
    return this.session.runs;
  }

  get isFull(): boolean {
    return this.session.isFull;
  }

  input(text: string): void {
    this.note({ do: 'type', session: this.id, text });
    this.session.input(text);
  }

  endInput(): void {
    this.note({ do: 'endInput', session: this.id });
    this.session.endInput();
  }

  /** What a screen's size changes is what is drawn on it. */
  resize(size: TerminalSize): void {
    this.session.resize(size);
  }

  advance(now: Instant): SessionOutput {
    const { runs, exitCode } = this.session;
    const output = this.session.advance(now);
    if (this.session.runs !== runs || this.session.exitCode !== exitCode)
      this.note({ do: 'carryOn', session: this.id });
    return output;
  }
}
