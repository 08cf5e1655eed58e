import type { ProxyMode } from '@kubedrill/cluster-sim';
import type { LearnerSandbox, NewSandbox, SandboxSnapshot, SandboxStore } from '@kubedrill/submissions';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { ReadCache } from './read-cache.ts';

interface SandboxRow extends Omit<LearnerSandbox, 'exercise' | 'snapshots' | 'proxyMode' | 'seed'> {
  readonly proxyMode: string;
  readonly seed: bigint | number;
  readonly exerciseId: string | null;
  readonly variantId: string | null;
  readonly versionDigest: string | null;
  readonly instanceSeed: bigint | number | null;
}

interface SnapshotRow extends SandboxSnapshot {
  readonly sandboxId: string;
}

const columns = Prisma.sql`id, user_id AS "userId", exercise_id AS "exerciseId", variant_id AS "variantId",
  version_digest AS "versionDigest", instance_seed AS "instanceSeed", nodes, proxy_mode AS "proxyMode", seed, speed,
  started_at AS "startedAt", created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt",
  token_digest AS "tokenDigest"`;

/** Each request of kubectl asks for its sandbox: it is read once in so many milliseconds, or when it changes. */
const kept = { capacity: 10_000, milliseconds: 10_000 } as const;

/** By hand, so that the bound on sandboxes is looked at and the row is written in one statement. */
export class PrismaSandboxStore implements SandboxStore {
  readonly #database: Database;
  readonly #read = new ReadCache<LearnerSandbox>(kept);

  constructor(database: Database) {
    this.#database = database;
  }

  async create(sandbox: NewSandbox, most: number): Promise<'created' | 'tooMany'> {
    const { id, userId, exercise, nodes, proxyMode, seed, speed, startedAt, createdAt, tokenDigest } = sandbox;
    const { lastUsedAt, expiresAt } = sandbox;
    const pinned = [exercise?.id, exercise?.variant, exercise?.digest, exercise?.seed].map((value) => value ?? null);
    const values = [id, userId, ...pinned, nodes, proxyMode, seed, speed, startedAt, createdAt];
    const written = await this.#database.client.$executeRaw`
      INSERT INTO sandboxes (id, user_id, exercise_id, variant_id, version_digest, instance_seed, nodes, proxy_mode, seed,
        speed, started_at, created_at, last_used_at, expires_at, token_digest)
      SELECT ${Prisma.join([...values, lastUsedAt, expiresAt, tokenDigest])}
      WHERE (SELECT count(*) FROM sandboxes WHERE user_id = ${userId}) < ${most}`;
    return written === 1 ? 'created' : 'tooMany';
  }

  find(id: string): Promise<LearnerSandbox | undefined> {
    return this.#read.get(id, async () => (await this.#select(Prisma.sql`id = ${id}`))[0]);
  }

  ofUser(userId: string): Promise<readonly LearnerSandbox[]> {
    return this.#select(Prisma.sql`user_id = ${userId}`);
  }

  markUsed(id: string, at: Date, expiresAt: Date): Promise<boolean> {
    return this.#write(
      Prisma.sql`UPDATE sandboxes SET last_used_at = ${at}, expires_at = ${expiresAt} WHERE id = ${id}`,
    );
  }

  async restart(id: string, startedAt: Date): Promise<boolean> {
    await this.#write(Prisma.sql`DELETE FROM sandbox_snapshots WHERE sandbox_id = ${id}`);
    return this.#write(Prisma.sql`UPDATE sandboxes SET started_at = ${startedAt} WHERE id = ${id}`);
  }

  async addSnapshot(
    id: string,
    { name, position, createdAt }: SandboxSnapshot,
  ): Promise<'added' | 'nameTaken' | 'gone'> {
    const added = await this.#write(Prisma.sql`
      INSERT INTO sandbox_snapshots (sandbox_id, name, position, created_at)
      SELECT ${id}, ${name}, ${position}, ${createdAt} WHERE EXISTS (SELECT 1 FROM sandboxes WHERE id = ${id})
      ON CONFLICT (sandbox_id, name) DO NOTHING`);
    if (added) return 'added';
    return (await this.find(id)) === undefined ? 'gone' : 'nameTaken';
  }

  async cutSnapshots(id: string, position: number): Promise<boolean> {
    await this.#write(Prisma.sql`DELETE FROM sandbox_snapshots WHERE sandbox_id = ${id} AND position > ${position}`);
    return (await this.find(id)) !== undefined;
  }

  remove(id: string): Promise<boolean> {
    return this.#write(Prisma.sql`DELETE FROM sandboxes WHERE id = ${id}`);
  }

  expired(before: Date, limit: number): Promise<readonly LearnerSandbox[]> {
    return this.#select(Prisma.sql`expires_at <= ${before}`, limit);
  }

  async #write(statement: Prisma.Sql): Promise<boolean> {
    const written = await this.#database.client.$executeRaw(statement);
    this.#read.clear();
    return written > 0;
  }

  async #select(where: Prisma.Sql, limit = 1_000): Promise<readonly LearnerSandbox[]> {
    const { client } = this.#database;
    const rows = await client.$queryRaw<SandboxRow[]>`
      SELECT ${columns} FROM sandboxes WHERE ${where} ORDER BY created_at, id LIMIT ${limit}`;
    if (rows.length === 0) return [];
    const snapshots = await client.$queryRaw<SnapshotRow[]>`
      SELECT sandbox_id AS "sandboxId", name, position, created_at AS "createdAt" FROM sandbox_snapshots
      WHERE sandbox_id IN (${Prisma.join(rows.map(({ id }) => id))}) ORDER BY created_at, position, name`;
    return rows.map((row) => sandboxOf(row, snapshots));
  }
}

function sandboxOf(row: SandboxRow, snapshots: readonly SnapshotRow[]): LearnerSandbox {
  const { exerciseId, variantId, versionDigest, instanceSeed, proxyMode, seed, ...rest } = row;
  const exercise =
    exerciseId === null || variantId === null || versionDigest === null || instanceSeed === null
      ? {}
      : { exercise: { id: exerciseId, variant: variantId, digest: versionDigest, seed: Number(instanceSeed) } };
  return {
    ...rest,
    ...exercise,
    proxyMode: proxyMode as ProxyMode,
    seed: Number(seed),
    snapshots: snapshots
      .filter(({ sandboxId }) => sandboxId === row.id)
      .map(({ name, position, createdAt }) => ({ name, position, createdAt })),
  };
}
