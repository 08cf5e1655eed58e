import {
  type ContentIssue,
  type Exercise,
  type Folder,
  formatIssue,
  loadContent,
  type Module,
  readFolder,
  subfolder,
} from '@kubedrill/content';
import type { Json } from '@kubedrill/kube-model';
import type { ExerciseSource, PublishedExercise, PublishedModule } from '@kubedrill/submissions';

/** Content that cannot be served whole: an author's mistake, told with file and line. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

/** The course as the folder holds it. Throws ContentError when something in it is faulty. */
export function readPublishedModules(directory: string): readonly PublishedModule[] {
  const folder = readFolder(directory);
  const { modules, issues } = loadContent(folder);
  const errors = [...issues.filter(({ severity }) => severity === 'error'), ...repeatedIds(modules)];
  if (errors.length > 0)
    throw new ContentError(`The content in ${directory} is faulty:\n${errors.map(formatIssue).join('\n')}`);
  return modules.map((module) => publishedModule(module, folder));
}

/** One of two exercises with one id would take the other's submissions over. */
function repeatedIds(modules: readonly Module[]): readonly ContentIssue[] {
  const paths = new Map<string, string>();
  return modules.flatMap(({ exercises }) =>
    exercises.flatMap(({ exercise, path, definition }) => {
      const { id } = exercise.frame;
      const other = paths.get(id);
      paths.set(id, other ?? path);
      return other === undefined
        ? []
        : [definition.issueAt({ path: ['id'], message: `${other} has the id "${id}" already` })];
    }),
  );
}

function publishedModule({ id, title, summary, sections, exercises }: Module, folder: Folder): PublishedModule {
  const published = exercises.map(({ exercise, path }) => ({
    section: exercise.frame.section,
    exercise: publishedExercise(exercise, Object.fromEntries(subfolder(folder, path))),
  }));
  return {
    id,
    title,
    summary,
    sections: sections.map((section) => ({
      ...section,
      exercises: published.filter((entry) => entry.section === section.id).map(({ exercise }) => exercise),
    })),
  };
}

/** An exercise as the catalogue keeps it. */
export function publishedExercise(
  { frame, digest, version }: Exercise,
  source: ExerciseSource,
): PublishedExercise & { readonly source: ExerciseSource } {
  return {
    id: frame.id,
    kind: frame.kind,
    title: frame.title,
    summary: frame.summary,
    accepts: frame.accepts,
    concepts: frame.concepts,
    prerequisites: frame.prerequisites,
    digest,
    content: version as unknown as Json,
    source,
    variants: frame.variants.map(({ id, title, difficulty, points }) => ({ id, title, difficulty, points })),
  };
}
