import { setTimeout as delay } from 'node:timers/promises';
import type { ExerciseView, RegradeView } from '@kubedrill/contracts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { PlatformProcess } from './platform-process.ts';
import { storeSubmissions, type StoredAnswers } from './stored-submissions.ts';
import { SubmissionClient } from './submission-client.ts';
import { twoTierFiles } from './two-tier.ts';

const stored = 70_000;
const interval = 100;

/** Over HTTP: ordered, graded in the sandboxed processes, applied with progress and standings, taken back. */
export const regrade: Benchmark = {
  name: 'regrade',
  title: 'Stored submissions of the two-tier challenge graded anew (embedded queue)',
  async run({ count = stored }) {
    return [...(await measure(count, 'distinct')), ...(await measure(count, 'identical'))];
  },
};

/** distinct: no two answers are equal. identical: each learner sent the same answer again and again. */
async function measure(count: number, answers: StoredAnswers): Promise<readonly Measurement[]> {
  const platform = await PlatformProcess.embedded();
  const client = new SubmissionClient(platform.url, { exercise: 'two-tier', variant: 'basic', files: twoTierFiles() });
  try {
    await client.logIn();
    await client.submitAndWait();
    storeSubmissions(platform.databaseFile, count, answers);
    const { version } = await client.ask<ExerciseView>('GET', '/api/v1/exercises/two-tier');
    const order = { exercise: 'two-tier', fromVersion: version, toVersion: version };
    const { id } = await client.ask<RegradeView>('POST', '/api/v1/regrades', order);
    const graded = await rate(client, id, 'preview');
    await client.ask('POST', `/api/v1/regrades/${id}/apply`);
    const applied = await rate(client, id, 'applied');
    await client.ask('POST', `/api/v1/regrades/${id}/undo`);
    const undone = await rate(client, id, 'undone');
    return [
      { what: `${count} ${answers} answers: graded anew`, value: graded, unit: '1/s' },
      { what: `${count} ${answers} answers: applied`, value: applied, unit: '1/s' },
      { what: `${count} ${answers} answers: taken back`, value: undone, unit: '1/s' },
    ];
  } finally {
    client.close();
    await platform.stop();
  }
}

/** Submissions a second until the regrade is in this status. */
async function rate(client: SubmissionClient, id: string, status: RegradeView['status']): Promise<number> {
  const start = performance.now();
  for (;;) {
    const regrade = await client.ask<RegradeView>('GET', `/api/v1/regrades/${id}`);
    const { counts } = regrade;
    if (counts.faulted > 0) throw new Error('submissions could not be graded anew');
    if (regrade.status === status) return (counts.done / (performance.now() - start)) * 1_000;
    await delay(interval);
  }
}
