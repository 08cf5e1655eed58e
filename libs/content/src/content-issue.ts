/** What is wrong with a piece of content: what, where, and how to mend it. */
export interface ContentIssue {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Relative to the content's root. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** As compilers print it, so that editors can jump there. */
export function formatIssue({ severity, file, line, column, message }: ContentIssue): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place}: ${severity}: ${message}`;
}
