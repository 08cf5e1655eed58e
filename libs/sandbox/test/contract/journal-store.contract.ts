import { describe, expect, it } from '@jest/globals';
import type { JournalEntry } from '@kubedrill/cluster-sim';
import type { JournalStore } from '../../src/host/journal-store.ts';

const id = '01990f5a-6c1e-7b3a-9d2f-3f1f0c5f8a11';
const other = '01990f5a-6c1e-7b3a-9d2f-3f1f0c5f8a12';

const entry = (at: number): JournalEntry => ({
  at,
  do: 'exec',
  target: { namespace: 'default', pod: 'web' },
  argv: ['echo', 'ä\n\u2028"'],
});

function written(store: JournalStore, ...times: readonly number[]): void {
  const journal = store.open(id);
  for (const at of times) journal.append(entry(at));
  journal.close();
}

export function journalStoreContract(open: () => JournalStore): void {
  describe('a journal', () => {
    it('is empty before it is written', () => {
      const store = open();
      expect(store.read(id)).toEqual([]);
      const journal = store.open(id);
      expect([journal.length, journal.size]).toEqual([0, 0]);
      journal.close();
    });

    it('keeps entries in their order, over openings, and knows how many and how long', () => {
      const store = open();
      written(store, 1, 2);
      written(store, 3);
      expect(store.read(id)).toEqual([entry(1), entry(2), entry(3)]);
      const journal = store.open(id);
      expect(journal.length).toBe(3);
      expect(journal.size).toBeGreaterThan(3 * 80);
      journal.close();
      expect(store.read(other)).toEqual([]);
    });

    it.each([
      [0, []],
      [1, [entry(1)]],
      [3, [entry(1), entry(2), entry(3)]],
      [9, [entry(1), entry(2), entry(3)]],
    ])('is cut behind entry %d', (position, left) => {
      const store = open();
      written(store, 1, 2, 3);
      store.cut(id, position);
      expect(store.read(id)).toEqual(left);
      written(store, 4);
      expect(store.read(id)).toEqual([...left, entry(4)]);
    });

    it('is erased, and erasing or cutting what is not there does nothing', () => {
      const store = open();
      written(store, 1);
      store.erase(id);
      store.erase(id);
      store.cut(id, 5);
      expect(store.read(id)).toEqual([]);
    });
  });
}
