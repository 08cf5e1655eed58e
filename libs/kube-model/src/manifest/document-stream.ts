import type { Json } from '../json.ts';
import { nextChunk } from './document-splitter.ts';
import { readJson, skipSpace } from './json-stream.ts';
import { ManifestProblem } from './manifest-problem.ts';
import type { NodeBudget } from './node-budget.ts';
import { readEvents } from './yaml-events.ts';
import { buildValue } from './yaml-value.ts';

/** A document as it stands in its file; value null for an empty one. */
export interface RawDocument {
  readonly value: Json;
  /** Offset of `text` in the file. */
  readonly start: number;
  readonly text: string;
}

/**
 * The documents of a text in order, as kubectl's YAMLOrJSONDecoder gives them (apimachinery pkg/util/yaml/decoder.go): a text
 * that starts with { is a stream of JSON values; where that fails at the first or second value, YAML from there on.
 * Throws ManifestProblem, with offsets into the text.
 */
export function* readDocuments(text: string, budget: NodeBudget): Generator<RawDocument> {
  let position: number | undefined = 0;
  if (text[skipSpace(text, 0)] === '{') position = yield* readJsonDocuments(text, budget);
  while (position !== undefined) {
    const { start, end, next } = nextChunk(text, position);
    const chunk = text.slice(start, end);
    yield { value: readYaml(chunk, start, budget), start, text: chunk };
    position = next;
  }
}

/** Returns where YAML goes on; undefined when the text is all read. */
function* readJsonDocuments(text: string, budget: NodeBudget): Generator<RawDocument, number | undefined> {
  let position = 0;
  for (let count = 0; ; count++) {
    const reading = readJson(text, position, budget);
    switch (reading.kind) {
      case 'end':
        return undefined;
      case 'notJson':
        if (count <= 1) return behindBlankLine(text, position);
        throw new ManifestProblem(
          'syntax',
          'invalid JSON',
          'look for a missing comma, bracket or quote; a file of several JSON objects stays JSON to its end',
          skipSpace(text, position),
        );
      case 'value':
        yield { value: reading.value, start: reading.start, text: text.slice(reading.start, reading.end) };
        position = reading.end;
    }
  }
}

/** The JSON decoder leaves the space behind a value unread; the YAML decoder goes on behind the first line break in it. */
function behindBlankLine(text: string, position: number): number {
  const next = skipSpace(text, position);
  const lineFeed = text.indexOf('\n', position);
  return lineFeed !== -1 && lineFeed < next ? lineFeed + 1 : next;
}

function readYaml(chunk: string, start: number, budget: NodeBudget): Json {
  try {
    const stream = readEvents(chunk, budget.depth);
    return stream === undefined ? null : buildValue(stream, budget);
  } catch (error) {
    throw error instanceof ManifestProblem ? error.within(start) : error;
  }
}
