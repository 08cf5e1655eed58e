import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isJsonObject } from '@kubedrill/kube-model';

const kinds = ['api', 'dataplane', 'kubectl'] as const;

/** What a folder of recordings holds, as its conformance.json says. */
export type RecordingKind = (typeof kinds)[number];

const formatVersion = 1;

export interface CaseDirectory {
  readonly kind: RecordingKind;
  readonly path: string;
}

/** A folder named by the caller that cannot be used; the message says what to do. */
export class UnusableFolder extends Error {}

const declarationName = 'conformance.json';
const mostFolders = 1_000;

/** The recording folders at or below a path, sorted; a folder is one when it has a conformance.json. */
export function findCaseDirectories(start: string): readonly CaseDirectory[] {
  if (!statSync(start, { throwIfNoEntry: false })?.isDirectory())
    throw new UnusableFolder(`${start}: no such folder. Name a folder with a ${declarationName}, or one above it.`);
  const found = declarationsBelow(start).map(readDeclaration);
  if (found.length === 0)
    throw new UnusableFolder(`${start}: no ${declarationName} here or below; it names the kind of recordings.`);
  return found;
}

/** A recordings folder is not searched for others. */
function declarationsBelow(start: string): readonly string[] {
  const declarations: string[] = [];
  const waiting = [start];
  for (let searched = 0; searched < waiting.length; searched += 1) {
    if (searched >= mostFolders)
      throw new UnusableFolder(
        `${start}: more than ${mostFolders} folders below it; name one nearer to the recordings.`,
      );
    const folder = waiting[searched] ?? '';
    const entries = readdirSync(folder, { withFileTypes: true });
    if (entries.some((entry) => entry.isFile() && entry.name === declarationName))
      declarations.push(path.join(folder, declarationName));
    else for (const entry of entries) if (entry.isDirectory()) waiting.push(path.join(folder, entry.name));
  }
  return declarations.sort();
}

function readDeclaration(file: string): CaseDirectory {
  const declared = readJson(file);
  const { kind, formatVersion: version } = isJsonObject(declared) ? declared : {};
  const known = kinds.find((candidate) => candidate === kind);
  if (known === undefined) throw new UnusableFolder(`${file}: kind must be one of ${kinds.join(', ')}`);
  if (version !== formatVersion)
    throw new UnusableFolder(`${file}: formatVersion must be ${formatVersion}, is ${JSON.stringify(version)}`);
  return { kind: known, path: path.dirname(file) };
}

export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UnusableFolder(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** All files with the ending below a folder, sorted, relative to it. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort();
}
