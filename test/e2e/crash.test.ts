import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Learner } from './learner.ts';
import { freePort, ServerProcess, temporaryFolder } from './server-process.ts';
import { rightFiles } from './two-tier.ts';

const inFlight = 20;
let data: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  data = temporaryFolder();
});

afterEach(() => {
  data.remove();
});

describe('a server that is killed', () => {
  it(`grades the ${inFlight} submissions that were in flight exactly once after its restart`, async () => {
    const environment = {
      DATABASE_URL: `file:${data.path}/kubedrill.db`,
      PORT: String(await freePort()),
      GRADING_CONCURRENCY: '1',
    };
    const first = await ServerProcess.api(environment);
    const ada = await Learner.register(first.url, 'ada');
    const files = Object.entries(rightFiles).map(([path, content]) => ({ path, content }));
    const accepted = await Promise.all(
      Array.from({ length: inFlight }, () => ada.submitJson({ exercise: 'two-tier', variant: 'basic', files })),
    );
    const ids = accepted.map(({ body }) => body.id);
    await first.kill();

    const second = await ServerProcess.api(environment);
    try {
      const graded = await Promise.all(ids.map((id) => ada.graded(id)));
      expect(graded.map(({ verdict }) => verdict)).toEqual(Array(inFlight).fill('passed'));
      const progress = await ada.progress();
      expect(progress.variants).toEqual([expect.objectContaining({ attempts: inFlight, points: 100 })]);
      expect((await ada.leaderboard()).items.map(({ points }) => points)).toEqual([100]);
    } finally {
      await second.stop();
    }
  }, 60_000);
});
