import { isJsonObject, parseManifests, type Json } from '@kubedrill/kube-model';
import { contentOf, solutionsOf } from './authored-submissions.ts';
import { startFiles } from './instantiate.ts';
import type { ResolvedVariant } from './instantiate.ts';
import type { AuthoredExercise } from './load-content.ts';

/** Shorter pieces of a solution are words that any text may hold. */
const shortestPiece = 8;

/** Commands that change nothing: to name them gives nothing away. */
const changingCommand = /^\s*kubectl\s+(?!get|describe|logs|explain|events|api-resources|exec)\S/;

/** Indexes of hints that cost nothing and hold a piece of a solution that the learner was to find. */
export function givenAway(
  authored: AuthoredExercise,
  resolved: ResolvedVariant,
): readonly (readonly [number, string])[] {
  const pieces = piecesOfSolutions(authored, resolved);
  return resolved.parts.hints.flatMap(({ text, cost }, index) => {
    const plain = squeezed(text);
    const piece = cost > 0 ? undefined : pieces.find((candidate) => plain.includes(squeezed(candidate)));
    return piece === undefined ? [] : [[index, piece] as const];
  });
}

const squeezed = (text: string): string => text.replace(/["'`]/g, '').replace(/\s+/g, ' ');

/** What solutions say and what the learner starts from does not: fields of manifests, command lines, answers. */
function piecesOfSolutions(authored: AuthoredExercise, { variant, values }: ResolvedVariant): readonly string[] {
  const { exercise } = authored;
  const contents = solutionsOf(authored, variant.id).map(({ files }) =>
    contentOf(files, exercise.frame.accepts, values),
  );
  const given = new Set(
    startFiles(exercise, variant.id, values).flatMap((file) =>
      parseManifests([file]).documents.flatMap(({ value }) => fieldsOf(value)),
    ),
  );
  const pieces = contents.flatMap((content): readonly string[] => {
    switch (content.kind) {
      case 'files':
        return parseManifests(content.files).documents.flatMap(({ value }) => fieldsOf(value));
      case 'commands':
        return content.commands.flatMap((text) => text.split('\n')).filter((line) => changingCommand.test(line));
      case 'answers':
        return Object.values(content.answers);
      case 'sandbox':
        return [];
    }
  });
  return [...new Set(pieces)].filter((piece) => piece.length >= shortestPiece && !given.has(piece));
}

/** "targetPort: 3000": the plain fields of a value, as they stand in YAML. */
function fieldsOf(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => fieldsOf(item));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, field]) =>
    typeof field === 'object' ? fieldsOf(field ?? undefined) : [`${key}: ${String(field)}`],
  );
}
