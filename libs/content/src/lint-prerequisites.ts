import type { ContentIssue } from './content-issue.ts';
import { suggestion } from './lint-links.ts';
import type { AuthoredExercise } from './load-content.ts';

/** Prerequisites that do not exist, and such as come round to where they began. */
export function lintPrerequisites(exercises: readonly AuthoredExercise[]): readonly ContentIssue[] {
  const byId = new Map(exercises.map((authored) => [authored.exercise.frame.id, authored]));
  return exercises.flatMap(({ exercise, definition }) =>
    exercise.frame.prerequisites.flatMap((id, index) => {
      const path = ['prerequisites', index];
      if (!byId.has(id))
        return [definition.issueAt({ path, message: `there is no exercise "${id}"${suggestion(id, byId.keys())}` })];
      const way = wayBetween(id, exercise.frame.id, byId);
      if (!way) return [];
      const circle = [exercise.frame.id, ...way].join(' -> ');
      return [definition.issueAt({ path, message: `nobody could begin: ${circle}` })];
    }),
  );
}

/** The ids from one exercise along its prerequisites to another; undefined when no way leads there. */
function wayBetween(
  from: string,
  to: string,
  exercises: ReadonlyMap<string, AuthoredExercise>,
): readonly string[] | undefined {
  const waiting: (readonly string[])[] = [[from]];
  const seen = new Set([from]);
  for (let way = waiting.shift(); way; way = waiting.shift()) {
    const last = way.at(-1) ?? '';
    if (last === to) return way;
    for (const next of exercises.get(last)?.exercise.frame.prerequisites ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push([...way, next]);
    }
  }
  return undefined;
}
