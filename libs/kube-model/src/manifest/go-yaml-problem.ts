/** A syntax error as go-yaml puts it: what, and the line that it names, if any. */
export interface GoYamlProblem {
  readonly reason: string;
  readonly line?: number;
}

/**
 * go-yaml's own words and line for what another parser found in a document at an offset (yaml.go fail, scannerc.go, parserc.go): errors of
 * its scanner count lines from 1, those of its parser from 0, and line 0 is never named.
 */
export function goYamlProblem(text: string, offset: number, reason: string): GoYamlProblem {
  if (/^(unknown anchor|anchor |map merge|document contains|control characters|cannot decode)/.test(reason))
    return { reason };
  const isAtEnd = offset >= text.trimEnd().length - 1;
  const lines = text.split('\n');
  const at = isAtEnd ? lines.length - 1 : text.slice(0, offset).split('\n').length - 1;
  const words = exactReason(reason, lines, at, text.slice(0, offset));
  const isOfParser = words.startsWith('did not find expected');
  const line = isOfParser ? at : at + 1;
  return at === 0 ? { reason: words } : { reason: words, line };
}

const valuesNotAllowed = 'mapping values are not allowed in this context';

/** What a more careful look at the block structure says. */
function exactReason(reason: string, lines: readonly string[], at: number, before: string): string {
  const line = lines[at] ?? '';
  if (reason.startsWith("did not find expected ','"))
    return openBracket(before) === '[' ? "did not find expected ',' or ']'" : "did not find expected ',' or '}'";
  if (line.startsWith('\t') && reason.startsWith('found character'))
    return endsInPlainScalar(previousLine(lines, at)) ? 'found a tab character that violates indentation' : reason;
  if (!/^(did not find expected (key|'-')|could not find expected ':')/.test(reason)) return reason;
  if (/^\s*(- +)*[^\s'"#][^'"#]*?: +[@`%]/.test(line)) return 'found character that cannot start any token';
  if (/^\s*(- +)*[^\s'"[{#][^'"[{#]*?: +[^\s'"[{|>&*!#][^#]*?:( |$)/.test(line)) return valuesNotAllowed;
  const previous = previousLine(lines, at);
  const continues = endsInPlainScalar(previous) && indentOf(line) > keyColumn(previous);
  if (continues && /:( |$)/.test(line)) return valuesNotAllowed;
  if (reason.startsWith('could not') && !(/:( |$)/.test(line) && /^\s*-|:( |$)/.test(previous))) return reason;
  return isInSequence(lines, at) ? "did not find expected '-' indicator" : 'did not find expected key';
}

function openBracket(before: string): string {
  const open: string[] = [];
  for (const [character] of before.replace(/"[^"\n]*"|'[^'\n]*'/g, '').matchAll(/[[\]{}]/g)) {
    if (character === '[' || character === '{') open.push(character);
    else open.pop();
  }
  return open.at(-1) ?? '{';
}

function previousLine(lines: readonly string[], at: number): string {
  return lines.slice(0, at).findLast((line) => /^\s*[^\s#]/.test(line)) ?? '';
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Where a line's key stands: behind the dashes that begin it. */
function keyColumn(line: string): number {
  return /^[ ]*(?:- +)*/.exec(line)?.[0].length ?? 0;
}

function endsInPlainScalar(line: string): boolean {
  const value = /:\s+(.*)$/.exec(line)?.[1] ?? (/:\s*$/.test(line) ? '' : line.trim().replace(/^(- +)+/, ''));
  return value !== '' && !/^['"[{|>&*!#]/.test(value);
}

/** Whether the innermost collection that is not deeper than the line is a list with an indentation of its own. */
function isInSequence(lines: readonly string[], at: number): boolean {
  const column = indentOf(lines[at] ?? '');
  for (let index = at - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? '';
    if (!/^\s*[^\s#]/.test(line) || indentOf(line) > column) continue;
    const dash = /^ *- /.test(line) || /^ *-$/.test(line);
    if (!dash) return false;
    if (keyColumn(line) <= column && keyColumn(line) > indentOf(line)) return false;
    return isIndented(lines, index);
  }
  return false;
}

/** Lists that stand as far left as the key above have no indentation of their own. */
function isIndented(lines: readonly string[], dashLine: number): boolean {
  const column = indentOf(lines[dashLine] ?? '');
  const owner = lines
    .slice(0, dashLine)
    .findLast(
      (line) => /^\s*[^\s#]/.test(line) && (indentOf(line) < column || !/^ *-/.test(line)) && indentOf(line) <= column,
    );
  return owner === undefined || indentOf(owner) < column;
}
