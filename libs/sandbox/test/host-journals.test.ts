import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { JournalFolder } from '../src/host/journal-folder.ts';
import { MemoryJournals } from '../src/host/memory-journals.ts';
import { journalStoreContract } from './contract/journal-store.contract.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-journals-'));
let serial = 0;
const newFolder = (): string => path.join(folder, String(serial++));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('journals in memory', () => journalStoreContract(() => new MemoryJournals()));
describe('journals in files', () => {
  journalStoreContract(() => new JournalFolder(newFolder()));

  const id = '01990f5a-6c1e-7b3a-9d2f-3f1f0c5f8a11';

  it('lose what a crash cut off, and nothing else', () => {
    const place = newFolder();
    const store = new JournalFolder(place);
    const entry = { at: 1, do: 'lookAtEvents' } as const;
    store.open(id).append(entry);
    appendFileSync(path.join(place, `${id}.jsonl`), '{"at":2,"do":"req');
    expect(store.read(id)).toEqual([entry]);
    const journal = store.open(id);
    journal.append({ at: 3, do: 'lookAtEvents' });
    expect(journal.length).toBe(2);
    expect(store.read(id)).toEqual([entry, { at: 3, do: 'lookAtEvents' }]);
  });

  it('say which line is damaged', () => {
    const place = newFolder();
    const store = new JournalFolder(place);
    appendFileSync(path.join(place, `${id}.jsonl`), '{"at":1,"do":"lookAtEvents"}\nx\n');
    expect(() => store.read(id)).toThrow('line 2 of the journal is damaged');
  });

  it('take no id that leads elsewhere', () => {
    expect(() => new JournalFolder(newFolder()).read('../x')).toThrow('no id');
  });
});
