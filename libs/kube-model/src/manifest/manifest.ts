import type { JsonObject } from '../json.ts';

/** One text file of a submission or an exercise. */
export interface ManifestFile {
  readonly path: string;
  readonly content: string;
}

/** Keys and list indexes from the document's root to a field: ['spec', 'ports', 0, 'targetPort']. */
export type FieldPath = readonly (string | number)[];

/** Lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One YAML (or JSON) document, already JSON, that still knows where its fields stand in the author's file. */
export interface ManifestDocument {
  readonly file: string;
  /** Position among the documents of its file, from 0, empty documents not counted. */
  readonly index: number;
  readonly value: JsonObject;
  /** Where the field stands; where it is absent, its nearest ancestor that is there. */
  locate(path: FieldPath): SourcePosition;
}

export type ManifestIssueCode =
  | 'syntax'
  | 'notAnObject'
  | 'notText'
  | 'tooLarge'
  | 'tooManyDocuments'
  | 'tooDeep'
  | 'tooManyNodes'
  | 'tooManyAliases';

/** Why a file could not be read, in words that say what, where and how to mend it. */
export interface ManifestIssue {
  readonly code: ManifestIssueCode;
  readonly message: string;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** A file with an issue contributes the documents before the issue and nothing after it, as kubectl executes them. */
export interface ParsedManifests {
  readonly documents: readonly ManifestDocument[];
  readonly issues: readonly ManifestIssue[];
}

/** What one call of the parser will read at most; each bound has its issue code. */
export interface ManifestBounds {
  /** Characters of one file ('tooLarge'). */
  readonly fileCharacters: number;
  /** Documents of all files together, empty ones included ('tooManyDocuments'). */
  readonly documents: number;
  /** Objects and lists inside each other, aliases followed ('tooDeep'). */
  readonly depth: number;
  /** Keys and values of all files together, aliases followed ('tooManyNodes'). */
  readonly nodes: number;
}
