import type { ManifestFile } from '@kubedrill/kube-model';
import { digestOfVersion, type ExerciseVersion } from './exercise-version.ts';
import { exerciseFrameSchema, type ExerciseFrame, type VariantDefinition } from './format.ts';
import { problemsOf, type DefinitionProblem } from './definition-problem.ts';

/** A version that has been understood: its frame is checked; its variants are resolved by `instantiate`. */
export interface Exercise {
  readonly version: ExerciseVersion;
  readonly digest: string;
  readonly frame: ExerciseFrame;
}

export type ExerciseReading =
  | { readonly ok: true; readonly exercise: Exercise }
  | { readonly ok: false; readonly problems: readonly DefinitionProblem[] };

export function readExercise(version: ExerciseVersion, digest = digestOfVersion(version)): ExerciseReading {
  const parsed = exerciseFrameSchema.safeParse(version.definition);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) };
  return { ok: true, exercise: { version, digest, frame: parsed.data } };
}

export function variantOf({ frame }: Exercise, id: string): VariantDefinition | undefined {
  return frame.variants.find((variant) => variant.id === id);
}

/** A file of the exercise as a variant sees it: variants/<id>/<path> stands in for <path>. */
export function fileOf({ version }: Exercise, variant: string, path: string): string | undefined {
  const { files } = version;
  const own = `variants/${variant}/${path}`;
  if (Object.hasOwn(files, own)) return files[own];
  return Object.hasOwn(files, path) ? files[path] : undefined;
}

/** The files under a folder ("start"): the variant's own folder instead of the shared one, if it has one. */
export function filesUnder({ version }: Exercise, variant: string, folder: string): readonly ManifestFile[] {
  const under = (prefix: string): readonly ManifestFile[] =>
    Object.entries(version.files)
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, content]) => ({ path: path.slice(prefix.length), content }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  const own = under(`variants/${variant}/${folder}/`);
  return own.length > 0 ? own : under(`${folder}/`);
}
