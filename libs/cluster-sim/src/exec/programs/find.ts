import { absolutePath, faultTexts } from '../file-system.ts';
import type { FileSystem } from '../file-system.ts';
import { fail } from '../program.ts';
import type { Program } from '../program.ts';
import { matchesPattern } from '../shell/pattern.ts';
import { joinLines, wholeNumber } from '../text.ts';
import type { ToolFlavour } from './copy.ts';

interface Wanted {
  readonly name?: string;
  readonly path?: string;
  readonly type?: string;
  readonly maxDepth: number;
  readonly minDepth: number;
}

type Expression = { readonly wanted: Wanted } | { readonly error: string };

/** find PATH... [-name PATTERN] [-path PATTERN] [-type f|d] [-maxdepth N] [-mindepth N] [-print] */
export function find(flavour: ToolFlavour): Program {
  return {
    name: 'find',
    run(argv, _stdin, { files, workingDirectory }) {
      const args = argv.slice(1);
      const at = args.findIndex((argument) => argument.startsWith('-'));
      const given = at < 0 ? args : args.slice(0, at);
      const expression = readExpression(at < 0 ? [] : args.slice(at), flavour);
      if ('error' in expression) return fail(1, `find: ${expression.error}\n`);
      let [stdout, stderr] = ['', ''];
      for (const start of given.length === 0 ? ['.'] : given) {
        const absolute = absolutePath(start, workingDirectory);
        if (files.exists(absolute)) stdout += joinLines(walk(start, absolute, 0, expression.wanted, files));
        else stderr += `find: ${flavour === 'gnu' ? `‘${start}’` : start}: ${faultTexts.noSuchFile}\n`;
      }
      return { stdout, stderr, exitCode: stderr === '' ? 0 : 1, elapsed: 0 };
    },
  };
}

function readExpression(args: readonly string[], flavour: ToolFlavour): Expression {
  const given: Record<string, string> = {};
  for (let index = 0; index < args.length; index += 1) {
    const test = args[index] ?? '';
    if (test === '-print') continue;
    if (!['-name', '-path', '-type', '-maxdepth', '-mindepth'].includes(test))
      return { error: flavour === 'gnu' ? `unknown predicate \`${test}'` : `unrecognized: ${test}` };
    const value = args[(index += 1)];
    if (value === undefined)
      return { error: flavour === 'gnu' ? `missing argument to \`${test}'` : `option requires an argument: ${test}` };
    given[test] = value;
  }
  const { '-name': name, '-path': path, '-type': type, '-maxdepth': most, '-mindepth': least } = given;
  return {
    wanted: {
      ...(name !== undefined && { name }),
      ...(path !== undefined && { path }),
      ...(type !== undefined && { type }),
      maxDepth: wholeNumber(most) ?? Infinity,
      minDepth: wholeNumber(least) ?? 0,
    },
  };
}

function walk(shown: string, path: string, depth: number, wanted: Wanted, files: FileSystem): readonly string[] {
  const isDirectory = files.isDirectory(path);
  const self = depth >= wanted.minDepth && isWanted(shown, isDirectory, wanted) ? [shown] : [];
  if (!isDirectory || depth >= wanted.maxDepth) return self;
  const inside = shown.endsWith('/') ? shown : `${shown}/`;
  const children = files.list(path).flatMap((name) => {
    return walk(`${inside}${name}`, absolutePath(name, path), depth + 1, wanted, files);
  });
  return [...self, ...children];
}

function isWanted(shown: string, isDirectory: boolean, { name, path, type }: Wanted): boolean {
  const bare = shown.slice(shown.lastIndexOf('/') + 1) || shown;
  if (name !== undefined && !matchesPattern(bare, name)) return false;
  if (path !== undefined && !matchesPattern(shown, path)) return false;
  return type === undefined || type === (isDirectory ? 'd' : 'f');
}
