import { describe, expect, it } from '@jest/globals';
import {
  contentBounds,
  type SubmissionContent,
  type SubmissionRequest,
  type SubmitOutcome,
} from '@kubedrill/submissions';
import { digest, manifest } from './contract/samples.ts';
import { openPlatform } from './platform.ts';

const files = (...contents: string[]): SubmissionContent => ({
  kind: 'files',
  files: contents.map((content, index) => ({ path: `${index}.yaml`, content })),
});

describe('submitting', () => {
  it('stores, queues and says so', async () => {
    const { submit, store, queue } = await openPlatform();
    const outcome = await submit();
    expect(outcome).toMatchObject({
      kind: 'accepted',
      submission: { status: 'queued', exerciseDigest: digest('a'), seed: 100, variant: 'basic' },
    });
    const [job] = queue.jobs;
    expect(job).toMatchObject({
      exercise: { id: 'two-tier' },
      exerciseDigest: digest('a'),
      seed: 100,
      content: manifest,
    });
    expect(await store.find(job?.id ?? '')).toMatchObject({ status: 'queued' });
  });

  it('gives every attempt of a learner at a variant the same seed', async () => {
    const { submit, service } = await openPlatform();
    const seed = await service.seedOf('ada', 'two-tier', 'basic');
    const seeds = [await submit(), await submit(), await submit({ userId: 'ben' })].map(
      (outcome) => 'submission' in outcome && outcome.submission.seed,
    );
    expect(seeds.slice(0, 2)).toEqual([seed, seed]);
    expect(seeds[2]).not.toBe(seed);
  });

  it.each<[string, Partial<SubmissionRequest>, SubmitOutcome['kind']]>([
    ['an unknown exercise', { exerciseId: 'nothing' }, 'unknownExercise'],
    ['a name of a prototype', { exerciseId: 'constructor' }, 'unknownExercise'],
    ['an unknown variant', { variant: 'extreme' }, 'unknownVariant'],
    ['answers where files are asked for', { content: { kind: 'answers', answers: { a: '1' } } }, 'invalidContent'],
    ['no file', { content: files() }, 'invalidContent'],
    ['too many files', { content: files(...Array<string>(contentBounds.files + 1).fill('')) }, 'invalidContent'],
    ['a long file', { content: files('x'.repeat(contentBounds.fileLength + 1)) }, 'invalidContent'],
    [
      'long files',
      { content: files(...Array<string>(3).fill('x'.repeat(contentBounds.fileLength))) },
      'invalidContent',
    ],
    [
      'too many answers',
      {
        exerciseId: 'guess',
        content: {
          kind: 'answers',
          answers: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`${index}`, ''])),
        },
      },
      'invalidContent',
    ],
  ])('refuses %s and stores nothing', async (_, request, kind) => {
    const { submit, store, queue } = await openPlatform();
    expect((await submit(request)).kind).toBe(kind);
    expect((await store.list({ userId: 'ada', limit: 10 })).items).toEqual([]);
    expect(queue.jobs).toEqual([]);
  });

  it('queues a repeated request once', async () => {
    const { submit, queue } = await openPlatform();
    const first = await submit({ idempotencyKey: 'k' });
    const again = await submit({ idempotencyKey: 'k' });
    expect([first.kind, again.kind]).toEqual(['accepted', 'existing']);
    expect(queue.jobs).toHaveLength(1);
    expect((await submit({ idempotencyKey: 'k', content: files('other') })).kind).toBe('keyReused');
  });

  it('accepts while the queue is down', async () => {
    const { submit, store, queue, trouble } = await openPlatform();
    queue.down = true;
    const outcome = await submit();
    expect(outcome).toMatchObject({ kind: 'accepted', submission: { status: 'submitted' } });
    expect(trouble).toHaveLength(1);
    expect((await store.unfinished({ statuses: ['submitted'], limit: 10 })).items).toHaveLength(1);
  });
});
