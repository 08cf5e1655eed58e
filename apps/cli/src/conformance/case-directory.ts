import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a folder of recordings holds, as its conformance.json says. */
export type RecordingKind = 'api' | 'dataplane' | 'kubectl';

const kinds: readonly string[] = ['api', 'dataplane', 'kubectl'] satisfies RecordingKind[];
const formatVersion = 1;

export interface CaseDirectory {
  readonly kind: RecordingKind;
  readonly path: string;
}

/** The recording folders at or one level below a path; a folder is one when it has a conformance.json. */
export function findCaseDirectories(start: string): readonly CaseDirectory[] {
  if (!existsSync(start))
    throw new Error(`${start}: no such folder. Name a folder with a conformance.json, or one above it.`);
  const candidates = [
    start,
    ...readdirSync(start, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(start, entry.name)),
  ];
  const found = candidates.filter((folder) => existsSync(path.join(folder, 'conformance.json'))).map(readDeclaration);
  if (found.length === 0)
    throw new Error(`${start}: no conformance.json here or one level below; it names the kind of recordings.`);
  return found;
}

function readDeclaration(folder: string): CaseDirectory {
  const file = path.join(folder, 'conformance.json');
  const declared: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const { kind, formatVersion: version } = declared as { kind?: unknown; formatVersion?: unknown };
  if (typeof kind !== 'string' || !kinds.includes(kind))
    throw new Error(`${file}: kind must be one of ${kinds.join(', ')}`);
  if (version !== formatVersion)
    throw new Error(`${file}: formatVersion must be ${formatVersion}, is ${String(version)}`);
  return { kind: kind as RecordingKind, path: folder };
}

/** All files with the extension below a folder, sorted, relative to it. */
export function filesBelow(folder: string, extension: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .sort();
}
