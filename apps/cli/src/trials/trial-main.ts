/** Runs in each process of `content test`: a part of the self-test for each message, from content that is read once. */
import { selfTestVariant } from '@kubedrill/content';
import { kubeDocuments } from '@kubedrill/kube-api';
import { findExercise, readContent } from '../content-root.ts';
import type { TrialAnswer, TrialJob } from './trial-job.ts';

const content = readContent(process.argv[2]);

process.on('message', ({ exercise, variant, seeds }: TrialJob) => {
  process.send?.(answerOf(() => selfTestVariant(findExercise(content, exercise), variant, seeds, kubeDocuments)));
});
process.on('disconnect', () => process.exit());

function answerOf(trial: () => ReturnType<typeof selfTestVariant>): TrialAnswer {
  try {
    return { kind: 'report', report: trial() };
  } catch (error) {
    return { kind: 'fault', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
