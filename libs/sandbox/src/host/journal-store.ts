import type { JournalEntry } from '@kubedrill/cluster-sim';

/** A journal that is being written. */
export interface OpenJournal {
  /** Entries so far. */
  readonly length: number;
  /** Bytes so far. */
  readonly size: number;
  /** Is kept, whatever happens to this process, when it returns. */
  append(entry: JournalEntry): void;
  close(): void;
}

/** Journals by the id of their sandbox. One that was never written is empty. */
export interface JournalStore {
  read(id: string): readonly JournalEntry[];
  open(id: string): OpenJournal;
  /** Forgets what is behind the position. Not while it is open. */
  cut(id: string, position: number): void;
  erase(id: string): void;
}

/** Beyond, a sandbox takes no more writes. */
export const journalBounds = { entries: 10_000, bytes: 4 * 1024 * 1024 } as const;
