import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Folder } from './folder.ts';

/** Far above what a course needs; keeps a mistaken path from reading a whole disk. */
const mostFiles = 20_000;
const mostBytesPerFile = 1024 * 1024;

/** Reads a content folder into memory: the only place of the content library that touches files. Throws for what it cannot read. */
export function readFolder(root: string): Folder {
  const files = new Map<string, string>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }).sort(byPath)) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const path = join(entry.parentPath, entry.name);
    if (files.size >= mostFiles) throw new Error(`${root} holds more than ${mostFiles} files: is it a content folder?`);
    if (statSync(path).size > mostBytesPerFile) throw new Error(`${path} is larger than ${mostBytesPerFile} bytes`);
    files.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
  }
  return files;
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  const [left, right] = [join(a.parentPath, a.name), join(b.parentPath, b.name)];
  return left < right ? -1 : left > right ? 1 : 0;
}
