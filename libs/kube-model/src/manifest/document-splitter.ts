import { ManifestProblem } from './manifest-problem.ts';

/** One YAML document as a range of its file's text. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** Where the next chunk starts; undefined after the last one. */
  readonly next: number | undefined;
}

/**
 * The chunk that starts at `start`, cut as kubectl's YAMLReader cuts (apimachinery pkg/util/yaml/decoder.go): at lines that
 * start with `---`, whatever they stand in. A separator at the very start belongs to the chunk. A bad separator takes the
 * chunk before it along.
 */
export function nextChunk(text: string, start: number): Chunk {
  let separator = separatorFrom(text, start);
  if (separator === start) separator = separatorFrom(text, lineEnd(text, separator));
  if (separator === -1) return { start, end: documentEnd(text, start, text.length), next: undefined };
  return { start, end: documentEnd(text, start, separator), next: lineEnd(text, separator) };
}

function separatorFrom(text: string, from: number): number {
  let found = text.indexOf('---', from);
  while (found > 0 && text.charCodeAt(found - 1) !== 10) found = text.indexOf('\n---', found) + 1 || -1;
  if (found !== -1) checkSeparator(text, found);
  return found;
}

function checkSeparator(text: string, start: number): void {
  const rest = text.slice(start + 3, lineEnd(text, start)).trim();
  if (rest === '' || rest.startsWith('#')) return;
  throw new ManifestProblem(
    'syntax',
    `invalid Yaml document separator: ${rest.slice(0, 80)}`,
    'leave nothing but a comment behind the --- that starts a document',
    start,
  );
}

/** go-yaml reads the first document of a chunk only: what follows a `...` line is not looked at. */
function documentEnd(text: string, start: number, end: number): number {
  let found = text.indexOf('\n...', start);
  while (found !== -1 && found < end) {
    const following = text.charCodeAt(found + 4);
    if (Number.isNaN(following) || following === 10 || following === 13 || following === 32 || following === 9) {
      return found + 1;
    }
    found = text.indexOf('\n...', found + 4);
  }
  return end;
}

/** Offset behind the line break that ends the line of `offset`. */
function lineEnd(text: string, offset: number): number {
  const lineFeed = text.indexOf('\n', offset);
  return lineFeed === -1 ? text.length : lineFeed + 1;
}
