import type { InstanceStore } from '@kubedrill/submissions';
import { isUniqueViolation, type Database } from './database.ts';
import { ReadCache } from './read-cache.ts';

export class PrismaInstanceStore implements InstanceStore {
  readonly #database: Database;
  /** A seed never changes once it is assigned. */
  readonly #seeds = new ReadCache<number>({ capacity: 10_000 });

  constructor(database: Database) {
    this.#database = database;
  }

  async assignSeed({ userId, exerciseId, variant, proposed, at }: Parameters<InstanceStore['assignSeed']>[0]) {
    const key = { userId, exerciseId, variantId: variant };
    const seed = await this.#seeds.get(
      JSON.stringify(key),
      async () => (await this.#find(key)) ?? (await this.#insert(key, proposed, at)) ?? (await this.#find(key)),
    );
    if (seed === undefined) throw new Error(`the instance of ${exerciseId}/${variant} vanished`);
    return seed;
  }

  async #find(key: InstanceKey): Promise<number | undefined> {
    const row = await this.#database.client.instance.findUnique({
      where: { userId_exerciseId_variantId: key },
      select: { seed: true },
    });
    return row === null ? undefined : Number(row.seed);
  }

  /** Undefined when another request was faster. */
  async #insert(key: InstanceKey, seed: number, createdAt: Date): Promise<number | undefined> {
    try {
      await this.#database.client.instance.create({ data: { ...key, seed, createdAt }, select: { seed: true } });
      return seed;
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }
}

interface InstanceKey {
  readonly userId: string;
  readonly exerciseId: string;
  readonly variantId: string;
}
