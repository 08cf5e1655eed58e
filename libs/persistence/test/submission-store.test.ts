import { describe } from '@jest/globals';
import { submissionStoreContract } from '../../submissions/test/contract/submission-store.contract.ts';
import { PrismaSubmissionStore } from '../src/index.ts';
import { openCourse } from './temporary-database.ts';

describe('submissions in SQLite', () =>
  submissionStoreContract(async () => new PrismaSubmissionStore(await openCourse())));
