import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { JournalEntry } from '@kubedrill/cluster-sim';
import type { JournalStore, OpenJournal } from './journal-store.ts';

const newline = 0x0a;
const idPattern = /^[0-9a-f-]{1,64}$/;

/** A file of JSON lines for each sandbox. What is written survives the end of the process; a line that was cut off is not there. */
export class JournalFolder implements JournalStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  read(id: string): readonly JournalEntry[] {
    const lines = this.#whole(id).toString('utf8').split('\n');
    return lines.slice(0, -1).map((line, index) => parsed(line, index));
  }

  open(id: string): OpenJournal {
    const whole = this.#whole(id);
    const file = openSync(this.#path(id), 'a', 0o600);
    ftruncateSync(file, whole.length);
    return new JournalFile(file, whole);
  }

  cut(id: string, position: number): void {
    const whole = this.#whole(id);
    let end = 0;
    for (let line = 0; line < position && end < whole.length; line += 1) end = whole.indexOf(newline, end) + 1;
    if (whole.length > 0) truncateSync(this.#path(id), end);
  }

  erase(id: string): void {
    rmSync(this.#path(id), { force: true });
  }

  /** Up to the end of the last whole line. */
  #whole(id: string): Buffer {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path(id));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    }
    return bytes.subarray(0, bytes.lastIndexOf(newline) + 1);
  }

  #path(id: string): string {
    if (!idPattern.test(id)) throw new Error(`${id} is no id of a sandbox`);
    return path.join(this.#folder, `${id}.jsonl`);
  }
}

class JournalFile implements OpenJournal {
  readonly #file: number;
  #length: number;
  #size: number;

  constructor(file: number, whole: Buffer) {
    this.#file = file;
    this.#size = whole.length;
    this.#length = 0;
    for (const byte of whole) if (byte === newline) this.#length += 1;
  }

  get length(): number {
    return this.#length;
  }

  get size(): number {
    return this.#size;
  }

  append(entry: JournalEntry): void {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    let written = 0;
    try {
      while (written < line.length) written += writeSync(this.#file, line, written);
    } catch (error) {
      // Half an entry in front of the next would make both unreadable.
      ftruncateSync(this.#file, this.#size);
      throw error;
    }
    this.#length += 1;
    this.#size += line.length;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function parsed(line: string, index: number): JournalEntry {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch {
    throw new Error(`line ${index + 1} of the journal is damaged`);
  }
}
