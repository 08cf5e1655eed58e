import { describe } from '@jest/globals';
import { MemoryProgress } from '@kubedrill/progress';
import { progressContract } from '../contract/progress.contract.ts';

describe('progress in memory', () => {
  progressContract(() => {
    const progress = new MemoryProgress((userId) => userId.toUpperCase());
    const record = (graded: Parameters<MemoryProgress['record']>[0]): Promise<void> => {
      progress.record(graded);
      return Promise.resolve();
    };
    return Promise.resolve({ reader: progress, leaderboards: progress, record });
  });
});
