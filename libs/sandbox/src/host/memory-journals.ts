import type { JournalEntry } from '@kubedrill/cluster-sim';
import type { JournalStore, OpenJournal } from './journal-store.ts';

/** Journals without files. */
export class MemoryJournals implements JournalStore {
  readonly #lines = new Map<string, readonly string[]>();

  read(id: string): readonly JournalEntry[] {
    return this.#of(id).map((line) => JSON.parse(line) as JournalEntry);
  }

  open(id: string): OpenJournal {
    const lines = (): readonly string[] => this.#of(id);
    return {
      get length() {
        return lines().length;
      },
      get size() {
        return lines().reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
      },
      append: (entry) => void this.#lines.set(id, [...this.#of(id), JSON.stringify(entry)]),
      close: () => undefined,
    };
  }

  cut(id: string, position: number): void {
    this.#lines.set(id, this.#of(id).slice(0, position));
  }

  erase(id: string): void {
    this.#lines.delete(id);
  }

  #of(id: string): readonly string[] {
    return this.#lines.get(id) ?? [];
  }
}
