import { describe } from '@jest/globals';
import { catalogueContract, instanceStoreContract } from '../../submissions/test/contract/catalogue.contract.ts';
import { course, noon } from '../../submissions/test/contract/samples.ts';
import { PrismaCatalogue, PrismaInstanceStore } from '../src/index.ts';
import { openDatabase, register } from './temporary-database.ts';

describe('the catalogue in SQLite', () => catalogueContract(async () => new PrismaCatalogue(await openDatabase())));

describe('instances in SQLite', () =>
  instanceStoreContract(async () => {
    const database = await openDatabase();
    await new PrismaCatalogue(database).publish(course, noon);
    await register(database, 'ada', 'ben');
    return new PrismaInstanceStore(database);
  }));
