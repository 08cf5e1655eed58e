import type { Json } from '../json.ts';
import { readDocuments } from './document-stream.ts';
import type { ManifestIssueCode } from './manifest.ts';
import { ManifestProblem } from './manifest-problem.ts';
import { NodeBudget } from './node-budget.ts';
import { DEFAULT_MANIFEST_BOUNDS } from './parse-manifests.ts';
import { TextLines } from './text-lines.ts';

/** What a text holds, whatever kind of JSON it is, as far as it can be read. */
export interface RawDocuments {
  readonly values: readonly Json[];
  readonly problem?: RawProblem;
}

export interface RawProblem {
  readonly code: ManifestIssueCode;
  /** In the words of kubectl's parser. */
  readonly reason: string;
  /** In its document, from 1. */
  readonly line: number;
}

/** Null documents are left out. */
export function readRawDocuments(text: string): RawDocuments {
  const values: Json[] = [];
  const { documents, fileCharacters } = DEFAULT_MANIFEST_BOUNDS;
  if (text.length > fileCharacters)
    return { values, problem: { code: 'tooLarge', reason: `more than ${fileCharacters} characters`, line: 1 } };
  try {
    for (const { value } of readDocuments(text, new NodeBudget(DEFAULT_MANIFEST_BOUNDS))) {
      if (values.length >= documents)
        throw new ManifestProblem('tooManyDocuments', `more than ${documents} documents`, '', 0);
      if (value !== null) values.push(value);
    }
    return { values };
  } catch (error) {
    if (!(error instanceof ManifestProblem)) throw error;
    const { code, reason, offset, documentStart } = error;
    const lines = new TextLines(text);
    return { values, problem: { code, reason, line: lines.at(offset).line - lines.at(documentStart).line + 1 } };
  }
}
