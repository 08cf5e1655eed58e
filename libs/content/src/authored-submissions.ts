import type { SubmissionContent } from '@kubedrill/grader';
import { parseManifests, type ManifestFile } from '@kubedrill/kube-model';
import type { ParameterValues } from './draw-parameters.ts';
import type { ExerciseFrame, MistakeDefinition } from './format.ts';
import type { AuthoredExercise, AuthoredSubmission } from './load-content.ts';
import { substituteText } from './substitute.ts';

/** The solutions of a variant: the shared ones, changed and completed by its own. */
export function solutionsOf({ solutions }: AuthoredExercise, variant: string): readonly AuthoredSubmission[] {
  return ofVariant(solutions, variant);
}

export interface Mistake extends AuthoredSubmission {
  readonly definition: MistakeDefinition;
}

/** The mistakes of a variant, each with what it must lead to; those without a declaration are left to the lint. */
export function mistakesOf(authored: AuthoredExercise, variant: string): readonly Mistake[] {
  const declared = authored.exercise.frame.mistakes;
  return ofVariant(authored.mistakes, variant).flatMap((mistake) => {
    const definition = Object.hasOwn(declared, mistake.name) ? declared[mistake.name] : undefined;
    if (!definition || (definition.variants && !definition.variants.includes(variant))) return [];
    return [{ ...mistake, definition, files: overlaid(baseOf(authored, definition, variant), mistake.files) }];
  });
}

/** A mistake that is based on a solution holds only the files in which it differs. */
function baseOf(authored: AuthoredExercise, { basedOn }: MistakeDefinition, variant: string): readonly ManifestFile[] {
  return solutionsOf(authored, variant).find(({ name }) => name === basedOn)?.files ?? [];
}

/** The shared ones and the variant's own; of two with one name the variant's files stand in for those of the same path. */
function ofVariant(submissions: readonly AuthoredSubmission[], variant: string): readonly AuthoredSubmission[] {
  const byName = new Map<string, AuthoredSubmission>();
  for (const submission of submissions) {
    if (submission.variant !== undefined && submission.variant !== variant) continue;
    const shared = byName.get(submission.name);
    byName.set(submission.name, { ...submission, files: overlaid(shared?.files ?? [], submission.files) });
  }
  return [...byName.values()];
}

function overlaid(base: readonly ManifestFile[], files: readonly ManifestFile[]): readonly ManifestFile[] {
  const own = new Set(files.map(({ path }) => path));
  return [...base.filter(({ path }) => !own.has(path)), ...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where the commands of a solution or a mistake stand. */
export const commandsFile = 'commands.sh';

/** What is submitted: manifests; the lines of commands.sh; or for predictions the answers in answers.yaml, by the id of the check. */
export function contentOf(
  files: readonly ManifestFile[],
  accepts: ExerciseFrame['accepts'],
  values: ParameterValues,
): SubmissionContent {
  const filled = files.map(({ path, content }) => ({ path, content: substituteText(content, values) }));
  if (accepts === 'files') return { kind: 'files', files: filled };
  if (accepts === 'commands') {
    const typed = filled.filter(({ path }) => path === commandsFile).map(({ content }) => content);
    return { kind: 'commands', commands: typed };
  }
  const answers = parseManifests(filled).documents.flatMap(({ value }) =>
    Object.entries(value).map(([id, answer]): [string, string] => [
      id,
      typeof answer === 'string' ? answer : JSON.stringify(answer),
    ]),
  );
  return { kind: 'answers', answers: Object.fromEntries(answers) };
}
