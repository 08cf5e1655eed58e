import { contentOf, instantiate, resolveVariant, solutionsOf } from '@kubedrill/content';
import { gradeSubmission, prepareInstance } from '@kubedrill/grader';
import { parseManifests, type ManifestFile } from '@kubedrill/kube-model';
import { loadAll } from 'js-yaml';
import { findExercise, readContent } from '../content-root.ts';
import { medianTime, type Benchmark } from './benchmark.ts';

const seed = 1;
/** V8 goes on improving the code of a grading for some thousands of rounds. */
const repetitions = { warmUp: 6_000, runs: 500 };

/** The reference solution of the basic variant, as a learner hands it in. */
export function twoTierFiles(): readonly ManifestFile[] {
  const authored = findExercise(readContent(), 'two-tier');
  const resolution = resolveVariant(authored.exercise, 'basic', seed);
  if (!resolution.ok) throw new Error('the two-tier challenge does not resolve');
  const [solution] = solutionsOf(authored, 'basic');
  const content = contentOf(solution?.files ?? [], 'files', resolution.resolved.values);
  return content.kind === 'files' ? content.files : [];
}

/** Graded warm and in process. */
export const twoTier: Benchmark = {
  name: 'two-tier',
  title: 'Grading the two-tier solution, warm, in process (median)',
  run() {
    const files = twoTierFiles();
    const { exercise } = findExercise(readContent(), 'two-tier');
    const prepared = prepareInstance(instantiate(exercise, 'basic', seed));

    const bare = medianTime(() => files.forEach((file) => loadAll(file.content)), repetitions);
    const parse = medianTime(() => parseManifests(files), repetitions);
    const settled = medianTime(() => {
      const cluster = prepared.baseline.fork();
      cluster.apply(parseManifests(files).documents);
      cluster.settle();
    }, repetitions);
    const total = medianTime(() => gradeSubmission(prepared, { kind: 'files', files }), repetitions);
    return [
      { what: 'total', value: total, unit: 'ms' },
      { what: 'parse', value: parse, unit: 'ms' },
      { what: 'apply and settle', value: settled - parse, unit: 'ms' },
      { what: 'checks, feedback and receipt', value: total - settled, unit: 'ms' },
      { what: "js-yaml's bare parse of the same files", value: bare, unit: 'ms' },
      { what: "total as a multiple of js-yaml's bare parse", value: total / bare, unit: 'x' },
    ];
  },
};
