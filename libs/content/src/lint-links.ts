import { nearestWord } from '@kubedrill/grader';
import type { ContentIssue } from './content-issue.ts';

/** Where links may lead. */
export interface LinkTargets {
  /** All files of the content, relative to its root. */
  readonly files: ReadonlySet<string>;
  readonly exercises: ReadonlySet<string>;
  readonly sections: ReadonlySet<string>;
}

/** A Markdown text, with the file that it stands in. */
export interface MarkdownText {
  readonly file: string;
  readonly text: string;
}

const fence = /^\s*(?:```|~~~)/;
const link = /\[[^\]\n]*\]\(\s*<?([^()\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;

/** Links that lead nowhere: to the web they are not followed; `exercise:ID`, `section:ID`, `#heading` and files have to exist. */
export function lintLinks(source: MarkdownText, targets: LinkTargets): readonly ContentIssue[] {
  const headings = headingsOf(source.text);
  return linesOutsideOfBlocks(source.text).flatMap(([content, line]) =>
    [...content.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length)).matchAll(link)].flatMap((match) => {
      const problem = problemOf(match[1] ?? '', source.file, targets, headings);
      if (problem === undefined) return [];
      return [{ severity: 'error' as const, file: source.file, line, column: match.index + 1, message: problem }];
    }),
  );
}

function problemOf(
  target: string,
  file: string,
  { files, exercises, sections }: LinkTargets,
  headings: ReadonlySet<string>,
): string | undefined {
  if (/^(?:https?|mailto):/.test(target)) return undefined;
  const [, scheme, name = ''] = /^(exercise|section):(.*)$/.exec(target) ?? [];
  if (scheme !== undefined) {
    const known = scheme === 'exercise' ? exercises : sections;
    return known.has(name) ? undefined : `there is no ${scheme} "${name}"${suggestion(name, known)}`;
  }
  if (target.startsWith('#')) {
    const heading = target.slice(1);
    return headings.has(heading) ? undefined : `there is no heading "#${heading}" here${suggestion(heading, headings)}`;
  }
  const path = resolved(file, target.replace(/#.*$/, ''));
  if (files.has(path) || [...files].some((known) => known.startsWith(`${path}/`))) return undefined;
  return `the link leads to "${target}", which does not exist${suggestion(path, files)}`;
}

export function suggestion(word: string, candidates: Iterable<string>): string {
  const near = nearestWord(word, candidates);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

/** A path beside a file. */
function resolved(file: string, target: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function linesOutsideOfBlocks(text: string): readonly (readonly [content: string, line: number])[] {
  let inBlock = false;
  return text.split('\n').flatMap((content, index) => {
    if (fence.test(content)) inBlock = !inBlock;
    return inBlock ? [] : [[content, index + 1] as const];
  });
}

/** As GitHub makes anchors of headings. */
function headingsOf(text: string): ReadonlySet<string> {
  const titles = linesOutsideOfBlocks(text).flatMap(([content]) => /^#{1,6}\s+(.*)$/.exec(content)?.[1] ?? []);
  return new Set(
    titles.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
}
