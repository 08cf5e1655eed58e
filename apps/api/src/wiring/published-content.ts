import { formatIssue, loadContent, type Module, readFolder } from '@kubedrill/content';
import type { Json } from '@kubedrill/kube-model';
import type { PublishedExercise, PublishedModule } from '@kubedrill/submissions';

/** Content that cannot be served whole: an author's mistake, told with file and line. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

/** The course as the folder holds it. Throws ContentError when something in it is faulty. */
export function readPublishedModules(directory: string): readonly PublishedModule[] {
  const { modules, issues } = loadContent(readFolder(directory));
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new ContentError(`The content in ${directory} is faulty:\n${errors.map(formatIssue).join('\n')}`);
  return modules.map(publishedModule);
}

function publishedModule({ id, title, summary, sections, exercises }: Module): PublishedModule {
  const published = exercises.map(({ exercise }): PublishedExercise & { readonly section: string } => {
    const { frame, digest, version } = exercise;
    return {
      id: frame.id,
      section: frame.section,
      kind: frame.kind,
      title: frame.title,
      summary: frame.summary,
      accepts: frame.accepts,
      concepts: frame.concepts,
      prerequisites: frame.prerequisites,
      digest,
      content: version as unknown as Json,
      variants: frame.variants.map((variant) => ({
        id: variant.id,
        title: variant.title,
        difficulty: variant.difficulty,
        points: variant.points,
      })),
    };
  });
  return {
    id,
    title,
    summary,
    sections: sections.map((section) => ({
      ...section,
      exercises: published
        .filter((exercise) => exercise.section === section.id)
        .map(({ section: _section, ...exercise }) => exercise),
    })),
  };
}
