import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseManifests, type Json, type JsonObject } from '@kubedrill/kube-model';
import { listOf, numberOf, objectOf, textOf } from '../recorded-json.ts';

/** The kubectl that a session was recorded with. */
export const clientVersions = ['1.27', '1.30', '1.33', '1.36'] as const;
export type ClientVersion = (typeof clientVersions)[number];
export const newestClient: ClientVersion = '1.36';

/** What one step printed, and its exit code. */
export interface StepOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly rc: number;
}

export interface TranscriptStep {
  /** For `bash -c`. */
  readonly run: string;
  /** All lines are sorted before they are compared. */
  readonly sorted: boolean;
  /** Nodes and addresses are compared as they are. */
  readonly keepsNodes: boolean;
  readonly expected: StepOutput;
  /** Fields that differed between two recordings of the same thing. */
  readonly volatile: ReadonlySet<string>;
}

/** A recorded session: FORMAT.md of the kubectl recordings. */
export interface Transcript {
  readonly client: ClientVersion;
  /** Name to content: what lies in the working directory at first. */
  readonly files: ReadonlyMap<string, string>;
  readonly steps: readonly TranscriptStep[];
}

export function readTranscript(file: string): Transcript {
  const content = readFileSync(file, 'utf8');
  const { documents, issues } = parseManifests([{ path: path.basename(file), content }]);
  const [issue] = issues;
  if (issue) throw new Error(issue.message);
  const session = objectOf(documents[0]?.value, 'the session');
  const recorded = textOf(session['kubectl'], 'kubectl');
  const client = clientVersions.find((version) => version === recorded);
  if (!client) throw new Error(`kubectl ${recorded} is none of ${clientVersions.join(', ')}`);
  return {
    client,
    files: new Map(listOf(session['files'] ?? [], 'files').map(readFile)),
    steps: listOf(session['steps'], 'steps').map((step) => readStep(objectOf(step, 'a step'))),
  };
}

function readFile(value: Json): [string, string] {
  const { file, content } = objectOf(value, 'a file');
  const name = textOf(file, 'file');
  if (path.basename(name) !== name) throw new Error(`"${name}" does not lie in the working directory`);
  return [name, textOf(content, 'content')];
}

function readStep(step: JsonObject): TranscriptStep {
  return {
    run: textOf(step['run'], 'run'),
    sorted: step['sort'] === true,
    keepsNodes: step['nodes'] === 'keep',
    expected: {
      stdout: textOf(step['stdout'], 'stdout'),
      stderr: textOf(step['stderr'], 'stderr'),
      rc: numberOf(step['rc'], 'rc'),
    },
    volatile: new Set(listOf(step['volatile'] ?? [], 'volatile').map((field) => textOf(field, 'volatile'))),
  };
}
