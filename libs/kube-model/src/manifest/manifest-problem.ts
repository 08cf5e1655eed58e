import type { ManifestIssueCode } from './manifest.ts';

/**
 * Ends the reading of a file from deep inside the parser; parseManifests turns it into a ManifestIssue, so it never leaves
 * this folder.
 */
export class ManifestProblem extends Error {
  readonly code: ManifestIssueCode;
  /** kubectl's words, or ours where kubectl has no such bound. */
  readonly reason: string;
  readonly mend: string;
  /** Offset into the text that was being read. */
  readonly offset: number;
  /** Where the document starts in that text. */
  readonly documentStart: number;

  constructor(code: ManifestIssueCode, reason: string, mend: string, offset: number, documentStart = 0) {
    super(reason);
    this.code = code;
    this.reason = reason;
    this.mend = mend;
    this.offset = offset;
    this.documentStart = documentStart;
  }

  /** The same in a text in which the one that was being read starts at `start`. */
  within(start: number): ManifestProblem {
    return new ManifestProblem(this.code, this.reason, this.mend, start + this.offset, start);
  }
}
