import type { Outcome } from '../api/outcome.ts';
import type { ContainerLog } from '../cluster.ts';
import type { ExecSession, SessionOutput } from '../exec/session/session.ts';

/** A client that looks on while a process writes; what it types, nobody reads. */
export class AttachedSession implements ExecSession {
  exitCode: number | undefined;
  readonly runs = 0;
  readonly isFull = false;
  private readonly log: () => Outcome<ContainerLog>;
  private readonly startedAt: number | undefined;
  private seen: number;

  constructor(log: () => Outcome<ContainerLog>) {
    this.log = log;
    const before = log();
    this.startedAt = before.ok ? before.object.startedAt : undefined;
    this.seen = before.ok ? before.object.lines.length : 0;
  }

  input(): void {
    // Its process does not read.
  }

  endInput(): void {
    // The process goes on.
  }

  resize(): void {
    // Nothing is drawn.
  }

  advance(): SessionOutput {
    const now = this.log();
    const isSame = now.ok && now.object.startedAt === this.startedAt;
    if (!isSame || !now.object.isOpen) this.exitCode ??= 0;
    if (!isSame) return { stdout: '', stderr: '' };
    const fresh = now.object.lines.slice(this.seen);
    this.seen = now.object.lines.length;
    return { stdout: fresh.map(({ text }) => `${text}\n`).join(''), stderr: '' };
  }
}
