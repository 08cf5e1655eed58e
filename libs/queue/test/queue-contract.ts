import { afterEach, describe, expect, it } from '@jest/globals';
import type {
  GradingJob,
  GradingListener,
  GradingOutcome,
  GradingQueue,
  GradingWorker,
  Job,
  JobOutcome,
} from '@kubedrill/submissions';
import type { RetryPolicy } from '../src/index.ts';

export interface QueueUnderTest {
  readonly queue: GradingQueue;
  readonly worker: GradingWorker;
}

export type OpenQueue = (options: {
  readonly concurrency: number;
  readonly retry: Partial<RetryPolicy>;
}) => Promise<QueueUnderTest>;

export const QUICK_RETRY: Partial<RetryPolicy> = {
  jobAttempts: 3,
  firstDelayMilliseconds: 10,
  longestDelayMilliseconds: 40,
};

export function job(id: string): GradingJob {
  return {
    id,
    kind: 'grading',
    exerciseDigest: 'digest',
    exercise: { id: 'exercise', checks: [] },
    variant: 'basic',
    seed: 7,
    content: { kind: 'files', files: [{ path: 'web.yaml', content: 'kind: Service\n' }] },
  };
}

export function graded(id: string): GradingOutcome {
  return {
    kind: 'graded',
    result: {
      verdict: 'passed',
      score: 1,
      points: 10,
      maxPoints: 10,
      checks: [],
      messages: [],
      receipt: { engine: 'e', exercise: 'x', variant: 'basic', seed: 7, submission: id, result: 'r' },
    },
  };
}

/** Remembers what it hears, and can be waited on. */
export class Recorder implements GradingListener {
  readonly startedIds: string[] = [];
  readonly outcomes: { readonly id: string; readonly outcome: JobOutcome }[] = [];
  /** Rejects the first so many outcomes. */
  rejections = 0;

  async started(id: string): Promise<void> {
    this.startedIds.push(id);
  }

  async finished(id: string, outcome: JobOutcome): Promise<void> {
    if (this.rejections-- > 0) throw new Error('the database is busy');
    this.outcomes.push({ id, outcome });
  }

  async heard(count: number): Promise<void> {
    await until(() => this.outcomes.length >= count, `${count} outcomes`);
  }
}

