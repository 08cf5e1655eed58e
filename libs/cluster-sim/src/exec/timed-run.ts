import type { Duration, Instant } from '../engine/time.ts';
import type { Listener } from '../images/image-model.ts';
import type { ExecEnvironment, Program, ProgramResult, Written } from './program.ts';
import { Input } from './shell/streams.ts';

/** Steps that a program may do at one moment, and between two moments at which time passes. */
const maxSteps = 200;

/** A program that runs in time: it does at each moment what is due by then. */
export class TimedRun {
  /** When it goes on; Infinity: when it is stopped. */
  dueAt: Instant;
  result: ProgramResult | undefined;
  private readonly steps: Generator<Duration, ProgramResult>;
  private readonly environment: ExecEnvironment;
  private readonly allowance: { readonly steps: number; readonly output: number };
  private readonly written: Written = {};
  private isTold = false;

  constructor(
    program: Pick<Program, 'steps'>,
    argv: readonly string[],
    environment: ExecEnvironment,
    input = new Input(''),
  ) {
    const steps = program.steps?.(argv, input, environment, this.written);
    if (!steps) throw new Error('the program does not run in time');
    this.steps = steps;
    this.environment = environment;
    this.allowance = { ...environment.budget };
    this.dueAt = environment.now;
  }

  get listeners(): readonly Listener[] {
    return this.result?.serves ?? this.written.listeners ?? [];
  }

  advance(now: Instant): void {
    for (let step = 0; step < maxSteps && this.dueAt <= now && !this.result; step += 1) {
      // What it may use up is counted anew whenever time has passed.
      Object.assign(this.environment.budget, this.allowance);
      const next = this.steps.next();
      if (!next.done) this.dueAt += next.value;
      else {
        this.result = next.value;
        this.dueAt = Infinity;
      }
    }
  }

  /** What has been written since it was last asked. */
  takeOutput(): { readonly stdout: string; readonly stderr: string } {
    const { streams } = this.written;
    if (!streams) {
      if (!this.result || this.isTold) return { stdout: '', stderr: '' };
      this.isTold = true;
      return this.result;
    }
    return { stdout: streams.output.drain(), stderr: streams.error.drain() };
  }
}
