import { digestOf } from '@kubedrill/grader';
import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';

/** Of the format of exercise.yaml: a change that files of before do not keep gets the next number. */
export const formatVersion = 1;

/**
 * An exercise as it is stored and as it travels to workers: plain JSON. Solutions and mistakes are not part of it, so that
 * mending one makes no new version.
 */
export interface ExerciseVersion {
  readonly format: typeof formatVersion;
  /** Id of the module. */
  readonly module: string;
  /** exercise.yaml, as read. */
  readonly definition: JsonObject;
  /** brief.md, start/, cluster manifests and variants/, by path relative to the folder. */
  readonly files: Readonly<Record<string, string>>;
}

export function digestOfVersion(version: ExerciseVersion): string {
  return digestOf(version);
}

/** Narrows JSON that was stored before; undefined when it is no exercise version. */
export function asExerciseVersion(json: Json): ExerciseVersion | undefined {
  if (!isJsonObject(json) || json.format !== formatVersion || typeof json.module !== 'string') return undefined;
  if (!isJsonObject(json.definition) || !isJsonObject(json.files)) return undefined;
  const files: [string, string][] = [];
  for (const [path, content] of Object.entries(json.files)) {
    if (typeof content !== 'string') return undefined;
    files.push([path, content]);
  }
  return { format: 1, module: json.module, definition: json.definition, files: Object.fromEntries(files) };
}
