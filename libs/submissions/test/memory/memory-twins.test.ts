import { describe } from '@jest/globals';
import { MemoryCatalogue, MemorySandboxStore, MemorySubmissionStore } from '@kubedrill/submissions';
import { catalogueContract, instanceStoreContract } from '../contract/catalogue.contract.ts';
import { sandboxStoreContract } from '../contract/sandbox-store.contract.ts';
import { submissionStoreContract } from '../contract/submission-store.contract.ts';

describe('submissions in memory', () => submissionStoreContract(() => Promise.resolve(new MemorySubmissionStore())));

describe('the catalogue in memory', () => catalogueContract(() => Promise.resolve(new MemoryCatalogue())));

describe('instances in memory', () => instanceStoreContract(() => Promise.resolve(new MemoryCatalogue())));

describe('sandboxes in memory', () => sandboxStoreContract(() => Promise.resolve(new MemorySandboxStore())));
