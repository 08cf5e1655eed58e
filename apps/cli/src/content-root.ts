import { loadContent, readFolder, type AuthoredExercise, type Content, type Module } from '@kubedrill/content';
import { nearestWord } from '@kubedrill/grader';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './command.ts';

/** The repository's own challenges/: this file lies in apps/cli/{src,dist}. */
export const defaultContentRoot = resolve(import.meta.dirname, '../../../challenges');

export function readContent(root: string = defaultContentRoot): Content {
  if (!existsSync(root)) throw new UsageError(`the content folder "${root}" does not exist`);
  return loadContent(readFolder(root));
}

export function findExercise(content: Content, id: string): AuthoredExercise {
  const exercises = content.modules.flatMap((module) => module.exercises);
  const found = exercises.find(({ exercise }) => exercise.frame.id === id);
  if (found) return found;
  const ids = exercises.map(({ exercise }) => exercise.frame.id);
  const near = nearestWord(id, ids);
  throw new UsageError(
    `there is no exercise "${id}"${near === undefined ? `; there are: ${ids.join(', ')}` : `; did you mean "${near}"?`}`,
  );
}

export function moduleOf(content: Content, { exercise }: AuthoredExercise): Module {
  const found = content.modules.find(({ id }) => id === exercise.version.module);
  if (!found) throw new Error(`the exercise "${exercise.frame.id}" is in no module`);
  return found;
}
