import { checksRunBy, nodesOf } from '@kubedrill/grader';
import type { ManifestFile } from '@kubedrill/kube-model';
import { commandsFile, mistakesOf, solutionsOf } from './authored-submissions.ts';
import type { ContentIssue } from './content-issue.ts';
import { lintBooleanWords } from './lint-boolean-words.ts';
import { givenAway } from './lint-hints.ts';
import { lintLinks, suggestion, type LinkTargets, type MarkdownText } from './lint-links.ts';
import { lintPrerequisites } from './lint-prerequisites.ts';
import { lintVariants } from './lint-variants.ts';
import { placeholdersIn } from './substitute.ts';
import { fileOf, type Exercise } from './exercise.ts';
import { manifestsNamed, resolveVariant, type ResolvedVariant } from './instantiate.ts';
import type { AuthoredExercise, Content, Module } from './load-content.ts';
import { lintBrief } from './observed-brief.ts';
import { lintConcepts } from './lint-concepts.ts';
import { lintSection } from './sections/section-lint.ts';

/** Finds what is wrong with content without running it: shapes, ids, references, texts, missing parts. */
export function lintContent({ modules, issues, folder }: Content): readonly ContentIssue[] {
  const found = [...issues, ...lintBooleanWords(folder)];
  const ids = new Map<string, string>();
  for (const module of modules) {
    found.push(...module.sections.flatMap(({ source }) => lintSection(source)));
    found.push(...lintConcepts(module));
    for (const authored of module.exercises) {
      const { id } = authored.exercise.frame;
      const other = ids.get(id);
      if (other !== undefined)
        found.push(authored.definition.issueAt({ path: ['id'], message: `${other} has the id "${id}" already` }));
      ids.set(id, authored.path);
      found.push(...lintExercise(authored, module));
    }
  }
  found.push(...lintPrerequisites(modules.flatMap(({ exercises }) => exercises)));
  const targets: LinkTargets = {
    files: new Set(folder.keys()),
    exercises: new Set(ids.keys()),
    sections: new Set(modules.flatMap(({ sections }) => sections.map(({ id }) => id))),
  };
  for (const text of markdownOf(modules)) {
    found.push(...lintLinks(text, targets));
    if (text.file.endsWith('/brief.md')) found.push(...lintBrief(text.file, text.text));
  }
  return found;
}

function markdownOf(modules: readonly Module[]): readonly MarkdownText[] {
  return modules.flatMap(({ sections, exercises }) => [
    ...sections.map(({ source }) => ({ file: source.file, text: source.markdown })),
    ...exercises.flatMap(({ path: folder, exercise }) =>
      Object.entries(exercise.version.files)
        .filter(([name]) => name.endsWith('.md'))
        .map(([name, text]) => ({ file: `${folder}/${name}`, text })),
    ),
  ]);
}

/** The seed that a variant is resolved with to look at its parts; other seeds give other values, not other shapes. */
const lintSeed = 1;

export function lintExercise(authored: AuthoredExercise, module: Pick<Module, 'sections'>): readonly ContentIssue[] {
  const { exercise, definition } = authored;
  const { frame } = exercise;
  const issues: ContentIssue[] = [];
  const report = (path: readonly (string | number)[], message: string): void => {
    issues.push(definition.issueAt({ path, message }));
  };
  const sections = module.sections.map(({ id }) => id);
  if (!sections.includes(frame.section))
    report(['section'], `the module has no section "${frame.section}"${suggestion(frame.section, sections)}`);
  for (const id of repeated(frame.variants.map((variant) => variant.id)))
    report(['variants'], `two variants have the id "${id}"`);
  if (frame.kind === 'challenge' && frame.variants.length < 3)
    report(['variants'], 'a challenge has at least 3 variants');
  for (const { path, message } of lintVariants(authored)) report(path, message);
  for (const [index, variant] of frame.variants.entries()) {
    try {
      const resolution = resolveVariant(exercise, variant.id, lintSeed);
      if (resolution.ok) lintVariant(authored, resolution.resolved, index, report);
      else for (const { path, message } of resolution.problems) report(path, message);
    } catch (error) {
      report(['variants', index, 'parameters'], error instanceof Error ? error.message : String(error));
    }
  }
  return [
    ...withoutRepetition(issues),
    ...lintMistakes(authored),
    ...unknownFailures(authored),
    ...lintAccepted(authored),
  ];
}

