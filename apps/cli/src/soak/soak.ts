import { createKindRegistry } from '@kubedrill/cluster-sim';
import { Draw } from './draw.ts';
import { answers } from './properties/answers.ts';
import { chance } from './properties/chance.ts';
import { order } from './properties/order.ts';
import { repetition } from './properties/repetition.ts';
import { replays } from './properties/replays.ts';
import type { Counterexample, Property, Surroundings } from './property.ts';
import { shrunk } from './shrink.ts';
import { startingClusters } from './starting-clusters.ts';

export const properties: readonly Property[] = [answers, repetition, replays, order, chance];

/** Each property as often as it weighs; a case's number picks the turn. */
function turnsOf(names: readonly string[]): readonly Property[] {
  const chosen = properties.filter(({ name }) => names.length === 0 || names.includes(name));
  return chosen.flatMap((property) => Array.from({ length: property.weight }, () => property));
}

export interface SoakOptions {
  readonly seed: number;
  /** Stops after so many manifests. */
  readonly manifests: number;
  /** Stops after so many failures. */
  readonly maxFailures: number;
  /** The number of the first case, from 0. */
  readonly first: number;
  /** Names of the properties that are tried; none: all. */
  readonly names: readonly string[];
  readonly onFailure: (failure: Failure) => void;
}

export interface Failure extends Pick<Counterexample, 'problem' | 'steps'> {
  readonly property: Property;
  /** Of the case: with the seed it names the case. */
  readonly number: number;
}

export interface PropertyCount {
  readonly property: Property;
  cases: number;
  manifests: number;
  failures: number;
}

/** Tries the properties in turn on generated clusters until there were so many manifests. */
export function soak({ seed, manifests, maxFailures, first, names, onFailure }: SoakOptions): readonly PropertyCount[] {
  const surroundings: Surroundings = {
    clusters: startingClusters(),
    schemas: createKindRegistry({ nodePortRange: { from: 30000, to: 32767 } }),
  };
  const counts = properties.map((property): PropertyCount => ({ property, cases: 0, manifests: 0, failures: 0 }));
  const turns = turnsOf(names);
  let [done, failed] = [0, 0];
  for (let number = first; done < manifests && failed < maxFailures; number += 1) {
    const property = turns[number % turns.length];
    const count = counts.find((one) => one.property === property);
    if (!property || !count) throw new Error('no property is tried');
    const examined = property.examine(new Draw(seed, number), surroundings);
    count.cases += 1;
    count.manifests += examined.manifests;
    done += examined.manifests;
    if (!examined.counterexample) continue;
    count.failures += 1;
    failed += 1;
    onFailure({ property, number, ...shrunk(examined.counterexample) });
  }
  return counts;
}
