import { absolutePath, faultTexts } from './file-system.ts';
import type { FileFault } from './file-system.ts';
import { optionError, parseOptions } from './options.ts';
import type { Options, OptionSyntax } from './options.ts';
import { fail } from './program.ts';
import type { ExecEnvironment, Program, ProgramResult } from './program.ts';

export interface NamedText {
  /** '-' for standard input. */
  readonly name: string;
  readonly text: string;
}

export interface FilterInput {
  readonly options: Options;
  readonly operands: readonly string[];
  readonly texts: readonly NamedText[];
}

export interface FilterOutput {
  readonly stdout: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}

interface FilterDefinition extends OptionSyntax {
  readonly name: string;
  /** Operands that come before the files, such as grep's pattern. */
  readonly leadingOperands?: (options: Options) => number;
  /** What a missing file makes of the exit code. */
  readonly missingFileCode?: number;
  /** Whether it writes into its files what it would print: sed -i. */
  readonly rewrites?: (options: Options) => boolean;
  filter(input: FilterInput): FilterOutput;
}

/** A program that reads the files it is given, or standard input, and writes text. */
export function textFilter(definition: FilterDefinition): Program {
  const { name } = definition;
  return {
    name,
    readsInput: true,
    run(argv, stdin, environment): ProgramResult {
      const parsed = parseOptions(argv.slice(1), definition);
      if (!parsed.ok) return fail(definition.missingFileCode ?? 1, optionError(name, parsed));
      const leading = definition.leadingOperands?.(parsed.options) ?? 0;
      const { texts, errors } = readTexts(name, parsed.operands.slice(leading), stdin, environment);
      const operands = parsed.operands.slice(0, leading);
      const output = definition.rewrites?.(parsed.options)
        ? rewritten(texts, environment, (text) =>
            definition.filter({ options: parsed.options, operands, texts: [text] }),
          )
        : definition.filter({ options: parsed.options, operands, texts });
      const exitCode = errors === '' ? (output.exitCode ?? 0) : (definition.missingFileCode ?? 1);
      return { stdout: output.stdout, stderr: errors + (output.stderr ?? ''), exitCode, elapsed: 0 };
    },
  };
}

function rewritten(
  texts: readonly NamedText[],
  { files, workingDirectory }: ExecEnvironment,
  filter: (text: NamedText) => FilterOutput,
): FilterOutput {
  for (const text of texts) {
    const output = filter(text);
    if (output.exitCode !== undefined && output.exitCode !== 0) return output;
    const fault = files.write(absolutePath(text.name, workingDirectory), output.stdout);
    if (fault) return { stdout: '', stderr: `${text.name}: ${faultTexts[fault]}\n`, exitCode: 1 };
  }
  return { stdout: '' };
}

function readTexts(program: string, paths: readonly string[], stdin: string, environment: ExecEnvironment) {
  if (paths.length === 0) return { texts: [{ name: '-', text: stdin }], errors: '' };
  const texts: NamedText[] = [];
  let errors = '';
  for (const path of paths) {
    const absolute = absolutePath(path, environment.workingDirectory);
    if (path === '-' || absolute === '/dev/stdin') texts.push({ name: '-', text: stdin });
    else if (environment.files.isFile(absolute)) texts.push({ name: path, text: environment.files.read(absolute) });
    else errors += fileError(program, path, environment.files.isDirectory(absolute) ? 'isDirectory' : 'noSuchFile');
  }
  return { texts, errors };
}

/** busybox writes "can't open 'x': ...", GNU "x: ..."; the learner's images are mostly busybox, and both end alike. */
function fileError(program: string, path: string, fault: FileFault): string {
  if (fault === 'isDirectory') return `${program}: read error: ${faultTexts.isDirectory}\n`;
  return `${program}: can't open '${path}': ${faultTexts[fault]}\n`;
}
