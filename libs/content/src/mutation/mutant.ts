import type { SubmissionContent } from '@kubedrill/grader';

/** A solution with one thing changed. */
export interface Mutant {
  /** What was changed: "Service api spec.ports[0].port", "kubectl expose deployment api --port=80". */
  readonly place: string;
  /** How: "spec.ports[0].port: 81 instead of 80". */
  readonly edit: string;
  /** Of the solution's files. */
  readonly file: string;
  readonly line: number;
  readonly content: SubmissionContent;
  /** "Deployment web-x" -> "web": objects that only have another name. */
  readonly renamings: ReadonlyMap<string, string>;
  /** It changes what something is called that nobody calls by name. */
  readonly isNaming: boolean;
}

/** As many of a list as told, evenly spread, the first and the last among them. */
export function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  const step = (items.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => items[Math.round(index * step)]).filter(
    (item): item is T => item !== undefined,
  );
}
