import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { migrate } from '../src/migrate.ts';
import { connect } from '../src/sqlite-driver.ts';
import { migrations, temporaryFile } from './temporary-database.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-migrations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of this build, in their order. */
const names = readdirSync(migrations)
  .filter((name) => !name.includes('.'))
  .sort();

let serial = 0;

/** A copy of the migrations that a test may change. */
function copyOfMigrations(): string {
  const copy = path.join(folder, String(serial++));
  cpSync(migrations, copy, { recursive: true });
  return copy;
}

function addMigration(to: string, name: string, sql: string): void {
  mkdirSync(path.join(to, name));
  writeFileSync(path.join(to, name, 'migration.sql'), sql);
}

async function select(file: string, sql: string): Promise<unknown[][]> {
  const connection = await connect(`file:${file}`, 1_000);
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
  await connection.dispose();
  return rows;
}

const prisma = (file: string, ...args: string[]) =>
  spawnSync(process.execPath, [path.join(root, 'tools', 'prisma.mjs'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: `file:${file}` },
  });

describe('migrations', () => {
  it('make a new database, and are applied once', async () => {
    const file = temporaryFile();
    expect(await migrate(`file:${file}`, migrations)).toEqual(names);
    expect(await migrate(`file:${file}`, migrations)).toEqual([]);
    expect(await select(file, 'PRAGMA journal_mode')).toEqual([['wal']]);
    expect(await select(file, 'SELECT migration_name FROM _prisma_migrations')).toEqual(names.map((name) => [name]));
  });

  it('make the folder of the database', async () => {
    const file = path.join(folder, 'deep', 'er', 'kubedrill.db');
    await migrate(`file:${file}`, migrations);
    expect(await select(file, 'SELECT count(*) FROM users')).toEqual([[0]]);
  });

  it('leave a database that Prisma calls up to date', async () => {
    const file = temporaryFile();
    await migrate(`file:${file}`, migrations);
    const status = prisma(file, 'migrate', 'status');
    expect([status.status, status.stdout]).toEqual([0, expect.stringContaining('Database schema is up to date!')]);
    const schema = [
      'migrate',
      'diff',
      '--from-config-datasource',
      '--to-schema',
      'prisma/schema.prisma',
      '--exit-code',
    ];
    const diff = prisma(file, ...schema);
    expect([diff.status, diff.stdout]).toEqual([0, expect.stringContaining('No difference detected')]);
  }, 60_000);

  it('say the same as the schema', () => {
    const args = ['--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema.prisma', '--exit-code'];
    const diff = prisma(temporaryFile(), 'migrate', 'diff', ...args);
    expect([diff.status, diff.stdout]).toEqual([0, expect.stringContaining('No difference detected')]);
  }, 60_000);

  it('apply what was added since', async () => {
    const file = temporaryFile();
    const copy = copyOfMigrations();
    await migrate(`file:${file}`, copy);
    addMigration(copy, '9002_third', 'INSERT INTO note VALUES (1);');
    addMigration(copy, '9001_second', 'CREATE TABLE note (id INTEGER);');
    expect(await migrate(`file:${file}`, copy)).toEqual(['9001_second', '9002_third']);
    expect(await select(file, 'SELECT id FROM note')).toEqual([[1]]);
  });

  it.each<[string, (copy: string) => void, string]>([
    ['were edited', (copy) => appendFileSync(path.join(copy, '0001_initial', 'migration.sql'), '-- x'), 'was edited'],
    ['are gone', (copy) => rmSync(path.join(copy, '0001_initial'), { recursive: true }), 'newer than this build'],
    [
      'do not run',
      (copy) => addMigration(copy, '9001_bad', 'CREATE TABLE note (id INTEGER); NONSENSE;'),
      '9001_bad failed',
    ],
    [
      'leave a row without what it refers to',
      (copy) =>
        addMigration(copy, '9001_bad', `INSERT INTO sessions VALUES ('t', 'nobody', '2026-01-01', '2026-01-02');`),
      '1 rows refer to rows that are not there',
    ],
  ])('change nothing when they %s', async (_, change, message) => {
    const file = temporaryFile();
    const copy = copyOfMigrations();
    await migrate(`file:${file}`, copy);
    change(copy);
    await expect(migrate(`file:${file}`, copy)).rejects.toThrow(message);
    expect(await select(file, 'SELECT migration_name FROM _prisma_migrations')).toEqual(names.map((name) => [name]));
    expect(await select(file, "SELECT name FROM sqlite_master WHERE name = 'note'")).toEqual([]);
    expect(await select(file, 'SELECT count(*) FROM sessions')).toEqual([[0]]);
  });

  it('refuse a database in which one was begun and never finished', async () => {
    const file = temporaryFile();
    await migrate(`file:${file}`, migrations);
    const connection = await connect(`file:${file}`, 1_000);
    await connection.executeScript('UPDATE _prisma_migrations SET finished_at = NULL');
    await connection.dispose();
    await expect(migrate(`file:${file}`, migrations)).rejects.toThrow('never finished');
  });

  it('are applied once by processes that start together', async () => {
    const file = temporaryFile();
    const script = path.join(folder, 'start.mjs');
    const module = path.join(root, 'libs/persistence/dist/migrate.js');
    writeFileSync(
      script,
      `import { migrate } from ${JSON.stringify(module)};
       console.log(JSON.stringify(await migrate(${JSON.stringify(`file:${file}`)}, ${JSON.stringify(migrations)})));`,
    );
    const started = Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      return `${code} ${output.trim()}`;
    });
    expect((await Promise.all(started)).sort()).toEqual([`0 ${JSON.stringify(names)}`, '0 []', '0 []', '0 []']);
  }, 60_000);
});
