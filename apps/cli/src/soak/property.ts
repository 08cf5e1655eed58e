import type { Cluster, ProxyMode } from '@kubedrill/cluster-sim';
import type { Draw } from './draw.ts';
import type { SchemaSource } from './api-requests.ts';
import type { Step } from './step.ts';

/** What properties share and never change: clusters to fork, the shapes of the kinds. */
export interface Surroundings {
  readonly clusters: ReadonlyMap<ProxyMode, Cluster>;
  readonly schemas: SchemaSource;
}

/** A scenario in which the property does not hold. */
export interface Counterexample {
  readonly problem: string;
  readonly steps: readonly Step[];
  /** What goes wrong with other steps, if anything: for making the scenario smaller. */
  readonly problemOf: (steps: readonly Step[]) => string | undefined;
}

export interface Examined {
  /** How many generated manifests took part. */
  readonly manifests: number;
  readonly counterexample?: Counterexample;
}

/** Something that is true of every cluster, whatever is done to it. */
export interface Property {
  readonly name: string;
  readonly title: string;
  /** How often it is tried, as a multiple of the rarest. */
  readonly weight: number;
  readonly examine: (draw: Draw, surroundings: Surroundings) => Examined;
}

/** What the examination throws is a problem like any other. */
export function problemIn(examination: () => string | undefined): string | undefined {
  try {
    return examination();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

export function anyCluster(draw: Draw, { clusters }: Surroundings): Cluster {
  return draw.pick([...clusters.values()]);
}