export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A promise to be settled by hand. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** What every driver promises, whatever carries the jobs. */
export function describeGradingQueue(driver: string, openQueue: OpenQueue): void {
  describe(`the grading queue, ${driver}`, () => {
    let ends: (() => Promise<void>)[] = [];

    async function open(concurrency = 2, retry = QUICK_RETRY): Promise<QueueUnderTest> {
      const opened = await openQueue({ concurrency, retry });
      ends.push(
        () => opened.worker.close(),
        () => opened.queue.close(),
      );
      return opened;
    }

    afterEach(async () => {
      for (const end of ends) await end();
      ends = [];
    });

    it('brings each job to the handler as it was and each outcome to the listener', async () => {
      const { queue, worker } = await open();
      const recorder = new Recorder();
      const handled: Job[] = [];
      await queue.listen(recorder);
      await worker.start(async (taken) => {
        handled.push(taken);
        return graded(taken.id);
      });
      for (const id of ['s1', 's2', 's3']) await queue.enqueue(job(id));
      await recorder.heard(3);
      expect(handled.sort((a, b) => a.id.localeCompare(b.id))).toEqual(['s1', 's2', 's3'].map(job));
      expect(recorder.outcomes.map(({ id }) => id).sort()).toEqual(['s1', 's2', 's3']);
      expect(recorder.outcomes.find(({ id }) => id === 's2')?.outcome).toEqual(graded('s2'));
      await until(() => recorder.startedIds.length === 3, 'three starts');
      await until(async () => (await queue.depth()) === 0, 'an empty queue');
    });

    it('takes jobs that came before worker and listener', async () => {
      const { queue, worker } = await open();
      await queue.enqueue(job('early'));
      expect(await queue.depth()).toBe(1);
      await worker.start(async ({ id }) => graded(id));
      await until(async () => (await queue.depth()) === 0, 'the job to be done');
      const recorder = new Recorder();
      await queue.listen(recorder);
      await recorder.heard(1);
    });

    it('changes nothing for an id that waits or runs, and takes it again when it is done', async () => {
      const { queue, worker } = await open(1);
      const recorder = new Recorder();
      const hold = gate();
      let runs = 0;
      await queue.listen(recorder);
      await queue.enqueue(job('same'));
      await queue.enqueue(job('same'));
      await worker.start(async ({ id }) => {
        runs++;
        await hold.opened;
        return graded(id);
      });
      await until(() => runs === 1, 'the job to run');
      await queue.enqueue(job('same'));
      hold.open();
      await recorder.heard(1);
      await until(async () => (await queue.depth()) === 0, 'an empty queue');
      expect(runs).toBe(1);
      await queue.enqueue(job('same'));
      await recorder.heard(2);
      expect(runs).toBe(2);
    });

    it('keeps to its concurrency and to the order of arrival', async () => {
      const { queue, worker } = await open(2);
      const recorder = new Recorder();
      const order: string[] = [];
      let running = 0;
      let most = 0;
      const ids = Array.from({ length: 12 }, (_, index) => `n${index}`);
      for (const id of ids) await queue.enqueue(job(id));
      await queue.listen(recorder);
      await worker.start(async ({ id }) => {
        order.push(id);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
        return graded(id);
      });
      await recorder.heard(ids.length);
      expect(order).toEqual(ids);
      expect(most).toBe(2);
    });

    it('tries again when the handler throws', async () => {
      const { queue, worker } = await open();
      const recorder = new Recorder();
      let tries = 0;
      await queue.listen(recorder);
      await worker.start(async ({ id }) => {
        if (++tries < 3) throw new Error('the sandbox did not start');
        return graded(id);
      });
      await queue.enqueue(job('flaky'));
      await recorder.heard(1);
      expect(tries).toBe(3);
      expect(recorder.outcomes[0]?.outcome.kind).toBe('graded');
    });

    it('ends as a fault when the handler throws each time, and lets the others through', async () => {
      const { queue, worker } = await open();
      const recorder = new Recorder();
      await queue.listen(recorder);
      await worker.start(async ({ id }) => {
        if (id === 'broken') throw new Error('no such module');
        return graded(id);
      });
      for (const id of ['broken', 'fine']) await queue.enqueue(job(id));
      await recorder.heard(2);
      expect(recorder.outcomes).toContainEqual({
        id: 'broken',
        outcome: { kind: 'fault', message: 'Error: no such module' },
      });
      expect(recorder.outcomes).toContainEqual({ id: 'fine', outcome: graded('fine') });
    });

    it('tells an outcome again until the listener resolves', async () => {
      const { queue, worker } = await open();
      const recorder = new Recorder();
      recorder.rejections = 3;
      let runs = 0;
      await queue.listen(recorder);
      await worker.start(async ({ id }) => {
        runs++;
        return graded(id);
      });
      await queue.enqueue(job('stubborn'));
      await recorder.heard(1);
      expect(recorder.outcomes).toEqual([{ id: 'stubborn', outcome: graded('stubborn') }]);
      expect(runs).toBe(1);
    });

    it('lets running jobs end when the worker closes', async () => {
      const { queue, worker } = await open(1);
      const recorder = new Recorder();
      const hold = gate();
      let runs = 0;
      await queue.listen(recorder);
      await worker.start(async ({ id }) => {
        runs++;
        await hold.opened;
        return graded(id);
      });
      await queue.enqueue(job('last'));
      await until(() => runs === 1, 'the job to run');
      const closed = worker.close();
      hold.open();
      await closed;
      await recorder.heard(1);
      expect(recorder.outcomes.map(({ id }) => id)).toEqual(['last']);
    });

    it('says that it is ready', async () => {
      const { queue } = await open();
      expect(await queue.isReady()).toBe(true);
    });
  });
}
