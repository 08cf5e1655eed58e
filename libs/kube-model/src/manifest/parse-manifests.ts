import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { readDocuments } from './document-stream.ts';
import type { RawDocument } from './document-stream.ts';
import { FieldPositions } from './field-positions.ts';
import { ManifestProblem } from './manifest-problem.ts';
import type {
  FieldPath,
  ManifestBounds,
  ManifestDocument,
  ManifestFile,
  ManifestIssue,
  ParsedManifests,
  SourcePosition,
} from './manifest.ts';
import { NodeBudget } from './node-budget.ts';
import { TextLines } from './text-lines.ts';
import { readEvents } from './yaml-events.ts';

/** 3 Mi characters: the API server takes no request of more bytes (apiserver pkg/server/config.go, MaxRequestBodyBytes). */
export const DEFAULT_MANIFEST_BOUNDS: ManifestBounds = {
  fileCharacters: 3 * 1024 * 1024,
  documents: 1_000,
  depth: 100,
  nodes: 200_000,
};

/**
 * Reads manifests as kubectl does: YAML 1.1 as go-yaml v2 understands it, or a stream of JSON objects; documents split at
 * `---` lines; empty ones skipped; keys made strings; the last of equal keys wins. Never throws for bad input: a file that
 * cannot be read contributes the documents before the fault, and one issue.
 */
export function parseManifests(files: readonly ManifestFile[], bounds: Partial<ManifestBounds> = {}): ParsedManifests {
  const reading = new ManifestReading({ ...DEFAULT_MANIFEST_BOUNDS, ...bounds });
  for (const file of files) reading.read(file);
  return { documents: reading.documents, issues: reading.issues };
}

/** NUL, or half of a surrogate pair: no text editor writes them. */
const NOT_TEXT = /[\0\p{Cs}]/u;

class ManifestReading {
  readonly documents: ManifestDocument[] = [];
  readonly issues: ManifestIssue[] = [];
  readonly #bounds: ManifestBounds;
  readonly #budget: NodeBudget;
  /** Documents so far, empty ones included. */
  #seen = 0;

  constructor(bounds: ManifestBounds) {
    this.#bounds = bounds;
    this.#budget = new NodeBudget(bounds);
  }

  read({ path, content }: ManifestFile): void {
    if (content.length > this.#bounds.fileCharacters) {
      const message = `the file has ${content.length} characters and ${this.#bounds.fileCharacters} are the most: send less`;
      this.issues.push({ code: 'tooLarge', message, file: path });
    } else if (NOT_TEXT.test(content)) {
      this.issues.push({ code: 'notText', message: 'the file is not UTF-8 text: send YAML or JSON', file: path });
    } else {
      this.#readText(path, content, new TextLines(content));
    }
  }

  #readText(path: string, text: string, lines: TextLines): void {
    try {
      let index = 0;
      for (const raw of readDocuments(text, this.#budget)) {
        this.#count(raw);
        if (raw.value === null) continue;
        const value = objectOf(raw.value, raw);
        this.documents.push(new LocatedDocument(path, index++, value, raw, lines, this.#bounds.depth));
      }
    } catch (error) {
      if (!(error instanceof ManifestProblem)) throw error;
      this.issues.push(issueOf(error, path, lines));
    }
  }

  #count(raw: RawDocument): void {
    if (++this.#seen <= this.#bounds.documents) return;
    const reason = `more than ${this.#bounds.documents} documents`;
    throw new ManifestProblem('tooManyDocuments', reason, 'send fewer documents', raw.start);
  }
}

function objectOf(value: Json, raw: RawDocument): JsonObject {
  if (isJsonObject(value)) return value;
  const [kind, goType] = Array.isArray(value) ? ['a list', 'array'] : [`a ${typeof value}`, goTypeOf(value)];
  throw new ManifestProblem(
    'notAnObject',
    `json: cannot unmarshal ${goType} into Go value of type map[string]interface {}`,
    `a document is an object with apiVersion, kind and metadata, and this is ${kind}`,
    raw.start + Math.max(0, raw.text.search(/^(?!---)[ \t]*[^\s#]/m)),
  );
}

/** encoding/json's names of JSON types. */
function goTypeOf(value: Json): string {
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function issueOf(problem: ManifestProblem, file: string, lines: TextLines): ManifestIssue {
  const { line, column } = lines.at(problem.offset);
  // go-yaml's prefix, for what go-yaml says.
  const source = problem.code === 'syntax' ? 'yaml: ' : '';
  const message = `${source}line ${line}: ${problem.reason} (column ${column}: ${problem.mend})`;
  return { code: problem.code, message, file, line, column };
}

class LocatedDocument implements ManifestDocument {
  readonly file: string;
  readonly index: number;
  readonly value: JsonObject;
  readonly #raw: RawDocument;
  readonly #lines: TextLines;
  readonly #maxDepth: number;
  #positions: FieldPositions | undefined;

  constructor(file: string, index: number, value: JsonObject, raw: RawDocument, lines: TextLines, maxDepth: number) {
    this.file = file;
    this.index = index;
    this.value = value;
    this.#raw = raw;
    this.#lines = lines;
    this.#maxDepth = maxDepth;
  }

  locate(path: FieldPath): SourcePosition {
    this.#positions ??= positionsIn(this.#raw.text, this.#maxDepth);
    const offset = this.#raw.start + this.#positions.offsetOf(path);
    return { file: this.file, ...this.#lines.at(offset) };
  }
}

/** JSON is YAML but for a few corners; a document that is only JSON answers with its start. */
function positionsIn(text: string, maxDepth: number): FieldPositions {
  const unknown = { text, events: [], originalOffset: () => 0 };
  try {
    return new FieldPositions(readEvents(text, maxDepth) ?? unknown);
  } catch (error) {
    if (error instanceof ManifestProblem) return new FieldPositions(unknown);
    throw error;
  }
}
