import type { ExerciseInstance } from '@kubedrill/grader';
import { isJsonObject, type Json, type JsonObject, type ManifestFile } from '@kubedrill/kube-model';
import { problemsOf, type DefinitionProblem } from './definition-problem.ts';
import { drawParameters, type ParameterValues } from './draw-parameters.ts';
import { fileOf, filesUnder, variantOf, type Exercise } from './exercise.ts';
import { resolvedPartsSchema, type ResolvedParts, type VariantDefinition } from './format.ts';
import { substituteJson, substituteText } from './substitute.ts';

/** A variant with its parameters filled in. */
export interface ResolvedVariant {
  readonly variant: VariantDefinition;
  readonly values: ParameterValues;
  readonly parts: ResolvedParts;
}

export type Resolution =
  | { readonly ok: true; readonly resolved: ResolvedVariant }
  | { readonly ok: false; readonly problems: readonly DefinitionProblem[] };

/** Draws the parameters and fills them in. Throws for a variant that the exercise does not have: callers look it up first. */
export function resolveVariant(exercise: Exercise, variantId: string, seed: number): Resolution {
  const variant = variantOf(exercise, variantId);
  if (!variant) throw new Error(`exercise "${exercise.frame.id}" has no variant "${variantId}"`);
  const values = drawParameters({ ...exercise.frame.parameters, ...variant.parameters }, seed);
  const { raw, origins } = partsOf(exercise, variant);
  const parsed = resolvedPartsSchema.safeParse(substituteJson(raw, values));
  if (parsed.success) return { ok: true, resolved: { variant, values, parts: parsed.data } };
  const problems = problemsOf(parsed.error).map((problem) => ({ ...problem, path: originOf(problem.path, origins) }));
  return { ok: false, problems };
}

/** The instance that the grader runs. Throws when the exercise is faulty: the lint has to find that before. */
export function instantiate(exercise: Exercise, variantId: string, seed: number): ExerciseInstance {
  const resolution = resolveVariant(exercise, variantId, seed);
  if (!resolution.ok) {
    const [problem] = resolution.problems;
    throw new Error(`exercise "${exercise.frame.id}": ${problem?.path.join('.') ?? ''}: ${problem?.message ?? ''}`);
  }
  const { variant, values, parts } = resolution.resolved;
  return {
    digest: exercise.digest,
    variant: variant.id,
    seed,
    points: variant.points,
    accepts: exercise.frame.accepts,
    namespace: parts.namespace,
    cluster: parts.cluster,
    constraints: parts.constraints,
    scenario: parts.scenario,
    checks: parts.checks,
    manifests: manifestsNamed(parts).flatMap((path) => manifest(exercise, variant.id, path, values)),
    workstation: exercise.frame.accepts === 'commands' ? startFiles(exercise, variant.id, values) : [],
  };
}

/** The files that the cluster and the scenario name. */
export function manifestsNamed({ cluster, scenario }: ResolvedParts): readonly string[] {
  const applied = scenario.flatMap(({ apply }) => (Array.isArray(apply) ? (apply as readonly string[]) : []));
  return [...new Set([...cluster.manifests, ...applied])];
}

function manifest(exercise: Exercise, variant: string, path: string, values: ParameterValues): readonly ManifestFile[] {
  const content = fileOf(exercise, variant, path);
  return content === undefined ? [] : [{ path, content: substituteText(content, values) }];
}

/** What the learner starts from, with the parameters filled in. */
export function startFiles(exercise: Exercise, variant: string, values: ParameterValues): readonly ManifestFile[] {
  return filesUnder(exercise, variant, 'start').map(({ path, content }) => ({
    path,
    content: substituteText(content, values),
  }));
}

type Path = readonly (string | number)[];

/** For every field of the merged parts where it stands in exercise.yaml, so that problems point there. */
type Origins = ReadonlyMap<string, Path>;

function partsOf(
  { frame }: Exercise,
  variant: VariantDefinition,
): { readonly raw: JsonObject; readonly origins: Origins } {
  const at: Path = ['variants', frame.variants.indexOf(variant)];
  const origins = new Map<string, Path>();
  const merged = (base: Json | undefined, changes: JsonObject | undefined, name: string): Json | undefined => {
    for (const key of Object.keys(changes ?? {})) origins.set(`${name}.${key}`, [...at, name, key]);
    return changes === undefined ? base : { ...(isJsonObject(base) ? base : {}), ...changes };
  };
  if (variant.scenario) origins.set('scenario', [...at, 'scenario']);
  if (variant.baseline) origins.set('baseline', [...at, 'baseline']);
  if (variant.hints) origins.set('hints', [...at, 'hints']);
  const raw: Record<string, Json | undefined> = {
    namespace: frame.namespace,
    cluster: merged(frame.cluster, variant.cluster, 'cluster'),
    constraints: merged(frame.constraints, variant.constraints, 'constraints'),
    scenario: variant.scenario ?? frame.scenario,
    checks: mergedChecks(frame.checks, variant, at, origins),
    hints: variant.hints ?? frame.hints,
    baseline: variant.baseline ?? frame.baseline,
  };
  for (const key of Object.keys(raw)) if (raw[key] === undefined) delete raw[key];
  return { raw, origins };
}

function mergedChecks(
  base: readonly JsonObject[],
  { checks: changes }: VariantDefinition,
  at: Path,
  origins: Map<string, Path>,
): readonly JsonObject[] {
  const merged: JsonObject[] = [];
  for (const [index, check] of base.entries()) {
    const id = typeof check.id === 'string' ? check.id : '';
    if (changes?.remove?.includes(id)) continue;
    const change = changes?.change && Object.hasOwn(changes.change, id) ? changes.change[id] : undefined;
    origins.set(`checks.${merged.length}`, ['checks', index]);
    for (const key of Object.keys(change ?? {}))
      origins.set(`checks.${merged.length}.${key}`, [...at, 'checks', 'change', id, key]);
    merged.push(change === undefined ? check : { ...check, ...change });
  }
  for (const [index, check] of (changes?.add ?? []).entries()) {
    origins.set(`checks.${merged.length}`, [...at, 'checks', 'add', index]);
    merged.push(check);
  }
  return merged;
}

function originOf(path: Path, origins: Origins): Path {
  for (let length = path.length; length > 0; length -= 1) {
    const origin = origins.get(path.slice(0, length).join('.'));
    if (origin) return [...origin, ...path.slice(length)];
  }
  return path;
}
