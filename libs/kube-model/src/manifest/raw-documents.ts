import type { Json } from '../json.ts';
import { locateJsonFault } from '../json-fault.ts';
import { nextChunk } from './document-splitter.ts';
import { readDocuments } from './document-stream.ts';
import { goYamlProblem } from './go-yaml-problem.ts';
import type { ManifestIssueCode } from './manifest.ts';
import { ManifestProblem } from './manifest-problem.ts';
import { NodeBudget } from './node-budget.ts';
import { DEFAULT_MANIFEST_BOUNDS } from './parse-manifests.ts';

/** What a text holds, whatever kind of JSON it is, as far as it can be read. */
export interface RawDocuments {
  readonly values: readonly Json[];
  readonly problem?: RawProblem;
}

export interface RawProblem {
  readonly code: ManifestIssueCode;
  /** In the words of kubectl's parser. */
  readonly reason: string;
  /** In its document; not every reason has one. */
  readonly line?: number;
}

/** Null documents are left out. */
export function readRawDocuments(text: string): RawDocuments {
  const values: Json[] = [];
  const { documents, fileCharacters } = DEFAULT_MANIFEST_BOUNDS;
  if (text.length > fileCharacters)
    return { values, problem: { code: 'tooLarge', reason: `more than ${fileCharacters} characters` } };
  try {
    for (const { value } of readDocuments(text, new NodeBudget(DEFAULT_MANIFEST_BOUNDS))) {
      if (values.length >= documents)
        throw new ManifestProblem('tooManyDocuments', `more than ${documents} documents`, '', 0);
      if (value !== null) values.push(value);
    }
    return { values };
  } catch (error) {
    if (!(error instanceof ManifestProblem)) throw error;
    return { values, problem: problemIn(text, error) };
  }
}

function problemIn(text: string, { code, reason, offset, documentStart }: ManifestProblem): RawProblem {
  if (code !== 'syntax' || reason.startsWith('invalid ') || reason.startsWith('json: ')) return { code, reason };
  // What begins as JSON and is no YAML either was meant as JSON.
  const json = documentStart === 0 && text.trimStart().startsWith('{') ? locateJsonFault(text) : undefined;
  if (json) return { code, reason: `json: offset ${json.offset}: ${json.message}` };
  const { end } = nextChunk(text, documentStart);
  return { code, ...goYamlProblem(text.slice(documentStart, end), offset - documentStart, reason) };
}
