import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Database } from '../src/index.ts';
import { openDatabase, register, temporaryFile } from './temporary-database.ts';

const names = async (database: Database) =>
  (await database.client.user.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);

const row = (id: string) => ({ id, email: id, name: id, nameKey: id, passwordHash: '', createdAt: new Date(0) });

describe('transactions', () => {
  it('do not swallow what is written beside them', async () => {
    const database = await openDatabase();
    const failing = database.transaction(async (transaction) => {
      await transaction.user.create({ data: row('inside') });
      await delay(20);
      throw new Error('on purpose');
    });
    const beside = database.client.user.create({ data: row('beside') });
    await expect(failing).rejects.toThrow('on purpose');
    await beside;
    expect(await names(database)).toEqual(['beside']);
  });

  it('show nothing before they end', async () => {
    const database = await openDatabase();
    await database.transaction(async (transaction) => {
      await transaction.user.create({ data: row('ada') });
      expect(await names(database)).toEqual([]);
      expect(await transaction.user.count()).toBe(1);
    });
    expect(await names(database)).toEqual(['ada']);
  });

  it('of two connections take turns', async () => {
    const file = temporaryFile();
    const database = await openDatabase(file);
    const other = await openDatabase(file);
    await register(database, 'ada');
    const rename = (at: Database) =>
      at.transaction(async (transaction) => {
        const { name } = await transaction.user.findUniqueOrThrow({ where: { id: 'ada' } });
        await transaction.user.update({ where: { id: 'ada' }, data: { name: `${name}+` } });
      });
    for (let round = 0; round < 10; round++) await Promise.all([rename(database), rename(other)]);
    expect((await database.client.user.findUniqueOrThrow({ where: { id: 'ada' } })).name).toBe(`ADA${'+'.repeat(20)}`);
  });

  it('keep foreign keys', async () => {
    const database = await openDatabase();
    const session = { tokenDigest: 't', userId: 'nobody', createdAt: new Date(0), expiresAt: new Date(0) };
    await expect(database.client.session.create({ data: session })).rejects.toThrow('Foreign key constraint');
  });
});
