import type { LearnerSandbox, NewSandbox, SandboxSnapshot, SandboxStore } from '../sandboxes/learner-sandbox.ts';

/** Sandboxes' rows without a database. */
export class MemorySandboxStore implements SandboxStore {
  readonly #rows = new Map<string, LearnerSandbox>();

  create(sandbox: NewSandbox, most: number): Promise<'created' | 'tooMany'> {
    if (this.#of(sandbox.userId).length >= most) return Promise.resolve('tooMany');
    this.#rows.set(sandbox.id, { ...sandbox, snapshots: [] });
    return Promise.resolve('created');
  }

  find(id: string): Promise<LearnerSandbox | undefined> {
    return Promise.resolve(this.#rows.get(id));
  }

  ofUser(userId: string): Promise<readonly LearnerSandbox[]> {
    return Promise.resolve(this.#of(userId));
  }

  markUsed(id: string, lastUsedAt: Date, expiresAt: Date): Promise<boolean> {
    return this.#change(id, (row) => ({ ...row, lastUsedAt, expiresAt }));
  }

  restart(id: string, startedAt: Date): Promise<boolean> {
    return this.#change(id, (row) => ({ ...row, startedAt, snapshots: [] }));
  }

  async addSnapshot(id: string, snapshot: SandboxSnapshot): Promise<'added' | 'nameTaken' | 'gone'> {
    const row = this.#rows.get(id);
    if (row?.snapshots.some(({ name }) => name === snapshot.name)) return 'nameTaken';
    const added = await this.#change(id, (found) => ({ ...found, snapshots: [...found.snapshots, snapshot] }));
    return added ? 'added' : 'gone';
  }

  cutSnapshots(id: string, position: number): Promise<boolean> {
    return this.#change(id, (row) => ({
      ...row,
      snapshots: row.snapshots.filter((snapshot) => snapshot.position <= position),
    }));
  }

  remove(id: string): Promise<boolean> {
    return Promise.resolve(this.#rows.delete(id));
  }

  expired(before: Date, limit: number): Promise<readonly LearnerSandbox[]> {
    return Promise.resolve([...this.#rows.values()].filter(({ expiresAt }) => expiresAt <= before).slice(0, limit));
  }

  #of(userId: string): readonly LearnerSandbox[] {
    const own = [...this.#rows.values()].filter((row) => row.userId === userId);
    return own.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  }

  #change(id: string, change: (row: LearnerSandbox) => LearnerSandbox): Promise<boolean> {
    const row = this.#rows.get(id);
    if (row) this.#rows.set(id, change(row));
    return Promise.resolve(row !== undefined);
  }
}
