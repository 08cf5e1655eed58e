import type { Instant } from '../engine/time.ts';
import type { ExecEnvironment, Program } from '../exec/program.ts';
import { linesOf } from '../exec/text.ts';
import { TimedRun } from '../exec/timed-run.ts';
import type { LogLine, ProcessModel } from './image-model.ts';

/** The runtime rotates the logs of what writes for ever. */
const maxLines = 10_000;

/** So many moments every process has, however little the cluster has left: what starts in steps gets started. */
const ownMoments = 100;

/** A cluster that carries processes on, and at how many moments it still does. */
export interface ProcessHome {
  momentsLeft: number;
}

/** A process whose commands are done one after the other in time. It belongs to the cluster in which it was started: a fork leaves it as it was. */
export class LiveProcess {
  readonly home: ProcessHome;
  private readonly run: TimedRun;
  private readonly environment: ExecEnvironment;
  /** Only ever added to, as earlier states of the process look at its beginning. */
  private lines: LogLine[] = [];
  private begun = '';
  private moments = 0;

  constructor(
    program: Pick<Program, 'steps'>,
    argv: readonly string[],
    environment: ExecEnvironment,
    home: ProcessHome,
  ) {
    this.home = home;
    this.environment = environment;
    this.run = new TimedRun(program, argv, environment);
  }

  /** Infinity: when nothing more is bound to happen. */
  get dueAt(): Instant {
    return this.moments < ownMoments || this.home.momentsLeft > 0 ? this.run.dueAt : Infinity;
  }

  /** Does what is due, and says what the process has become. */
  advance(now: Instant): ProcessModel {
    if (this.dueAt <= now) {
      this.moments += 1;
      if (this.moments > ownMoments) this.home.momentsLeft -= 1;
      this.run.advance(now);
      this.log(now);
    }
    const { result, listeners } = this.run;
    const files = this.environment.files.changes();
    const { lines } = this;
    const end = lines.length;
    const onStop = result?.serves ? result.onStop : undefined;
    return {
      listeners,
      /** As it is now, cut out when somebody reads it. */
      get logs() {
        return lines.slice(Math.max(0, end - maxLines), end);
      },
      files,
      live: this,
      ...(onStop ? { onStop } : {}),
      ...(result && !result.serves ? { exit: { after: now - this.environment.now, code: result.exitCode } } : {}),
    };
  }

  private log(now: Instant): void {
    const { stdout, stderr } = this.run.takeOutput();
    const text = this.begun + stdout + stderr;
    const isOver = this.run.result !== undefined && !this.run.result.serves;
    const end = isOver ? text.length : text.lastIndexOf('\n') + 1;
    this.begun = text.slice(end);
    if (end === 0) return;
    const fresh = linesOf(text.slice(0, end)).map((line) => ({ at: now, text: line }));
    this.lines.push(...fresh);
    // Trimmed in halves, so that the cost of one line stays constant.
    if (this.lines.length > 2 * maxLines) this.lines = this.lines.slice(-maxLines);
  }
}
