import { type Exercise, learnerView } from '@kubedrill/content';
import type { InstanceView } from '@kubedrill/contracts';
import type { VariantProgress } from '@kubedrill/progress';
import { variantStandingView } from '../catalogue/catalogue-view.ts';

/** What the task page shows of a variant with a seed, in one version of its exercise. */
export function instanceViewOf(
  exercise: Exercise,
  variant: string,
  seed: number,
  reached?: VariantProgress,
): InstanceView {
  const view = learnerView(exercise, variant, seed);
  const questions = new Map(view.questions.map((question) => [question.id, question]));
  return {
    exercise: view.exercise,
    variant: view.variant,
    title: view.title,
    difficulty: view.difficulty,
    points: view.points,
    accepts: view.accepts,
    seed,
    version: view.digest,
    brief: view.brief,
    files: view.start.map(({ path, content }) => ({ path, content })),
    checks: view.checks.map((check) => {
      const asked = questions.get(check.id);
      return {
        ...check,
        ...(asked ? { question: asked.question } : {}),
        ...(asked?.choices ? { choices: [...asked.choices] } : {}),
      };
    }),
    ...(reached ? { standing: variantStandingView(reached) } : {}),
  };
}
