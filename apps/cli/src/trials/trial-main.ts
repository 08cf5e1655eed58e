/** Runs in each process of `content test` and `content mutate`: a part of the work for each message, from content that is read once. */
import { mutateVariant, selfTestVariant, type MutationReport, type SelfTestReport } from '@kubedrill/content';
import { kubeDocuments } from '@kubedrill/kube-api';
import { findExercise, moduleOf, readContent } from '../content-root.ts';
import type { TrialAnswer, TrialJob } from './trial-job.ts';

const content = readContent(process.argv[2]);

process.on('message', (job: TrialJob) => {
  process.send?.(answerOf(job));
});
process.on('disconnect', () => process.exit());

function answerOf(job: TrialJob): TrialAnswer {
  try {
    return { kind: 'report', report: reportOf(job) };
  } catch (error) {
    return { kind: 'fault', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function reportOf(job: TrialJob): SelfTestReport | MutationReport {
  const authored = findExercise(content, job.exercise);
  switch (job.kind) {
    case 'test':
      return selfTestVariant(authored, job.variant, job.seeds, kubeDocuments);
    case 'mutate': {
      const end = performance.now() + job.time;
      const bounds = { mutants: job.mutants, isTimeUp: () => performance.now() > end, serve: kubeDocuments };
      return mutateVariant(authored, moduleOf(content, authored), job, bounds);
    }
  }
}
