import { ExpressionMatcher, isWord } from './expression-matcher.ts';
import type { Match } from './expression-matcher.ts';
import { ExpressionParser } from './expression-syntax.ts';

export type ExpressionStyle = 'basic' | 'extended' | 'fixed';

export interface ExpressionOptions {
  readonly ignoreCase?: boolean;
  readonly word?: boolean;
  readonly line?: boolean;
}

const maxPatternLength = 1_000;

/** A finder of the first match in a line: its text, or undefined. */
export function findLine(
  pattern: string,
  style: ExpressionStyle,
  options: ExpressionOptions,
): (line: string) => string | undefined {
  const search = compileExpression(pattern, style, options.ignoreCase ?? false);
  return (line) => {
    for (let from = 0; from <= line.length;) {
      const match = search(line, from);
      if (!match) return undefined;
      const wholeLine = match.start === 0 && match.end === line.length;
      const wholeWord = !isWord(line.charAt(match.start - 1)) && !isWord(line.charAt(match.end));
      if ((!options.line || wholeLine) && (!options.word || wholeWord)) return line.slice(match.start, match.end);
      from = match.start + 1;
    }
    return undefined;
  };
}

/**
 * POSIX regular expressions for grep and sed, by backtracking under a budget of steps: an expression that uses it up does not
 * match. JavaScript's own engine is not used, as hostile patterns could hold it for ever.
 */
export function compileExpression(
  pattern: string,
  style: ExpressionStyle,
  ignoreCase: boolean,
): (text: string, from: number) => Match | undefined {
  if (style === 'fixed') {
    const wanted = ignoreCase ? pattern.toLowerCase() : pattern;
    return (text, from) => {
      const start = (ignoreCase ? text.toLowerCase() : text).indexOf(wanted, from);
      return start < 0 ? undefined : { start, end: start + wanted.length, groups: [] };
    };
  }
  const alternatives = new ExpressionParser(
    pattern.slice(0, maxPatternLength),
    style === 'extended',
    ignoreCase,
  ).parse();
  return (text, from) => new ExpressionMatcher(ignoreCase ? text.toLowerCase() : text, text, alternatives).search(from);
}
