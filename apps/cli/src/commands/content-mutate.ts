import {
  defaultMutants,
  formatIssue,
  lintContent,
  type AcceptedFinding,
  type AuthoredExercise,
  type ContentIssue,
  type Module,
  type MutationReport,
} from '@kubedrill/content';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { defaultContentRoot, findExercise, readContent } from '../content-root.ts';
import { renderMutations, type ExerciseMutations } from '../render/mutation-report.ts';
import type { MutationJob } from '../trials/trial-job.ts';
import { reportsOf } from '../trials/trial-processes.ts';

const mostSeeds = 100;
const mostMutants = 5_000;
const mostSeconds = 3_600;

export const contentMutate: Command = {
  name: 'content mutate',
  usage: '[folder] [--exercise ID] [--seeds N] [--mutants N] [--seconds N] [--json]',
  summary:
    'Changes every solution in every way it knows; finds what behaves otherwise and passes (holes), and what behaves the same and fails (too strict).',
  async run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        exercise: { type: 'string' },
        seeds: { type: 'string', default: '1' },
        mutants: { type: 'string', default: String(defaultMutants) },
        seconds: { type: 'string', default: '60' },
        json: { type: 'boolean', default: false },
      },
    });
    const seeds = Array.from({ length: numberOf('--seeds', values.seeds, mostSeeds) }, (_, index) => index + 1);
    const mutants = numberOf('--mutants', values.mutants, mostMutants);
    const time = numberOf('--seconds', values.seconds, mostSeconds) * 1000;
    const root = positionals[0] ?? defaultContentRoot;
    const content = readContent(root);
    const errors = lintContent(content).filter(({ severity }) => severity === 'error');
    for (const issue of errors) terminal.error(formatIssue(issue));
    if (errors.length > 0) return 1;
    const chosen =
      values.exercise === undefined
        ? content.modules.flatMap(({ exercises }) => exercises)
        : [findExercise(content, values.exercise)];
    const jobs = chosen.flatMap(({ exercise: { frame } }) =>
      frame.variants.map(({ id }): MutationJob => {
        return { kind: 'mutate', exercise: frame.id, variant: id, seeds, mutants, time };
      }),
    );
    const reports = await reportsOf(root, jobs);
    const found = chosen.map((authored) => mutationsOf(authored, reports));
    const stale = values.exercise === undefined ? content.modules.flatMap((module) => staleOf(module, found)) : [];
    const faulty = found.filter((mutations) => mutations.findings.length + mutations.stale.length > 0).length;
    if (values.json) terminal.out(JSON.stringify(found.map(asJson), null, 2));
    else for (const mutations of found) renderMutations(mutations, terminal);
    for (const issue of stale) terminal.error(formatIssue(issue));
    if (!values.json) terminal.out(`${chosen.length - faulty} without findings, ${faulty} with`);
    return faulty + stale.length === 0 ? 0 : 1;
  },
};

function numberOf(flag: string, text: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new UsageError(`${flag} takes a number from 1 to ${most}`);
  return number;
}

function mutationsOf(authored: AuthoredExercise, all: readonly MutationReport[]): ExerciseMutations {
  const { id, accepted } = authored.exercise.frame;
  const reports = all.filter(({ exercise }) => exercise === id);
  const stale = unused(reports, accepted.length, 0).map((index) => staleIssue(authored.definition, accepted, index));
  return { authored, reports, findings: reports.flatMap(({ findings }) => findings), stale };
}

/** What the module explains and no exercise shows. */
function staleOf({ id, accepted, definition }: Module, found: readonly ExerciseMutations[]): readonly ContentIssue[] {
  const own = found.filter(({ authored }) => authored.exercise.version.module === id);
  const idle = own.map(({ authored, reports }) =>
    unused(reports, accepted.length, authored.exercise.frame.accepted.length),
  );
  return accepted.flatMap((_, index) =>
    idle.every((indexes) => indexes.includes(index)) ? [staleIssue(definition, accepted, index)] : [],
  );
}

/** Of the explanations from an offset those that have explained nothing; none while something was left out. */
function unused(reports: readonly MutationReport[], count: number, offset: number): readonly number[] {
  if (reports.some(({ leftOut }) => leftOut > 0)) return [];
  const isUsed = (index: number): boolean => reports.some(({ accepted }) => (accepted[offset + index] ?? 0) > 0);
  return Array.from({ length: count }, (_, index) => index).filter((index) => !isUsed(index));
}

function staleIssue(
  definition: AuthoredExercise['definition'],
  accepted: readonly AcceptedFinding[],
  index: number,
): ContentIssue {
  const { finding, at } = accepted[index] ?? { finding: '', at: '' };
  const message = `explains a ${finding} at "${at}" that is not found: take it out`;
  return definition.issueAt({ path: ['accepted', index], message });
}

function asJson({ authored, reports, findings, stale }: ExerciseMutations): object {
  const sum = (count: (report: MutationReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    exercise: authored.exercise.frame.id,
    tried: sum(({ tried }) => tried),
    refused: sum(({ refused }) => refused),
    leftOut: sum(({ leftOut }) => leftOut),
    findings,
    stale,
  };
}
