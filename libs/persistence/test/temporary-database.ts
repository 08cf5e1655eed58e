import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import { course, noon } from '../../submissions/test/contract/samples.ts';
import { Database, PrismaAccountStore, PrismaCatalogue, PrismaInstanceStore } from '../src/index.ts';

export const migrations = path.resolve(import.meta.dirname, '../../../prisma/migrations');

const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-database-'));
const open: Database[] = [];
let serial = 0;

afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const temporaryFile = (): string => path.join(folder, `${serial++}.db`);

/** A new database in a file; closed after the test. */
export async function openDatabase(file = temporaryFile()): Promise<Database> {
  const database = await Database.open({ url: `file:${file}`, migrations });
  open.push(database);
  return database;
}

/** Ids stand for names: the name of 'ada' is 'ADA'. */
export async function register(database: Database, ...ids: string[]): Promise<void> {
  const accounts = new PrismaAccountStore(database);
  for (const id of ids) {
    const account = { id, email: `${id}@example.org`, name: id.toUpperCase(), passwordHash: 'x', createdAt: noon };
    const outcome = await accounts.create(account);
    if (outcome !== 'created') throw new Error(outcome);
  }
}

/** With the samples' course, the learners 'ada' and 'ben', and an instance of each variant for both. */
export async function openCourse(file = temporaryFile()): Promise<Database> {
  const database = await openDatabase(file);
  await new PrismaCatalogue(database).publish(course, noon);
  await register(database, 'ada', 'ben');
  const instances = new PrismaInstanceStore(database);
  for (const userId of ['ada', 'ben']) {
    for (const exerciseId of ['two-tier', 'guess']) {
      for (const variant of ['basic', 'hard']) {
        await instances.assignSeed({ userId, exerciseId, variant, proposed: 7, at: noon });
      }
    }
  }
  return database;
}
