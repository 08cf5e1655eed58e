import { absolutePath } from '../../file-system.ts';
import { optionError, parseOptions } from '../../options.ts';
import { fail, interruptedExitCode } from '../../program.ts';
import type { ExecEnvironment, Program } from '../../program.ts';
import { linesOf } from '../../text.ts';
import { AwkEvaluator, DivisionByZero } from './evaluator.ts';
import { parseAwk } from './parser.ts';
import { AwkSyntaxError } from './tokens.ts';

/** Words of a file's assignment operands: `awk PROGRAM n=3 FILE`. */
const assignment = /^([A-Za-z_]\w*)=(.*)$/s;

/** awk [-F S] [-v NAME=VALUE] PROGRAM [FILE...], with busybox's words. */
export const awk: Program = {
  name: 'awk',
  readsInput: true,
  run(argv, stdin, environment) {
    const parsed = parseOptions(argv.slice(1), { short: 'F:v:f:', stopAtOperand: true });
    if (!parsed.ok) return fail(1, optionError('awk', parsed));
    const { options } = parsed;
    const source = options.has('f') ? readAll(options.all('f'), environment) : parsed.operands[0];
    if (source === undefined) return fail(1, 'Usage: awk [OPTIONS] [AWK_PROGRAM] [FILE]...\n');
    const operands = options.has('f') ? parsed.operands : parsed.operands.slice(1);
    const files = operands.filter((operand) => !assignment.test(operand));
    const missing = files.find((file) => file !== '-' && !environment.files.isFile(pathOf(file, environment)));
    try {
      const evaluator = new AwkEvaluator(parseAwk(source), environment.budget);
      const separator = options.last('F');
      if (separator !== undefined)
        evaluator.memory.set('FS', separator === 't' ? '\t' : separator.replaceAll('\\t', '\t'));
      for (const [, name = '', value = ''] of [...options.all('v'), ...operands].flatMap((each) => matched(each)))
        evaluator.memory.set(name, { input: value });
      if (missing !== undefined) return fail(2, `awk: ${missing}: No such file or directory\n`);
      const text =
        files.length === 0 ? stdin : files.map((file) => (file === '-' ? stdin : read(file, environment))).join('');
      evaluator.run(linesOf(text));
      const { output, status, departure } = evaluator;
      if (departure === 'limited') return { ...fail(interruptedExitCode, '', 0, output), serves: [] };
      return { stdout: output, stderr: '', exitCode: status, elapsed: 0 };
    } catch (error) {
      if (error instanceof AwkSyntaxError) return fail(1, 'awk: cmd. line:1: Unexpected token\n');
      if (error instanceof DivisionByZero) return fail(2, 'awk: cmd. line:1: Division by zero\n');
      throw error;
    }
  },
};

function matched(operand: string): readonly RegExpExecArray[] {
  const match = assignment.exec(operand);
  return match ? [match] : [];
}

function pathOf(file: string, { workingDirectory }: ExecEnvironment): string {
  return absolutePath(file, workingDirectory);
}

function read(file: string, environment: ExecEnvironment): string {
  const text = environment.files.read(pathOf(file, environment));
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function readAll(files: readonly string[], environment: ExecEnvironment): string {
  return files.map((file) => read(file, environment)).join('\n');
}
