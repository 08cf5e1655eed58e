import { absolutePath, faultTexts } from '../file-system.ts';
import { optionError, parseOptions } from '../options.ts';
import { fail, succeed } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';

/** Whose words a tool uses. */
export type ToolFlavour = 'busybox' | 'gnu';

/** cp [-r] SOURCE... TARGET */
export const cp = (flavour: ToolFlavour): Program => copying('cp', flavour);

/** mv SOURCE... TARGET */
export const mv = (flavour: ToolFlavour): Program => copying('mv', flavour);

function copying(name: 'cp' | 'mv', flavour: ToolFlavour): Program {
  return {
    name,
    run(argv, _stdin, environment) {
      const parsed = parseOptions(argv.slice(1), { short: 'rRafnpdiTLPv', long: { recursive: 'r', force: 'f' } });
      if (!parsed.ok) return fail(1, optionError(name, parsed));
      const { options, operands } = parsed;
      const target = operands.at(-1);
      const sources = operands.slice(0, -1);
      if (target === undefined || sources.length === 0) return fail(1, `${name}: missing file operand\n`);
      const recursive = name === 'mv' || ['r', 'R', 'a'].some((letter) => options.has(letter));
      const into = environment.files.isDirectory(absolutePath(target, environment.workingDirectory));
      if (sources.length > 1 && !into) return fail(1, notADirectory(name, flavour, target));
      const errors = sources.map((source) => transfer(name, flavour, source, target, recursive, environment)).join('');
      return { ...succeed(), stderr: errors, exitCode: errors === '' ? 0 : 1 };
    },
  };
}

/** '' or what went wrong. */
function transfer(
  name: 'cp' | 'mv',
  flavour: ToolFlavour,
  source: string,
  target: string,
  recursive: boolean,
  { files, workingDirectory }: ExecEnvironment,
): string {
  const from = absolutePath(source, workingDirectory);
  const given = absolutePath(target, workingDirectory);
  if (!files.exists(from)) return missing(name, flavour, source);
  const to = files.isDirectory(given) ? absolutePath(from.slice(from.lastIndexOf('/') + 1), given) : given;
  if (from === to) return `${name}: '${source}' and '${target}' are the same file\n`;
  if (files.isDirectory(from) && !recursive)
    return flavour === 'gnu'
      ? `${name}: -r not specified; omitting directory '${source}'\n`
      : `${name}: omitting directory '${source}'\n`;
  if (to.startsWith(`${from}/`)) return `${name}: cannot copy a directory, '${source}', into itself, '${target}'\n`;
  for (const path of files.below(from)) {
    const copy = `${to}${path.slice(from.length)}`;
    if (path !== from) files.makeDirectory(copy.slice(0, copy.lastIndexOf('/')));
    const fault = files.write(copy, files.read(path));
    if (fault) return `${name}: ${flavour === 'gnu' ? 'cannot' : "can't"} create '${target}': ${faultTexts[fault]}\n`;
    if (name === 'mv') files.remove(path);
  }
  return '';
}

function missing(name: string, flavour: ToolFlavour, path: string): string {
  if (flavour === 'gnu') return `${name}: cannot stat '${path}': ${faultTexts.noSuchFile}\n`;
  return `${name}: ${name === 'cp' ? "can't stat" : "can't rename"} '${path}': ${faultTexts.noSuchFile}\n`;
}

function notADirectory(name: string, flavour: ToolFlavour, target: string): string {
  return flavour === 'gnu'
    ? `${name}: target '${target}': ${faultTexts.notDirectory}\n`
    : `${name}: can't stat '${target}': ${faultTexts.noSuchFile}\n`;
}
