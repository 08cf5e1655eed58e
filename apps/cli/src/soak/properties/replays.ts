import { RecordedCluster, replay, type Cluster, type JournalEntry } from '@kubedrill/cluster-sim';
import type { Draw } from '../draw.ts';
import { firstDifference } from '../first-difference.ts';
import { anyCluster, problemIn, type Property } from '../property.ts';
import { idleStep, manifestSteps } from '../scenario.ts';
import { play, state, type Step } from '../step.ts';

export const replays: Property = {
  name: 'replays',
  title: 'The journal of a cluster makes the same cluster again, however time was cut into pieces',
  weight: 6,
  examine(draw, surroundings) {
    const start = anyCluster(draw, surroundings);
    const cluster = start.fork();
    const steps: Step[] = [];
    const manifests = draw.between(1, 4);
    const problem = problemIn(() => {
      for (let round = 0; round < manifests; round += 1) {
        const made = [...manifestSteps(draw, surroundings.schemas), idleStep(draw, cluster), pause(draw)];
        steps.push(...made);
        for (const step of made) play(cluster, step);
      }
      return differenceFromReplay(start, steps);
    });
    if (problem === undefined) return { manifests };
    const problemOf = (replayed: readonly Step[]): string | undefined =>
      problemIn(() => differenceFromReplay(start, replayed));
    return { manifests, counterexample: { problem, steps, problemOf } };
  },
};

const pause = (draw: Draw): Step => ({ do: 'advance', milliseconds: draw.pick([1, 20, 999, 3_000, 47_000]) });

/** Whole seconds hide nothing: pieces of time end anywhere. */
const piece = 617;

function differenceFromReplay(start: Cluster, steps: readonly Step[]): string | undefined {
  const journal: JournalEntry[] = [];
  const original = start.fork();
  const recorded = new RecordedCluster(original, { hasRoom: true, append: (entry) => journal.push(entry) });
  // What comes over the wire is JSON: without numbers that are none.
  for (const step of JSON.parse(JSON.stringify(steps)) as readonly Step[]) {
    if (step.do !== 'advance') play(recorded, step);
    else for (let left = step.milliseconds; left > 0; left -= piece) recorded.advance(Math.min(left, piece));
  }
  const again = start.fork();
  // As it is kept: as text.
  for (const entry of journal) replay(again, JSON.parse(JSON.stringify(entry)) as JournalEntry);
  again.advance(original.clock.now() - again.clock.now());
  original.advance(0);
  const [before, after] = [state(original).split('\n'), state(again).split('\n')];
  const at = before.findIndex((line, index) => line !== after[index]);
  if (at < 0 && before.length === after.length) return undefined;
  return `the replay goes another way:\n  ${firstDifference(before[at] ?? '', after[at])}`;
}
