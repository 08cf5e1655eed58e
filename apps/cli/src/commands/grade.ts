import { instantiate } from '@kubedrill/content';
import {
  gradeSubmission,
  prepareInstance,
  smallestEdit,
  UnsupportedCommandError,
  type GradingResult,
  type PreparedInstance,
  type SubmissionContent,
  type SubmissionKind,
} from '@kubedrill/grader';
import { kubeDocuments } from '@kubedrill/kube-api';
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { findExercise, readContent } from '../content-root.ts';
import { readManifestFiles } from '../manifest-files.ts';
import { renderResult } from '../render/grading-result.ts';

const largestSeed = 2 ** 32 - 1;

export const grade: Command = {
  name: 'grade',
  usage:
    '<exercise> --variant V [--seed N] [--commands FILE] [--answer ID=TEXT]... [--content DIR] [--json] [--hint CHECK] <files...>',
  summary: 'Grades a submission offline and prints the result; exit code 0 only when it passed.',
  run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        variant: { type: 'string' },
        seed: { type: 'string', default: '1' },
        commands: { type: 'string' },
        answer: { type: 'string', multiple: true, default: [] },
        content: { type: 'string' },
        json: { type: 'boolean', default: false },
        hint: { type: 'string' },
      },
    });
    const [id, ...paths] = positionals;
    if (id === undefined) throw new UsageError('name an exercise, such as "two-tier"');
    const { exercise } = findExercise(readContent(values.content), id);
    const variants = exercise.frame.variants.map((variant) => variant.id);
    const variant = values.variant ?? (variants.length === 1 ? variants[0] : undefined);
    if (variant === undefined || !variants.includes(variant)) {
      const wrong = variant === undefined ? 'give --variant' : `"${id}" has no variant "${variant}"`;
      throw new UsageError(`${wrong}; "${id}" has ${variants.join(', ')}`);
    }
    const seed = seedOf(values.seed);
    const content = contentOf(exercise.frame.accepts, { paths, answers: values.answer, commands: values.commands });
    const prepared = prepareInstance(instantiate(exercise, variant, seed));
    const result = gradingOf(() => gradeSubmission(prepared, content, kubeDocuments));
    if (typeof result === 'string') {
      terminal.error(result);
      return 1;
    }
    terminal.out(
      values.json
        ? JSON.stringify(result, null, 2)
        : renderResult(
            { title: `${exercise.frame.title} (${id}, variant ${variant}, seed ${seed})`, result },
            terminal,
          ),
    );
    if (values.hint !== undefined) terminal.out(hintText(prepared, content, result, values.hint));
    return result.verdict === 'passed' ? 0 : 1;
  },
};

/** The search for an edit that helps may take so long, in milliseconds. */
const searchTime = 10_000;

function hintText(prepared: PreparedInstance, content: SubmissionContent, result: GradingResult, id: string): string {
  const ids = result.checks.filter(({ status }) => status === 'failed').map((check) => check.id);
  if (!ids.includes(id))
    throw new UsageError(`--hint takes a check that failed${ids.length > 0 ? `: ${ids.join(', ')}` : '; none has'}`);
  if (content.kind !== 'files') throw new UsageError('--hint looks for an edit of manifests, and there are none');
  const search = smallestEdit(prepared, content.files, id);
  const end = performance.now() + searchTime;
  let step = search.next();
  while (step.done !== true && performance.now() < end) step = search.next();
  const found = step.done === true ? step.value : undefined;
  if (!found) return `\nno edit of a single field was found with which ${id} passes`;
  const { file, line, excerpt } = found.place;
  return `\nlook at ${file}:${line}: ${excerpt.trim()}\n  ${found.edit}`;
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > largestSeed)
    throw new UsageError(`--seed takes a whole number from 0 to ${largestSeed}, not "${text}"`);
  return seed;
}

/** The result, or why there is none. */
function gradingOf(grade: () => GradingResult): GradingResult | string {
  try {
    return grade();
  } catch (error) {
    if (error instanceof UnsupportedCommandError) return error.message;
    throw error;
  }
}

interface Given {
  readonly paths: readonly string[];
  readonly commands: string | undefined;
  readonly answers: readonly string[];
}

function contentOf(accepts: SubmissionKind, { paths, commands, answers }: Given): SubmissionContent {
  if (accepts !== 'commands' && commands !== undefined)
    throw new UsageError(`--commands is for exercises that take commands; this one takes ${accepts}`);
  switch (accepts) {
    case 'files':
      if (paths.length === 0) throw new UsageError('name the files of the submission, or - for standard input');
      return { kind: 'files', files: readManifestFiles(paths) };
    case 'commands':
      if (commands === undefined || paths.length > 0)
        throw new UsageError('this exercise takes commands: give --commands FILE, or --commands - for standard input');
      return { kind: 'commands', commands: [readCommands(commands)] };
    case 'answers':
      return { kind: 'answers', answers: answersOf(answers) };
  }
}

function readCommands(path: string): string {
  if (path === '-') return readFileSync(0, 'utf8');
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new UsageError(`there is no file "${path}"`);
  return readFileSync(path, 'utf8');
}

function answersOf(answers: readonly string[]): Readonly<Record<string, string>> {
  if (answers.length === 0) throw new UsageError('this exercise asks questions: give --answer ID=TEXT for each');
  const pairs = answers.map((answer): [string, string] => {
    const split = answer.indexOf('=');
    if (split < 1) throw new UsageError(`--answer takes ID=TEXT, not "${answer}"`);
    return [answer.slice(0, split), answer.slice(split + 1)];
  });
  return Object.fromEntries(pairs);
}
