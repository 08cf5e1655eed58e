import type { Cluster, Probe, TracedOutcome } from '@kubedrill/cluster-sim';
import type { Kind } from '@kubedrill/kube-model';
import { isPlausible } from '../../conformance/dataplane/goodness-of-fit.ts';
import { probe } from '../network-questions.ts';
import { anyCluster, problemIn, type Property } from '../property.ts';
import { soundObject } from '../sound/sound-object.ts';
import { manifestText } from '../manifest-text.ts';
import { play, type Step } from '../step.ts';
import { addUpToOne } from './probabilities.ts';

const furtherKinds = ['NetworkPolicy', 'DaemonSet', 'Pod', 'EndpointSlice'] as const;
const draws = 150;
const probes = 6;
/** So rare that among some ten thousand probes it happens to none by chance. */
const significance = 1e-9;

export const chance: Property = {
  name: 'chance',
  title: 'The probabilities of a trace add up to 1, and connections fall as it says, in every proxy mode',
  weight: 1,
  examine(draw, surroundings) {
    const start = anyCluster(draw, surroundings);
    const cluster = start.fork();
    const kinds: readonly Kind[] = ['Deployment', 'Service', 'Service', draw.pick(furtherKinds)];
    const steps: Step[] = [
      ...kinds.map((kind): Step => ({ do: 'apply', text: manifestText(soundObject(draw, kind), 0) })),
      { do: 'settle' },
    ];
    const problem = problemIn(() => {
      for (const step of steps) play(cluster, step);
      for (let number = 0; number < probes; number += 1) steps.push({ do: 'trace', probe: probe(draw, cluster) });
      return implausible(cluster, steps);
    });
    if (problem === undefined) return { manifests: kinds.length };
    const problemOf = (replayed: readonly Step[]): string | undefined =>
      problemIn(() => {
        const fork = start.fork();
        for (const step of replayed) if (step.do !== 'trace') play(fork, step);
        return implausible(fork, replayed);
      });
    return { manifests: kinds.length, counterexample: { problem, steps, problemOf } };
  },
};

function implausible(cluster: Cluster, steps: readonly Step[]): string | undefined {
  return steps.map((step) => (step.do === 'trace' ? implausibleProbe(cluster, step.probe) : undefined)).find(Boolean);
}

function implausibleProbe(cluster: Cluster, asked: Probe): string | undefined {
  const { outcomes } = cluster.trace(asked);
  if (!addUpToOne(outcomes)) return `the probabilities do not add up to 1: ${JSON.stringify(outcomes)}`;
  const counts = new Map<string, number>();
  for (let seed = 1; seed <= draws; seed += 1) {
    const drawn = identity(cluster.fork(seed).connect(asked));
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  const expected = new Map<string, number>();
  for (const outcome of outcomes) {
    const { numerator, denominator } = outcome.probability;
    expected.set(identity(outcome), (expected.get(identity(outcome)) ?? 0) + numerator / denominator);
  }
  const drawn = [...new Set([...counts.keys(), ...expected.keys()])];
  const categories = drawn.map((key) => ({ count: counts.get(key) ?? 0, probability: expected.get(key) ?? 0 }));
  if (isPlausible(categories, significance)) return undefined;
  const lines = drawn.map(
    (key) => `  ${counts.get(key) ?? 0} of ${draws} where ${expected.get(key) ?? 0} is expected: ${key}`,
  );
  return `connections do not fall as the trace says:\n${lines.join('\n')}`;
}

function identity({ outcome }: TracedOutcome): string {
  return JSON.stringify(outcome);
}
