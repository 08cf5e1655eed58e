import { nearestWord } from '@kubedrill/grader';
import type { ContentIssue } from './content-issue.ts';
import type { AuthoredExercise, Module } from './load-content.ts';
import { circleFrom } from './need-graph.ts';

/** What a module says it teaches, against what its exercises practise. A module without concepts says nothing. */
export function lintConcepts(module: Module): readonly ContentIssue[] {
  const { concepts, exercises } = module;
  const circles = circlesOfPrerequisites(exercises);
  if (concepts.length === 0) return circles;
  return [...circles, ...brokenConcepts(module), ...exercises.flatMap((exercise) => unknownConcepts(exercise, module))];
}

function brokenConcepts({ concepts, exercises, sections, definition }: Module): readonly ContentIssue[] {
  const ids = concepts.map(({ id }) => id);
  const needs = new Map(concepts.map(({ id, needs: before }) => [id, before]));
  const practised = new Set(
    exercises.flatMap(({ exercise: { frame } }) => (frame.kind === 'drill' ? frame.concepts : [])),
  );
  return concepts.flatMap((concept, index) => {
    const at = (field: string, message: string): ContentIssue =>
      definition.issueAt({ path: ['concepts', index, field], message });
    const circle = circleFrom(concept.id, needs);
    return [
      ...(ids.indexOf(concept.id) < index ? [at('id', `the concept "${concept.id}" is there already`)] : []),
      ...(sections.some(({ id }) => id === concept.section) ? [] : [at('section', `no section "${concept.section}"`)]),
      ...concept.needs.filter((id) => !ids.includes(id)).map((id) => at('needs', unknown(id, ids))),
      ...(circle ? [at('needs', `goes in a circle: ${circle.join(' needs ')}`)] : []),
      ...(practised.has(concept.id) ? [] : [at('id', `no drill practises "${concept.id}"`)]),
    ];
  });
}

function unknownConcepts({ exercise, definition }: AuthoredExercise, { concepts }: Module): readonly ContentIssue[] {
  const ids = concepts.map(({ id }) => id);
  return exercise.frame.concepts.flatMap((id, index) =>
    ids.includes(id) ? [] : [definition.issueAt({ path: ['concepts', index], message: unknown(id, ids) })],
  );
}

function unknown(id: string, ids: readonly string[]): string {
  const near = nearestWord(id, ids);
  return `the module has no concept "${id}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

function circlesOfPrerequisites(exercises: readonly AuthoredExercise[]): readonly ContentIssue[] {
  const needs = new Map(exercises.map(({ exercise: { frame } }) => [frame.id, frame.prerequisites]));
  return exercises.flatMap(({ exercise, definition }) => {
    const circle = circleFrom(exercise.frame.id, needs);
    const message = `goes in a circle: ${circle?.join(' needs ') ?? ''}`;
    return circle ? [definition.issueAt({ path: ['prerequisites'], message })] : [];
  });
}
