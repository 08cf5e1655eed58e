import { describe, expect, it } from '@jest/globals';
import type { NewSubmission, SubmissionPosition, SubmissionStore } from '@kubedrill/submissions';
import { digest, later, manifest, newSubmission, nextId, noon, resultOf } from './samples.ts';

/**
 * `open` gives a new store that knows the samples' course, the learners 'ada' and 'ben', and their instances.
 */
export function submissionStoreContract(open: () => Promise<SubmissionStore>): void {
  async function stored(store: SubmissionStore, part: Partial<NewSubmission> = {}, userId = 'ada') {
    const outcome = await store.create(newSubmission(userId, part));
    if (outcome.kind !== 'created') throw new Error(`${outcome.kind} instead of created`);
    return outcome.submission;
  }

  describe('creating', () => {
    it('stores what is sent', async () => {
      const store = await open();
      const created = newSubmission('ada');
      const expected = { ...created, status: 'submitted' };
      expect(await store.create(created)).toEqual({ kind: 'created', submission: expected });
      expect(await store.find(created.id)).toEqual(expected);
      expect(await store.find(nextId())).toBeUndefined();
    });

    it('keeps every character', async () => {
      const store = await open();
      const content = 'a\u0000b\r\n\t\u202e\u{1f600}\ud800 "\\u0041"';
      const { id } = await stored(store, { content: { kind: 'files', files: [{ path: 'a.yaml', content }] } });
      expect((await store.find(id))?.content).toEqual({ kind: 'files', files: [{ path: 'a.yaml', content }] });
    });

    it('makes one submission of one idempotency key', async () => {
      const store = await open();
      const first = await stored(store, { idempotencyKey: 'k' });
      const again = await store.create(newSubmission('ada', { idempotencyKey: 'k', createdAt: later(9), seed: 5 }));
      expect(again).toEqual({ kind: 'existing', submission: first });
    });

    it('does not mind the order of answers', async () => {
      const store = await open();
      const answers = (order: string[]) => ({
        kind: 'answers' as const,
        answers: Object.fromEntries(order.map((key) => [key, 'x'])),
      });
      await stored(store, { idempotencyKey: 'k', content: answers(['a', 'b']) });
      const again = await store.create(newSubmission('ada', { idempotencyKey: 'k', content: answers(['b', 'a']) }));
      expect(again.kind).toBe('existing');
    });

    it.each<[string, Partial<NewSubmission>]>([
      ['content', { content: { kind: 'files', files: [{ path: 'api.yaml', content: 'kind: Pod\n' }] } }],
      ['file name', { content: { kind: 'files', files: [{ path: 'b.yaml', content: 'kind: Service\n' }] } }],
      ['kind of content', { content: { kind: 'commands', commands: ['kubectl get svc'] } }],
      ['variant', { variant: 'hard' }],
    ])('refuses a key that was used for another %s', async (_, change) => {
      const store = await open();
      await stored(store, { idempotencyKey: 'k' });
      expect(await store.create(newSubmission('ada', { idempotencyKey: 'k', ...change }))).toEqual({
        kind: 'conflict',
      });
    });

    it('keeps the keys of two learners apart, and submissions without a key', async () => {
      const store = await open();
      await stored(store, { idempotencyKey: 'k' });
      await stored(store, { idempotencyKey: 'k' }, 'ben');
      await stored(store);
      await stored(store);
      expect((await store.list({ userId: 'ada', limit: 10 })).items).toHaveLength(3);
    });

    it('makes one of 50 parallel requests with one key', async () => {
      const store = await open();
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => store.create(newSubmission('ada', { idempotencyKey: 'k' }))),
      );
      const ids = outcomes.map((outcome) => (outcome.kind === 'conflict' ? 'conflict' : outcome.submission.id));
      expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
      expect(new Set(ids).size).toBe(1);
    });
  });

  describe('moving on', () => {
    it('goes from submitted to queued to running', async () => {
      const store = await open();
      const { id } = await stored(store);
      for (const status of ['queued', 'running'] as const) {
        expect(await store.markStatus(id, status, later(1))).toBe(true);
        expect((await store.find(id))?.status).toBe(status);
      }
    });

    it('does not go back to queued when the worker was faster', async () => {
      const store = await open();
      const { id } = await stored(store);
      await store.markStatus(id, 'running', later(1));
      expect(await store.markStatus(id, 'queued', later(2))).toBe(false);
      expect((await store.find(id))?.status).toBe('running');
    });

    it('tells whose it is, how far it is, and since when', async () => {
      const store = await open();
      const { id } = await stored(store);
      const expectState = async (status: string, changedAt: Date) =>
        expect(await store.findState(id)).toEqual({ userId: 'ada', status, changedAt });
      await expectState('submitted', noon);
      await store.markStatus(id, 'queued', later(1));
      await expectState('queued', later(1));
      await store.recordFault(id, 'x', later(2));
      await expectState('faulted', later(2));
      await store.recordResult(id, resultOf(100), later(3));
      await expectState('graded', later(3));
      expect(await store.findState(nextId())).toBeUndefined();
    });

    it('stays graded for good', async () => {
      const store = await open();
      const { id } = await stored(store);
      await store.recordResult(id, resultOf(100), later(1));
      for (const status of ['submitted', 'queued', 'running'] as const) {
        expect(await store.markStatus(id, status, later(2))).toBe(false);
      }
      expect(await store.recordFault(id, 'too late', later(2))).toBe(false);
      expect((await store.find(id))?.status).toBe('graded');
    });

    it('does not move what is not stored', async () => {
      const store = await open();
      expect(await store.markStatus(nextId(), 'queued', noon)).toBe(false);
      expect(await store.recordFault(nextId(), 'x', noon)).toBe(false);
      expect(await store.recordResult(nextId(), resultOf(1), noon)).toBe('unknown');
    });

    it('keeps a fault until the retry', async () => {
      const store = await open();
      const { id } = await stored(store);
      expect(await store.recordFault(id, 'the sandbox did not start', later(1))).toBe(true);
      expect(await store.recordFault(id, 'again', later(2))).toBe(false);
      expect(await store.find(id)).toMatchObject({ status: 'faulted', fault: 'the sandbox did not start' });
      expect(await store.markStatus(id, 'submitted', later(3))).toBe(true);
      expect(await store.find(id)).not.toHaveProperty('fault');
    });
  });

  describe('recording a result', () => {
    it('keeps the result as it came', async () => {
      const store = await open();
      const { id } = await stored(store);
      const result = resultOf(75);
      expect(await store.recordResult(id, result, later(5))).toBe('recorded');
      const found = await store.find(id);
      expect(found).toMatchObject({ status: 'graded', gradedAt: later(5) });
      expect(JSON.stringify(found?.result)).toBe(JSON.stringify(result));
    });

    it('ignores a second result', async () => {
      const store = await open();
      const { id } = await stored(store);
      await store.recordResult(id, resultOf(75), later(5));
      expect(await store.recordResult(id, resultOf(100), later(6))).toBe('alreadyGraded');
      expect((await store.find(id))?.result?.points).toBe(75);
    });

    it('grades what had faulted, if the result comes late', async () => {
      const store = await open();
      const { id } = await stored(store);
      await store.recordFault(id, 'no answer', later(1));
      expect(await store.recordResult(id, resultOf(75), later(5))).toBe('recorded');
      expect(await store.find(id)).not.toHaveProperty('fault');
    });

    it('takes a result without checks', async () => {
      const store = await open();
      const { id } = await stored(store);
      await store.recordResult(id, resultOf(0, { verdict: 'rejected', checks: [] }), later(5));
      expect((await store.find(id))?.result?.verdict).toBe('rejected');
    });

    it('records one of 50 parallel results of one submission', async () => {
      const store = await open();
      const { id } = await stored(store);
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, index) => store.recordResult(id, resultOf(index), later(index))),
      );
      expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'alreadyGraded')).toHaveLength(49);
    });
  });

  describe('listing', () => {
    it('gives the newest first, of one learner and exercise', async () => {
      const store = await open();
      const old = await stored(store);
      const young = await stored(store, { createdAt: later(1) });
      const other = await stored(store, { createdAt: later(2), exerciseId: 'guess', exerciseDigest: digest('b') });
      await stored(store, {}, 'ben');
      await store.recordResult(old.id, resultOf(75), later(5));
      const ids = async (exerciseId?: string) =>
        (await store.list({ userId: 'ada', ...(exerciseId && { exerciseId }), limit: 10 })).items.map(({ id }) => id);
      expect(await ids()).toEqual([other.id, young.id, old.id]);
      expect(await ids('two-tier')).toEqual([young.id, old.id]);
      const { items } = await store.list({ userId: 'ada', exerciseId: 'two-tier', limit: 10 });
      expect(items[1]).toEqual({
        id: old.id,
        userId: 'ada',
        exerciseId: 'two-tier',
        exerciseDigest: old.exerciseDigest,
        variant: 'basic',
        seed: old.seed,
        status: 'graded',
        createdAt: noon,
        gradedAt: later(5),
        verdict: 'partial',
        score: 0.75,
        points: 75,
      });
    });

    it('pages without a gap or a repetition, also within one instant', async () => {
      const store = await open();
      const ids: string[] = [];
      for (let index = 0; index < 11; index++) {
        ids.unshift((await stored(store, { createdAt: later(Math.floor(index / 4)), content: manifest })).id);
      }
      const paged: string[] = [];
      let after: SubmissionPosition | undefined;
      do {
        const page = await store.list({ userId: 'ada', limit: 3, ...(after && { after }) });
        paged.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== undefined);
      expect(paged).toEqual(ids);
    });
  });

  it('finds what is unfinished, oldest first', async () => {
    const store = await open();
    const submitted = await stored(store, { createdAt: later(3) });
    const running = await stored(store, { createdAt: later(1) });
    const faulted = await stored(store, { createdAt: later(2) });
    const graded = await stored(store);
    await store.markStatus(running.id, 'running', later(10));
    await store.recordFault(faulted.id, 'x', later(20));
    await store.recordResult(graded.id, resultOf(1), later(5));
    const all = ['submitted', 'queued', 'running', 'faulted'] as const;
    const ids = async (filter: Partial<Parameters<SubmissionStore['unfinished']>[0]>) =>
      (await store.unfinished({ statuses: all, limit: 10, ...filter })).items.map(({ id }) => id);
    expect(await ids({})).toEqual([running.id, faulted.id, submitted.id]);
    expect(await ids({ statuses: ['running', 'queued'] })).toEqual([running.id]);
    expect(await ids({ unchangedSince: later(10) })).toEqual([running.id, submitted.id]);
    expect(await ids({ unchangedSince: noon })).toEqual([]);
    const first = await store.unfinished({ statuses: all, limit: 2 });
    expect(first.next).toEqual({ id: faulted.id, createdAt: later(2) });
    expect(await ids({ after: { id: faulted.id, createdAt: later(2) } })).toEqual([submitted.id]);
  });
}
