import type { Cluster } from '@kubedrill/cluster-sim';
import { firstDifference } from '../first-difference.ts';
import { anyCluster, problemIn, type Property } from '../property.ts';
import { idleStep, manifestSteps } from '../scenario.ts';
import { play, state, transcript, type Step } from '../step.ts';

/** So many steps are done before the fork in the middle. */
const half = (steps: readonly Step[]): number => Math.floor(steps.length / 2);

export const repetition: Property = {
  name: 'repetition',
  title: 'Two runs are the same to the byte, and no fork sees what another does',
  weight: 6,
  examine(draw, surroundings) {
    const start = anyCluster(draw, surroundings);
    const cluster = start.fork();
    const steps: Step[] = [];
    const manifests = draw.between(1, 4);
    const problem = problemIn(() => {
      for (let round = 0; round < manifests; round += 1) {
        const made = manifestSteps(draw, surroundings.schemas);
        steps.push(...made);
        for (const step of made) play(cluster, step);
        const idle = idleStep(draw, cluster);
        steps.push(idle);
        play(cluster, idle);
      }
      return differenceBetweenRuns(start, steps);
    });
    if (problem === undefined) return { manifests };
    const problemOf = (replayed: readonly Step[]): string | undefined =>
      problemIn(() => differenceBetweenRuns(start, replayed));
    return { manifests, counterexample: { problem, steps, problemOf } };
  },
};

/** Plays in one go; then half, in a fork of that the rest, and the rest once more in what was forked. */
function differenceBetweenRuns(start: Cluster, steps: readonly Step[]): string | undefined {
  const untouched = state(start);
  const whole = transcript(start.fork(), steps);
  const halted = start.fork();
  const before = steps.slice(0, half(steps)).map((step) => JSON.stringify(play(halted, step)) ?? 'nothing');
  const rest = steps.slice(half(steps));
  const fork = halted.fork();
  const [inFork, inOriginal] = [transcript(fork, rest), transcript(halted, rest)];
  if (state(start) !== untouched) return 'the cluster that was forked has changed';
  return (
    difference('a fork in the middle', whole, [...before, inFork].join('\n')) ??
    difference('the cluster that was forked in the middle', whole, [...before, inOriginal].join('\n'))
  );
}

function difference(what: string, expected: string, observed: string): string | undefined {
  if (expected === observed) return undefined;
  const [lines, others] = [expected.split('\n'), observed.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `${what} goes another way:\n  ${firstDifference(lines[at] ?? '', others[at])}`;
}
