import type { AppliedDocument, Cluster, Evidence, Hop, Probe, Trace } from '@kubedrill/cluster-sim';
import type { CheckKindName, CheckOfKind } from './declaration.ts';

/** What a check may look at. It must not change the cluster: whoever needs that forks it. */
export interface CheckContext {
  readonly cluster: Cluster;
  /** The submission's documents with the API server's answers. */
  readonly applied: readonly AppliedDocument[];
  /** By the id of the check that asks. */
  readonly answers: ReadonlyMap<string, string>;
  /** As `cluster.trace`, and remembers when a bound of the simulation cut it short. */
  trace(probe: Probe, cluster?: Cluster): Trace;
}

/** Why a check did not pass. */
export interface Finding {
  readonly expected: string;
  readonly observed: string;
  readonly hops?: readonly Hop[];
  /** Fields that decided, the most telling first. */
  readonly evidence?: readonly Evidence[];
  /** Of a table of pairs those that differ. */
  readonly cells?: readonly CellFinding[];
}

/** Why one cell of a table is not as it should be. */
export interface CellFinding {
  readonly from: string;
  readonly to: string;
  readonly expected: string;
  readonly observed: string;
  readonly hops?: readonly Hop[];
  readonly evidence: readonly Evidence[];
}

/** Every evaluation says at least how much of the check is right, 0 to 1. */
export interface Observation {
  readonly credit: number;
}

/** One kind of check: `evaluate` is quick and runs always, `explain` may take its time and runs for failed checks only. */
interface CheckKindDefinition<K extends CheckKindName, O extends Observation> {
  readonly kind: K;
  evaluate(parameters: CheckOfKind<K>, context: CheckContext): O;
  explain(parameters: CheckOfKind<K>, observation: O, context: CheckContext): Finding;
}

export interface Evaluation {
  readonly credit: number;
  readonly explain: () => Finding;
}

export interface CheckKind<K extends CheckKindName = CheckKindName> {
  readonly kind: K;
  run(parameters: CheckOfKind<K>, context: CheckContext): Evaluation;
}

export function defineCheckKind<K extends CheckKindName, O extends Observation>(
  definition: CheckKindDefinition<K, O>,
): CheckKind<K> {
  return {
    kind: definition.kind,
    run(parameters, context) {
      const observation = definition.evaluate(parameters, context);
      return { credit: observation.credit, explain: () => definition.explain(parameters, observation, context) };
    },
  };
}
