import type { Instant } from '../../engine/time.ts';
import { interruptedExitCode, type ExecEnvironment, type Program, type ProgramResult, type Steps } from '../program.ts';
import { TimedRun } from '../timed-run.ts';
import { AskedInput } from './asked-input.ts';
import type { ProcessOutput, SessionProcess } from './session.ts';

/** Runs a program when it has the input that it needs; it ends when its time is over. */
export class CommandProcess implements SessionProcess {
  exitCode: number | undefined;
  runs = 0;
  private readonly program: Program;
  private readonly argv: readonly string[];
  private readonly environment: () => ExecEnvironment | undefined;
  private input = '';
  private isComplete: boolean;
  private isWaiting = false;
  private run: Run | undefined;
  /** Characters that the client has seen already of a run that was begun anew. */
  private readonly shown = { stdout: 0, stderr: 0 };
  private isInterrupted = false;

  constructor(
    program: Program,
    argv: readonly string[],
    environment: () => ExecEnvironment | undefined,
    readsInput: boolean,
  ) {
    this.program = program;
    this.argv = argv;
    this.environment = environment;
    this.isComplete = !readsInput;
  }

  feed(text: string): void {
    this.input += text;
    this.isWaiting = false;
  }

  endInput(): void {
    this.isComplete = true;
    this.isWaiting = false;
  }

  endOfFile(): void {
    this.endInput();
  }

  interrupt(): void {
    this.isInterrupted = true;
  }

  advance(now: Instant, output: ProcessOutput): void {
    if (this.exitCode !== undefined) return;
    if (this.isInterrupted) {
      this.exitCode = interruptedExitCode;
      return;
    }
    if (!this.run && !this.isWaiting) this.start(now);
    if (this.run) this.carryOn(this.run, now, output);
  }

  private start(now: Instant): void {
    const environment = this.environment();
    if (!environment) return;
    const { program, argv, input, isComplete } = this;
    this.isWaiting = program.steps === undefined && program.readsInput === true && !isComplete;
    if (this.isWaiting) return;
    this.runs += 1;
    const asked = new AskedInput(input, isComplete);
    const atOnceSteps = (): Steps => atOnce(program.run(argv, program.readsInput ? input : '', environment));
    const timed = program.steps ? program : { steps: atOnceSteps };
    this.run = { timed: new TimedRun(timed, argv, { ...environment, now }, asked), asked, stdout: 0, stderr: 0 };
  }

  private carryOn(run: Run, now: Instant, output: ProcessOutput): void {
    run.timed.advance(now);
    const { stdout, stderr } = run.timed.takeOutput();
    if (run.asked.wasShort) {
      // It is run again when there is more.
      this.run = undefined;
      this.isWaiting = true;
      return;
    }
    output.stdout(stdout.slice(Math.max(this.shown.stdout - run.stdout, 0)));
    output.stderr(stderr.slice(Math.max(this.shown.stderr - run.stderr, 0)));
    run.stdout += stdout.length;
    run.stderr += stderr.length;
    this.shown.stdout = Math.max(this.shown.stdout, run.stdout);
    this.shown.stderr = Math.max(this.shown.stderr, run.stderr);
    const { result } = run.timed;
    if (result && !result.serves) this.exitCode = result.exitCode;
  }
}

interface Run {
  readonly timed: TimedRun;
  readonly asked: AskedInput;
  stdout: number;
  stderr: number;
}

/** A program that says at its end all that it says; what runs on has said it at its start. */
function* atOnce(result: ProgramResult): Steps {
  if (result.elapsed > 0 && !result.serves) yield result.elapsed;
  return result;
}
