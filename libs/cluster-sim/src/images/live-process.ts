import type { Instant } from '../engine/time.ts';
import type { ExecEnvironment, Program } from '../exec/program.ts';
import { linesOf } from '../exec/text.ts';
import { TimedRun } from '../exec/timed-run.ts';
import type { LogLine, ProcessModel } from './image-model.ts';

/** The runtime rotates the logs of what writes for ever. */
const maxLines = 10_000;

/** A process whose commands are done one after the other in time. It belongs to the cluster in which it was started: a fork leaves it as it was. */
export class LiveProcess {
  readonly home: object;
  private readonly run: TimedRun;
  private readonly environment: ExecEnvironment;
  private lines: readonly LogLine[] = [];
  private begun = '';

  constructor(program: Pick<Program, 'steps'>, argv: readonly string[], environment: ExecEnvironment, home: object) {
    this.home = home;
    this.environment = environment;
    this.run = new TimedRun(program, argv, environment);
  }

  get dueAt(): Instant {
    return this.run.dueAt;
  }

  /** Does what is due, and says what the process has become. */
  advance(now: Instant): ProcessModel {
    this.run.advance(now);
    this.log(now);
    const { result, listeners } = this.run;
    const files = this.environment.files.changes();
    const model = { listeners, logs: this.lines, files, live: this };
    if (!result || result.serves) return result?.onStop ? { ...model, onStop: result.onStop } : model;
    return { ...model, exit: { after: now - this.environment.now, code: result.exitCode } };
  }

  private log(now: Instant): void {
    const { stdout, stderr } = this.run.takeOutput();
    const text = this.begun + stdout + stderr;
    const isOver = this.run.result !== undefined && !this.run.result.serves;
    const end = isOver ? text.length : text.lastIndexOf('\n') + 1;
    this.begun = text.slice(end);
    if (end === 0) return;
    const fresh = linesOf(text.slice(0, end)).map((line) => ({ at: now, text: line }));
    this.lines = [...this.lines, ...fresh].slice(-maxLines);
  }
}
