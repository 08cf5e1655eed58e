import { describe } from '@jest/globals';
import type { GradedSubmission } from '@kubedrill/progress';
import { progressContract } from '../../progress/test/contract/progress.contract.ts';
import { digest, exerciseOf, newSubmission, noon, resultOf } from '../../submissions/test/contract/samples.ts';
import { PrismaCatalogue, PrismaInstanceStore, PrismaProgressStore, PrismaSubmissionStore } from '../src/index.ts';
import { openDatabase, register } from './temporary-database.ts';

const moduleOf = (id: string, exerciseId: string, letter: string) => ({
  id,
  title: id,
  summary: id,
  sections: [
    {
      id: `${id}-one`,
      title: 'One',
      summary: '',
      text: '',
      exercises: [exerciseOf(exerciseId, { digest: digest(letter) })],
    },
  ],
});

describe('progress in SQLite', () =>
  progressContract(async () => {
    const database = await openDatabase();
    const modules = [moduleOf('services', 'two-tier', 'a'), moduleOf('workloads', 'rollout', 'b')];
    await new PrismaCatalogue(database).publish(modules, noon);
    const submissions = new PrismaSubmissionStore(database);
    const instances = new PrismaInstanceStore(database);
    const progress = new PrismaProgressStore(database);
    const learners = new Set<string>();
    const record = async (graded: GradedSubmission): Promise<void> => {
      const { userId, exerciseId, variant, verdict, score, points, gradedAt } = graded;
      if (!learners.has(userId)) await register(database, userId);
      learners.add(userId);
      await instances.assignSeed({ userId, exerciseId, variant, proposed: 7, at: noon });
      const exerciseDigest = digest(exerciseId === 'rollout' ? 'b' : 'a');
      const submission = newSubmission(userId, { exerciseId, variant, exerciseDigest });
      await submissions.create(submission);
      await submissions.recordResult(submission.id, resultOf(points, { verdict, score }), gradedAt);
    };
    return { reader: progress, leaderboards: progress, record };
  }));
