import { describe, expect, it } from '@jest/globals';
import type { NewSandbox, SandboxStore } from '@kubedrill/submissions';
import { digest, later, nextId, noon } from './samples.ts';

function newSandbox(userId: string, part: Partial<NewSandbox> = {}): NewSandbox {
  return {
    ...{ id: nextId(), userId, nodes: 3, proxyMode: 'nftables', seed: 4_294_967_295, speed: 1 },
    ...{ startedAt: noon, createdAt: noon, lastUsedAt: noon, expiresAt: later(1_000), tokenDigest: digest('c') },
    ...part,
  };
}

/** `open` gives a new store that knows the learners 'ada' and 'ben'. */
export function sandboxStoreContract(open: () => Promise<SandboxStore>): void {
  describe('sandboxes', () => {
    it('are found as they were made, with and without an exercise', async () => {
      const store = await open();
      const exercise = { id: 'two-tier', variant: 'basic', digest: digest('a'), seed: 4_000_000_000 };
      const [bare, pinned] = [newSandbox('ada'), newSandbox('ada', { exercise, createdAt: later(1) })];
      for (const sandbox of [pinned, bare]) expect(await store.create(sandbox, 9)).toBe('created');
      expect(await store.find(bare.id)).toEqual({ ...bare, snapshots: [] });
      expect(await store.find(nextId())).toBeUndefined();
      expect(await store.ofUser('ada')).toEqual([
        { ...bare, snapshots: [] },
        { ...pinned, snapshots: [] },
      ]);
      expect(await store.ofUser('ben')).toEqual([]);
    });

    it('are at most so many of one learner, however fast they are asked for', async () => {
      const store = await open();
      const outcomes = await Promise.all(Array.from({ length: 6 }, () => store.create(newSandbox('ada'), 3)));
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(3);
      expect(await store.create(newSandbox('ben'), 3)).toBe('created');
    });

    it('note their last use and live longer', async () => {
      const store = await open();
      const sandbox = newSandbox('ada');
      await store.create(sandbox, 9);
      await store.find(sandbox.id);
      expect(await store.markUsed(sandbox.id, later(500), later(1_500))).toBe(true);
      expect(await store.find(sandbox.id)).toMatchObject({ lastUsedAt: later(500), expiresAt: later(1_500) });
      expect(await store.markUsed(nextId(), noon, noon)).toBe(false);
    });

    it('have snapshots with names of their own, which go with what came after them', async () => {
      const store = await open();
      const { id, ...rest } = newSandbox('ada');
      await store.create({ id, ...rest }, 9);
      const [one, two] = [
        { name: 'one', position: 1, createdAt: noon },
        { name: 'two', position: 5, createdAt: later(1) },
      ];
      expect(await store.addSnapshot(id, one)).toBe('added');
      expect(await store.addSnapshot(id, two)).toBe('added');
      expect(await store.addSnapshot(id, { ...two, position: 6 })).toBe('nameTaken');
      expect(await store.addSnapshot(nextId(), one)).toBe('gone');
      expect((await store.find(id))?.snapshots).toEqual([one, two]);
      expect(await store.cutSnapshots(id, 4)).toBe(true);
      expect((await store.find(id))?.snapshots).toEqual([one]);
      expect(await store.restart(id, later(9))).toBe(true);
      expect(await store.find(id)).toMatchObject({ startedAt: later(9), snapshots: [] });
    });

    it('end, and are removed', async () => {
      const store = await open();
      const [ended, living] = [
        newSandbox('ada', { expiresAt: later(10) }),
        newSandbox('ben', { expiresAt: later(99) }),
      ];
      for (const sandbox of [ended, living]) await store.create(sandbox, 9);
      expect((await store.expired(later(10), 5)).map(({ id }) => id)).toEqual([ended.id]);
      expect(await store.expired(later(200), 1)).toHaveLength(1);
      expect(await store.remove(ended.id)).toBe(true);
      expect(await store.remove(ended.id)).toBe(false);
      expect(await store.find(ended.id)).toBeUndefined();
    });
  });
}
