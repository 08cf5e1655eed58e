import { prepareInstance } from '@kubedrill/grader';
import type { ManifestFile } from '@kubedrill/kube-model';
import { fileOf, type Exercise } from './exercise.ts';
import type { ExerciseFrame } from './format.ts';
import { instantiate, resolveVariant, startFiles } from './instantiate.ts';
import { observedBrief } from './observed-brief.ts';
import { substituteText } from './substitute.ts';

/** What a learner sees of an instance: never the checks' parameters, solutions or mistakes. */
export interface LearnerView {
  readonly exercise: string;
  readonly digest: string;
  readonly variant: string;
  readonly seed: number;
  readonly title: string;
  readonly difficulty: number;
  readonly points: number;
  readonly accepts: ExerciseFrame['accepts'];
  /** Markdown. */
  readonly brief: string;
  readonly start: readonly ManifestFile[];
  readonly checks: readonly { readonly id: string; readonly title: string; readonly weight: number }[];
  /** For predictions: answered under the id of the check. */
  readonly questions: readonly {
    readonly id: string;
    readonly question: string;
    readonly choices?: readonly string[];
  }[];
  readonly hints: readonly { readonly text: string; readonly cost: number; readonly afterAttempts: number }[];
}

/** Throws when the exercise is faulty or has no such variant. */
export function learnerView(exercise: Exercise, variantId: string, seed: number): LearnerView {
  const resolution = resolveVariant(exercise, variantId, seed);
  if (!resolution.ok) throw new Error(`exercise "${exercise.frame.id}": ${resolution.problems[0]?.message ?? ''}`);
  const { variant, values, parts } = resolution.resolved;
  const fill = (text: string): string => substituteText(text, values);
  return {
    exercise: exercise.frame.id,
    digest: exercise.digest,
    variant: variant.id,
    seed,
    title: fill(variant.title),
    difficulty: variant.difficulty,
    points: variant.points,
    accepts: exercise.frame.accepts,
    brief: observedBrief(fill(fileOf(exercise, variant.id, 'brief.md') ?? ''), () =>
      prepareInstance(instantiate(exercise, variant.id, seed)),
    ).text,
    start: startFiles(exercise, variant.id, values),
    checks: parts.checks.map(({ id, title, weight }) => ({ id, title, weight })),
    questions: parts.checks.flatMap((check) =>
      check.kind === 'answer'
        ? [{ id: check.id, question: check.question, ...(check.choices ? { choices: check.choices } : {}) }]
        : [],
    ),
    hints: parts.hints,
  };
}
