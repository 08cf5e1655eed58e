import type { DefinitionProblem } from './definition-problem.ts';
import type { AuthoredExercise } from './load-content.ts';

/** Variants that nobody can tell apart by what they ask for, and such as pay less for more. */
export function lintVariants({ exercise }: AuthoredExercise): readonly DefinitionProblem[] {
  const { frame, version } = exercise;
  const problems: DefinitionProblem[] = [];
  const demands = new Map<string, string>();
  for (const [index, variant] of frame.variants.entries()) {
    const path = ['variants', index];
    const own = Object.entries(version.files).filter(([name]) => name.startsWith(`variants/${variant.id}/`));
    const { cluster, constraints, scenario, checks } = variant;
    const files = own.map(([name, content]) => [name.slice(`variants/${variant.id}/`.length), content]);
    const demand = JSON.stringify([cluster, constraints, scenario, checks, files]);
    const twin = demands.get(demand);
    if (twin !== undefined)
      problems.push({
        path,
        message: `it asks for the same as "${twin}": variants differ in what has to be understood`,
      });
    demands.set(demand, variant.id);
    const previous = frame.variants[index - 1];
    if (!previous) continue;
    if (variant.difficulty < previous.difficulty)
      problems.push({ path: [...path, 'difficulty'], message: `below that of "${previous.id}": variants rise` });
    if (variant.difficulty > previous.difficulty && variant.points < previous.points)
      problems.push({ path: [...path, 'points'], message: `fewer than for "${previous.id}", which is easier` });
  }
  if (frame.kind === 'challenge' && new Set(frame.variants.map(({ difficulty }) => difficulty)).size < 2)
    problems.push({ path: ['variants'], message: 'all variants have the same difficulty: those of a challenge rise' });
  return problems;
}