type Report = (path: readonly (string | number)[], message: string) => void;

function lintVariant(authored: AuthoredExercise, resolved: ResolvedVariant, index: number, report: Report): void {
  const { exercise } = authored;
  const { variant, parts, values } = resolved;
  const ids = parts.checks.map(({ id }) => id);
  for (const id of repeated(ids)) report(['checks'], `two checks have the id "${id}"`);
  for (const id of checksNamed(resolved)) {
    if (!ids.includes(id))
      report(scenarioPath(resolved, index), `variant "${variant.id}" has no check "${id}"${suggestion(id, ids)}`);
  }
  for (const id of parts.baseline === 'rejected' ? [] : parts.baseline) {
    if (!knownIds(exercise).includes(id))
      report(['baseline'], `there is no check "${id}"${suggestion(id, knownIds(exercise))}`);
  }
  for (const [at, check] of parts.checks.entries()) {
    if (isNoFeedback(check.feedback, check.title))
      report(['checks', at, 'feedback'], 'say in a sentence what whoever fails this has not understood');
  }
  for (const [at, piece] of givenAway(authored, resolved))
    report(['hints', at, 'text'], `gives a piece of the solution away for nothing (${piece}): give it a cost`);
  if (values.size === 0)
    report(['variants', index], 'it has no parameters: two learners would get the same names and ports');
  for (const id of neverRun(resolved))
    report(scenarioPath(resolved, index), `variant "${variant.id}" never runs the check "${id}"`);
  const nodes = nodesOf(parts.cluster).map(({ name }) => name);
  for (const node of nodesNamed(resolved)) {
    if (!nodes.includes(node))
      report(
        scenarioPath(resolved, index),
        `variant "${variant.id}" has no node "${node}"; there are: ${nodes.join(', ')}`,
      );
  }
  for (const path of manifestsNamed(parts)) {
    if (fileOf(exercise, variant.id, path) === undefined)
      report(['cluster'], `the file "${path}" does not exist${suggestion(path, travelling(exercise, variant.id))}`);
  }
  if (fileOf(exercise, variant.id, 'brief.md') === undefined) report(['variants', index], 'there is no brief.md');
  if (solutionsOf(authored, variant.id).length === 0)
    report(['variants', index], 'it has no solution under solutions/');
  const mistakes = mistakesOf(authored, variant.id);
  if (mistakes.length === 0) report(['variants', index], 'it has no mistake under mistakes/');
  for (const { name, files } of [...solutionsOf(authored, variant.id), ...mistakes]) {
    const wanted = authoredFile[exercise.frame.accepts];
    if (wanted !== undefined && !files.some(({ path }) => path === wanted))
      report(['accepts'], `${name} holds no ${wanted}`);
  }
  for (const [place, text] of textsOf(authored, resolved)) {
    for (const name of placeholdersIn(text)) {
      if (!values.has(name))
        report(
          ['parameters'],
          `${place} names \${${name}}, which is no parameter (write $\${${name}} for the text itself)`,
        );
    }
  }
}

/** Where what is not manifests stands in a folder of a solution or a mistake. */
const authoredFile: Readonly<Record<Exercise['frame']['accepts'], string | undefined>> = {
  files: undefined,
  commands: commandsFile,
  answers: 'answers.yaml',
};

/** A word or two, or the title once more, teaches nobody. */
function isNoFeedback(feedback: string, title: string): boolean {
  return feedback.trim().split(/\s+/).length < 4 || feedback.trim() === title.trim();
}

function scenarioPath({ variant }: ResolvedVariant, index: number): readonly (string | number)[] {
  return variant.scenario ? ['variants', index, 'scenario'] : ['scenario'];
}

function knownIds({ frame: { checks, variants } }: Exercise): readonly string[] {
  const added = variants.flatMap((variant) => variant.checks?.add ?? []);
  return [...checks, ...added].map(({ id }) => (typeof id === 'string' ? id : ''));
}

function checksNamed({ parts }: ResolvedVariant): readonly string[] {
  return parts.scenario.flatMap((step) => {
    const ids = checksRunBy(step);
    return ids === 'all' ? [] : (ids ?? []);
  });
}

