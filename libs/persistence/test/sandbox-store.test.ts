import { describe } from '@jest/globals';
import { sandboxStoreContract } from '../../submissions/test/contract/sandbox-store.contract.ts';
import { PrismaSandboxStore } from '../src/index.ts';
import { openCourse } from './temporary-database.ts';

describe('sandboxes in SQLite', () => sandboxStoreContract(async () => new PrismaSandboxStore(await openCourse())));
