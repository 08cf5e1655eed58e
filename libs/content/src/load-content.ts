import type { ManifestFile } from '@kubedrill/kube-model';
import type { ContentIssue } from './content-issue.ts';
import { readDefinition, type DefinitionFile } from './definition-file.ts';
import { problemsOf } from './definition-problem.ts';
import { readExercise, type Exercise } from './exercise.ts';
import type { ExerciseVersion } from './exercise-version.ts';
import { childFolders, subfolder, type Folder } from './folder.ts';
import { moduleFileSchema, type AcceptedFinding, type ConceptDefinition, type ModuleFile } from './format.ts';
import { practiseNow } from './practise-now.ts';
import { readSection } from './sections/section-document.ts';
import type { SectionSource } from './sections/section-source.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Markdown, for learners. */
  readonly text: string;
  readonly source: SectionSource;
}

/** An exercise with what only its authors see. */
export interface AuthoredExercise {
  readonly exercise: Exercise;
  /** Its folder, relative to the content's root. */
  readonly path: string;
  readonly definition: DefinitionFile;
  readonly solutions: readonly AuthoredSubmission[];
  readonly mistakes: readonly AuthoredSubmission[];
}

/** A folder under solutions/ or mistakes/. */
export interface AuthoredSubmission {
  readonly name: string;
  /** The variant that it belongs to; absent: all. */
  readonly variant?: string;
  readonly files: readonly ManifestFile[];
}

export interface Module {
  /** Its folder, relative to the content's root. */
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly sections: readonly Section[];
  /** What it teaches. Empty: it does not say, and exercises may name any. */
  readonly concepts: readonly ConceptDefinition[];
  readonly exercises: readonly AuthoredExercise[];
  /** Findings of the mutation test that are all right in every exercise. */
  readonly accepted: readonly AcceptedFinding[];
  /** module.yaml, with the places of its fields. */
  readonly definition: DefinitionFile;
}

export interface Content {
  readonly modules: readonly Module[];
  /** All files, paths relative to the root. */
  readonly folder: Folder;
  readonly issues: readonly ContentIssue[];
}

/** Reads the folder that holds the modules. What is faulty becomes an issue and is left out; the rest is usable. */
export function loadContent(root: Folder): Content {
  const issues: ContentIssue[] = [];
  const modules: Module[] = [];
  for (const name of childFolders(root, '')) {
    const module = loadModule(subfolder(root, name), name, issues);
    if (module) modules.push(module);
  }
  return { modules, folder: root, issues };
}

function loadModule(folder: Folder, name: string, issues: ContentIssue[]): Module | undefined {
  const path = `${name}/module.yaml`;
  const text = folder.get('module.yaml');
  if (text === undefined) {
    issues.push({
      severity: 'error',
      file: path,
      message: 'is missing: a module says its id, title, summary and sections there',
    });
    return undefined;
  }
  const reading = readDefinition(path, text);
  if (!reading.ok) {
    issues.push(...reading.issues);
    return undefined;
  }
  const parsed = moduleFileSchema.safeParse(reading.file.value);
  if (!parsed.success) {
    issues.push(...problemsOf(parsed.error).map((problem) => reading.file.issueAt(problem)));
    return undefined;
  }
  const { id, title, summary, concepts, accepted } = parsed.data;
  const sections = sectionsOf(parsed.data, { folder, name, definition: reading.file }, issues);
  const exercises = loadExercises(folder, name, id, issues);
  return {
    ...{ path: name, id, title, summary, concepts, exercises, accepted, definition: reading.file },
    sections: sections.map((section) => ({
      ...section,
      text: [section.text.trimEnd(), practiseNow(section.id, exercises, concepts)].join('\n\n').trimEnd(),
    })),
  };
}

interface ModuleFolder {
  readonly folder: Folder;
  readonly name: string;
  readonly definition: DefinitionFile;
}

function sectionsOf(
  { sections }: ModuleFile,
  { folder, name, definition }: ModuleFolder,
  issues: ContentIssue[],
): readonly Section[] {
  const manifests = filesIn(folder, 'sections').filter(({ path }) => path.endsWith('.yaml'));
  return sections.map(({ id, title, summary, file }, index) => {
    const markdown = folder.get(file);
    if (markdown === undefined)
      issues.push(definition.issueAt({ path: ['sections', index, 'file'], message: `${file} does not exist` }));
    const source: SectionSource = { file: `${name}/${file}`, markdown: markdown ?? '', manifests };
    const { text } = readSection(source.file, source.markdown).document;
    return { id, title, summary, text, source };
  });
}

function loadExercises(
  folder: Folder,
  module: string,
  moduleId: string,
  issues: ContentIssue[],
): readonly AuthoredExercise[] {
  const exercises: AuthoredExercise[] = [];
  for (const group of ['drills', 'challenges'] as const) {
    for (const slug of childFolders(folder, group)) {
      const path = `${module}/${group}/${slug}`;
      const exercise = loadExercise(subfolder(folder, `${group}/${slug}`), path, moduleId, issues);
      if (!exercise) continue;
      const kind = group === 'drills' ? 'drill' : 'challenge';
      if (exercise.exercise.frame.kind !== kind) {
        issues.push(
          exercise.definition.issueAt({ path: ['kind'], message: `exercises under ${group}/ are of kind ${kind}` }),
        );
      }
      exercises.push(exercise);
    }
  }
  return exercises;
}

/** Reads one exercise folder; undefined, with issues added, when it cannot be understood. */
export function loadExercise(
  folder: Folder,
  path: string,
  module: string,
  issues: ContentIssue[],
): AuthoredExercise | undefined {
  const file = `${path}/exercise.yaml`;
  const text = folder.get('exercise.yaml');
  if (text === undefined) {
    issues.push({ severity: 'error', file, message: 'is missing' });
    return undefined;
  }
  const reading = readDefinition(file, text);
  if (!reading.ok) {
    issues.push(...reading.issues);
    return undefined;
  }
  const definition = reading.file;
  const version: ExerciseVersion = { format: 1, module, definition: definition.value, files: travellingFiles(folder) };
  const understood = readExercise(version);
  if (!understood.ok) {
    issues.push(...understood.problems.map((problem) => definition.issueAt(problem)));
    return undefined;
  }
  const { exercise } = understood;
  const variants = exercise.frame.variants.map(({ id }) => id);
  return {
    exercise,
    path,
    definition,
    solutions: submissionsIn(folder, 'solutions', variants),
    mistakes: submissionsIn(folder, 'mistakes', variants),
  };
}

const authorsOnly = /^(variants\/[^/]+\/)?(solutions|mistakes)\//;

function travellingFiles(folder: Folder): Readonly<Record<string, string>> {
  return Object.fromEntries([...folder].filter(([path]) => path !== 'exercise.yaml' && !authorsOnly.test(path)));
}

/** Those of the exercise, and those of single variants under variants/<id>/. */
function submissionsIn(
  folder: Folder,
  group: 'solutions' | 'mistakes',
  variants: readonly string[],
): readonly AuthoredSubmission[] {
  const found: AuthoredSubmission[] = childFolders(folder, group).map((name) => ({
    name,
    files: filesIn(folder, `${group}/${name}`),
  }));
  for (const variant of variants) {
    const root = `variants/${variant}/${group}`;
    for (const name of childFolders(folder, root))
      found.push({ name, variant, files: filesIn(folder, `${root}/${name}`) });
  }
  return found;
}

function filesIn(folder: Folder, path: string): readonly ManifestFile[] {
  return [...subfolder(folder, path)]
    .map(([file, content]) => ({ path: file, content }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
