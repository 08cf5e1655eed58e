import type { ManifestFile } from '@kubedrill/kube-model';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { UsageError } from './command.ts';

const extensions = new Set(['.yaml', '.yml', '.json']);

/** Reads manifests as `kubectl -f` does: files, folders (their YAML and JSON files), "-" for standard input. */
export function readManifestFiles(paths: readonly string[]): readonly ManifestFile[] {
  return paths.flatMap((path) => {
    if (path === '-') return [{ path: 'stdin', content: readFileSync(0, 'utf8') }];
    return pathsUnder(path).map((file) => ({ path: file, content: readFileSync(file, 'utf8') }));
  });
}

function pathsUnder(path: string): readonly string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`the path "${path}" does not exist`);
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(path)
    .filter((name) => extensions.has(extname(name)))
    .sort();
  if (names.length === 0) throw new UsageError(`the folder "${path}" holds no .yaml, .yml or .json file`);
  return names.map((name) => join(path, name));
}