function nodesNamed({ parts }: ResolvedVariant): readonly string[] {
  return parts.scenario.flatMap(({ cordon, drain, killNode, reviveNode, everyNodeLoss }) => [
    ...[cordon, drain, killNode, reviveNode].flatMap((step) => step?.node ?? []),
    ...(everyNodeLoss?.nodes ?? []),
  ]);
}

function neverRun(resolved: ResolvedVariant): readonly string[] {
  const { scenario, checks } = resolved.parts;
  if (scenario.some((step) => checksRunBy(step) === 'all')) return [];
  const named = new Set(checksNamed(resolved));
  return checks.map(({ id }) => id).filter((id) => !named.has(id));
}

/** All texts in which parameters are filled in, with words for where they stand. */
function* textsOf(
  authored: AuthoredExercise,
  { variant, parts }: ResolvedVariant,
): Generator<readonly [string, string]> {
  const { exercise } = authored;
  for (const path of travelling(exercise, variant.id)) yield [path, fileOf(exercise, variant.id, path) ?? ''];
  yield ['exercise.yaml', JSON.stringify(parts)];
  const submissions: readonly { readonly name: string; readonly files: readonly ManifestFile[] }[] = [
    ...solutionsOf(authored, variant.id),
    ...mistakesOf(authored, variant.id),
  ];
  for (const { name, files } of submissions) for (const { path, content } of files) yield [`${name}/${path}`, content];
}

function travelling({ version }: Exercise, variant: string): readonly string[] {
  return Object.keys(version.files).flatMap((path) => {
    if (!path.startsWith('variants/')) return [path];
    const own = `variants/${variant}/`;
    return path.startsWith(own) ? [path.slice(own.length)] : [];
  });
}

function lintMistakes({ exercise, definition, mistakes, solutions }: AuthoredExercise): readonly ContentIssue[] {
  const declared = Object.keys(exercise.frame.mistakes);
  const found = new Set(mistakes.map(({ name }) => name));
  const issues = declared.flatMap((name) =>
    found.has(name)
      ? []
      : [definition.issueAt({ path: ['mistakes', name], message: `the folder mistakes/${name} does not exist` })],
  );
  for (const name of found) {
    if (!declared.includes(name))
      issues.push(definition.issueAt({ path: ['mistakes'], message: `says nothing of mistakes/${name}` }));
  }
  for (const [name, { basedOn, fails, rejected }] of Object.entries(exercise.frame.mistakes)) {
    if (basedOn !== undefined && !solutions.some((solution) => solution.name === basedOn)) {
      issues.push(
        definition.issueAt({ path: ['mistakes', name, 'basedOn'], message: `there is no solution "${basedOn}"` }),
      );
    }
    if (fails.length === 0 && rejected === undefined) {
      issues.push(
        definition.issueAt({ path: ['mistakes', name], message: 'name the checks that must fail, or the refusal' }),
      );
    }
  }
  return issues;
}

/** Whether what is explained is still found, only the mutation test can say. */
function lintAccepted({ exercise: { frame }, definition }: AuthoredExercise): readonly ContentIssue[] {
  const ids = frame.variants.map(({ id }) => id);
  return frame.accepted.flatMap(({ variants = [] }, index) =>
    variants.flatMap((id, at) => {
      if (ids.includes(id)) return [];
      const path = ['accepted', index, 'variants', at];
      return [definition.issueAt({ path, message: `there is no variant "${id}"${suggestion(id, ids)}` })];
    }),
  );
}

/** Checks that a mistake must fail and that no variant has. */
function unknownFailures({ exercise, definition }: AuthoredExercise): readonly ContentIssue[] {
  const { mistakes } = exercise.frame;
  const ids = knownIds(exercise);
  return Object.entries(mistakes).flatMap(([name, { fails }]) =>
    fails.flatMap((id, index) => {
      if (ids.includes(id)) return [];
      const message = `there is no check "${id}"${suggestion(id, ids)}`;
      return [definition.issueAt({ path: ['mistakes', name, 'fails', index], message })];
    }),
  );
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** A fault in a part that all variants share is said once. */
function withoutRepetition(issues: readonly ContentIssue[]): readonly ContentIssue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}
