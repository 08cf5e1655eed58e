import type { Instant } from '../../engine/time.ts';
import { interruptedExitCode, type ExecEnvironment, type Program, type ProgramResult } from '../program.ts';
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
  private result: ProgramResult | undefined;
  private endsAt: Instant = 0;
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
    if (!this.result && !this.isWaiting) this.start(now, output);
    if (!this.result || now < this.endsAt) return;
    output.stdout(this.result.stdout);
    output.stderr(this.result.stderr);
    this.exitCode = this.result.exitCode;
  }

  private start(now: Instant, output: ProcessOutput): void {
    const environment = this.environment();
    if (!environment) return;
    this.runs += 1;
    const result = this.run(environment);
    this.isWaiting = result === undefined;
    if (!result) return;
    this.result = result;
    this.endsAt = now + result.elapsed;
    if (!result.serves) return;
    // What runs on has written already what it says at its start.
    output.stdout(result.stdout);
    output.stderr(result.stderr);
    this.endsAt = Infinity;
  }

  /** Undefined while it waits for more input: it is run again when there is some. */
  private run(environment: ExecEnvironment): ProgramResult | undefined {
    const { program, argv, input, isComplete } = this;
    if (!program.runWith) {
      if (program.readsInput && !isComplete) return undefined;
      return program.run(argv, program.readsInput ? input : '', environment);
    }
    const asked = new AskedInput(input, isComplete);
    const result = program.runWith(argv, asked, environment);
    return asked.wasShort ? undefined : result;
  }
}
