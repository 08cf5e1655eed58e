import { RecentMap } from './recent-map.ts';
import type { Notes } from './remark.ts';

const maxNotes = 10_000;

export class Notebook implements Notes {
  private readonly notes: RecentMap<true>;

  constructor(source?: Notebook) {
    this.notes = source?.notes.fork() ?? new RecentMap(maxNotes);
  }

  has(note: string): boolean {
    return this.notes.get(note) !== undefined;
  }

  add(note: string): void {
    this.notes.set(note, true);
  }

  fork(): Notebook {
    return new Notebook(this);
  }
}
