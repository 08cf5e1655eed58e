import type { ConceptDefinition } from './format.ts';
import type { AuthoredExercise } from './load-content.ts';

/** A section's exercises, as a list for the end of its text; empty when there are none. Easy ones come first. */
export function practiseNow(
  sectionId: string,
  exercises: readonly AuthoredExercise[],
  concepts: readonly ConceptDefinition[],
): string {
  const own = exercises.filter(({ exercise }) => exercise.frame.section === sectionId);
  const taught = new Set(concepts.filter(({ section }) => section === sectionId).map(({ id }) => id));
  const elsewhere = exercises.filter(
    ({ exercise: { frame } }) =>
      frame.kind === 'challenge' && frame.section !== sectionId && frame.concepts.some((id) => taught.has(id)),
  );
  const groups: readonly (readonly [string, readonly AuthoredExercise[]])[] = [
    ['Drills', own.filter(isOfKind('drill'))],
    ['Challenges', own.filter(isOfKind('challenge'))],
    ['Challenges of other sections that need this one', elsewhere],
  ];
  const shown = groups.filter(([, members]) => members.length > 0);
  if (shown.length === 0) return '';
  const lists = shown.map(
    ([title, members]) => `${title}:\n\n${members.toSorted(byDifficulty).map(entry).join('\n')}\n`,
  );
  return `## Practise now\n\n${lists.join('\n')}`;
}

const isOfKind =
  (kind: 'drill' | 'challenge') =>
  ({ exercise }: AuthoredExercise): boolean =>
    exercise.frame.kind === kind;

function easiest({ exercise }: AuthoredExercise): number {
  return Math.min(...exercise.frame.variants.map(({ difficulty }) => difficulty));
}

function byDifficulty(a: AuthoredExercise, b: AuthoredExercise): number {
  return easiest(a) - easiest(b);
}

function entry({ exercise: { frame } }: AuthoredExercise): string {
  return `- [${frame.title}](exercise:${frame.id}): ${frame.summary}`;
}
