import { checkDeclarationSchema } from '../src/checks/declaration.ts';
import { clusterSetupSchema } from '../src/exercise/cluster-setup.ts';
import { constraintsSchema } from '../src/exercise/constraints.ts';
import type { ExerciseInstance } from '../src/exercise/instance.ts';
import { defaultScenario, stepSchema } from '../src/scenario/step.ts';

/** The parts of an instance that a test cares about, as an author would write them. */
export interface InstanceParts {
  readonly checks: readonly Readonly<Record<string, unknown>>[];
  readonly scenario?: readonly Readonly<Record<string, unknown>>[];
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly constraints?: Readonly<Record<string, unknown>>;
  readonly accepts?: ExerciseInstance['accepts'];
  /** Lie at the workstation, by path. */
  readonly workstation?: Readonly<Record<string, string>>;
  /** Applied before the submission. */
  readonly initial?: string;
  /** Further files that the scenario applies, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export function exampleInstance(parts: InstanceParts): ExerciseInstance {
  const initial: Readonly<Record<string, string>> =
    parts.initial === undefined ? {} : { 'initial.yaml': parts.initial };
  const files: Readonly<Record<string, string>> = { ...initial, ...parts.files };
  const manifests = Object.entries(files).map(([path, content]) => ({ path, content }));
  return {
    digest: 'd'.repeat(64),
    variant: 'basic',
    seed: 1,
    points: 100,
    accepts: parts.accepts ?? 'files',
    namespace: 'default',
    cluster: clusterSetupSchema.parse({
      externalHosts: [{ name: 'laptop', address: '192.0.2.10' }],
      ...parts.cluster,
      manifests: Object.keys(initial),
    }),
    constraints: constraintsSchema.parse(parts.constraints ?? {}),
    scenario: parts.scenario?.map((step) => stepSchema.parse(step)) ?? defaultScenario,
    checks: parts.checks.map((check) =>
      checkDeclarationSchema.parse({ feedback: 'Look again.', title: 'A check', ...check }),
    ),
    manifests,
    workstation: Object.entries(parts.workstation ?? {}).map(([path, content]) => ({ path, content })),
  };
}
