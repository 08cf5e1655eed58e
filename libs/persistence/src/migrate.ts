import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connect, type Connection } from './sqlite-driver.ts';

/** The database and the migrations of this build do not fit together, or a migration failed: nothing was changed. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, as Prisma notes it. */
  readonly checksum: string;
}

interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** Prisma's own table of applied migrations, so that its command line accepts what is applied here. */
const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id"                  TEXT PRIMARY KEY NOT NULL,
  "checksum"            TEXT NOT NULL,
  "finished_at"         DATETIME,
  "migration_name"      TEXT NOT NULL,
  "logs"                TEXT,
  "rolled_back_at"      DATETIME,
  "started_at"          DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/** Milliseconds for which the migrations of another process are waited for. */
const otherMigration = 60_000;

/**
 * Applies the migrations that a database lacks, all or none, and returns their names. Processes that start together wait for
 * each other. Throws a MigrationError when an applied migration was edited or is unknown to this build.
 */
export async function migrate(url: string, folder: string): Promise<readonly string[]> {
  const migrations = readMigrations(folder);
  mkdirSync(path.dirname(path.resolve(url.replace(/^file:/, ''))), { recursive: true });
  const connection = await connect(url, otherMigration);
  try {
    // Migrations that write a table anew switch foreign keys off, which has no effect inside of a transaction.
    await connection.executeScript('PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE');
    try {
      const missing = await applyMissing(connection, migrations);
      await connection.executeScript('COMMIT');
      return missing;
    } catch (error) {
      await connection.executeScript('ROLLBACK');
      throw error;
    }
  } finally {
    await connection.dispose();
  }
}

function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function applyMissing(connection: Connection, migrations: readonly Migration[]): Promise<readonly string[]> {
  await connection.executeScript(historyTable);
  const applied = await readHistory(connection);
  const missing = missingOf(migrations, applied);
  for (const migration of missing) await apply(connection, migration);
  const { rows } = await connection.queryRaw({ sql: 'PRAGMA foreign_key_check', args: [], argTypes: [] });
  if (rows.length > 0)
    throw new MigrationError(`after the migrations ${rows.length} rows refer to rows that are not there`);
  return missing.map(({ name }) => name);
}

async function readHistory(connection: Connection): Promise<readonly AppliedMigration[]> {
  const sql = `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`;
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
  return rows.map(([name, checksum, finishedAt]) => ({
    name: String(name),
    checksum: String(checksum),
    finished: finishedAt !== null,
  }));
}

function missingOf(migrations: readonly Migration[], applied: readonly AppliedMigration[]): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of applied) {
    const migration = known.get(name);
    if (migration === undefined)
      throw new MigrationError(`the database is newer than this build: it has migration ${name}`);
    if (!finished) throw new MigrationError(`migration ${name} was begun and never finished`);
    if (migration.checksum !== checksum) throw new MigrationError(`migration ${name} was edited after it was applied`);
  }
  const names = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !names.has(name));
}

async function apply(connection: Connection, { name, sql, checksum }: Migration): Promise<void> {
  const started = timestamp();
  try {
    await connection.executeScript(sql);
  } catch (error) {
    throw new MigrationError(`migration ${name} failed`, { cause: error });
  }
  const args = [randomUUID(), checksum, name, started, timestamp()];
  await connection.executeRaw({
    sql: `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
          VALUES (?, ?, ?, ?, ?, 1)`,
    args,
    argTypes: args.map(() => ({ scalarType: 'string', arity: 'scalar' })),
  });
}

/** As Prisma's adapter writes instants. */
const timestamp = (): string => new Date().toISOString().replace('Z', '+00:00');
