import { instantiate } from '@kubedrill/content';
import { gradeSubmission, prepareInstance, type SubmissionContent } from '@kubedrill/grader';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { findExercise, readContent } from '../content-root.ts';
import { readManifestFiles } from '../manifest-files.ts';
import { renderResult } from '../render/grading-result.ts';

const largestSeed = 2 ** 32 - 1;

export const grade: Command = {
  name: 'grade',
  usage: '<exercise> --variant V [--seed N] [--answer ID=TEXT]... [--content DIR] [--json] <files...>',
  summary: 'Grades a submission offline and prints the result; exit code 0 only when it passed.',
  run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        variant: { type: 'string' },
        seed: { type: 'string', default: '1' },
        answer: { type: 'string', multiple: true, default: [] },
        content: { type: 'string' },
        json: { type: 'boolean', default: false },
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
    const content = contentOf(exercise.frame.accepts, paths, values.answer);
    const result = gradeSubmission(prepareInstance(instantiate(exercise, variant, seed)), content);
    terminal.out(
      values.json
        ? JSON.stringify(result, null, 2)
        : renderResult(
            { title: `${exercise.frame.title} (${id}, variant ${variant}, seed ${seed})`, result },
            terminal,
          ),
    );
    return result.verdict === 'passed' ? 0 : 1;
  },
};

function seedOf(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > largestSeed)
    throw new UsageError(`--seed takes a whole number from 0 to ${largestSeed}, not "${text}"`);
  return seed;
}

function contentOf(
  accepts: 'files' | 'answers',
  paths: readonly string[],
  answers: readonly string[],
): SubmissionContent {
  if (accepts === 'files') {
    if (paths.length === 0) throw new UsageError('name the files of the submission, or - for standard input');
    return { kind: 'files', files: readManifestFiles(paths) };
  }
  if (answers.length === 0) throw new UsageError('this exercise asks questions: give --answer ID=TEXT for each');
  const pairs = answers.map((answer): [string, string] => {
    const split = answer.indexOf('=');
    if (split < 1) throw new UsageError(`--answer takes ID=TEXT, not "${answer}"`);
    return [answer.slice(0, split), answer.slice(split + 1)];
  });
  return { kind: 'answers', answers: Object.fromEntries(pairs) };
}
