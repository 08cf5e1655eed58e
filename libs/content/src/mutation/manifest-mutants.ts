import {
  describeEdit,
  edited,
  editsOf,
  formatFieldPath,
  type ManifestEdit,
  type PreparedInstance,
} from '@kubedrill/grader';
import { isJsonObject, type FieldPath, type Json, type JsonObject, type ManifestDocument } from '@kubedrill/kube-model';
import { spread, type Mutant } from './mutant.ts';

/** A changed list of documents, before it is written down as what is submitted. */
export interface ManifestMutation extends Omit<Mutant, 'content'> {
  readonly documents: readonly JsonObject[];
}

/** Of edits that differ in their value alone. */
const valuesTried = 3;

/** Every field changed, left out, added, swapped; every document left out. In the order of the documents. */
export function manifestMutations(
  prepared: PreparedInstance,
  documents: readonly ManifestDocument[],
): readonly ManifestMutation[] {
  const found = new Map<string, ManifestMutation>();
  const add = (mutation: ManifestMutation): void => {
    const key = JSON.stringify(mutation.documents);
    if (!found.has(key)) found.set(key, mutation);
  };
  const single = [...chosen(editsOf(prepared, documents)), ...documents.flatMap(typos)];
  for (const [index, document] of documents.entries()) {
    if (documents.length > 1) add(withoutDocument(documents, document, index));
    for (const edit of single) if (edit.document === index) add(mutationOf(documents, [edit]));
    for (const pair of portSwaps(index, document.value, [])) add(mutationOf(documents, pair));
  }
  for (const pair of selectorSwaps(documents)) add(mutationOf(documents, pair));
  found.delete(JSON.stringify(documents.map(({ value }) => value)));
  return [...found.values()];
}

/** Of all edits at one place a few that stand for the others. */
function chosen(edits: readonly ManifestEdit[]): readonly ManifestEdit[] {
  const groups = new Map<string, ManifestEdit[]>();
  for (const edit of edits) {
    const key = JSON.stringify([edit.kind, edit.document, groupOf(edit)]);
    const group = groups.get(key);
    if (group) group.push(edit);
    else groups.set(key, [edit]);
  }
  return [...groups.values()].flatMap((group) => spread(group, valuesTried));
}

/** Labels that may be added differ in their keys, and are one group all the same. */
function groupOf({ kind, path }: ManifestEdit): FieldPath {
  const parent = path.slice(0, -1);
  return kind === 'add' && /^(labels|matchLabels|selector)$/.test(String(parent.at(-1))) ? parent : path;
}

/** A letter or a number too much in each text and number. */
function typos({ value }: ManifestDocument, document: number): readonly ManifestEdit[] {
  return scalarsOf(value, []).flatMap(([path, before]): readonly ManifestEdit[] => {
    if (path[0] === 'apiVersion' || path[0] === 'kind') return [];
    if (typeof before === 'number') return [{ kind: 'replace', document, path, before, after: before + 1 }];
    return typeof before === 'string' ? [{ kind: 'replace', document, path, before, after: `${before}x` }] : [];
  });
}

function scalarsOf(value: Json, path: FieldPath): readonly (readonly [FieldPath, Json])[] {
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((item, index) => scalarsOf(item, [...path, index]));
  if (!isJsonObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, member]) => scalarsOf(member ?? null, [...path, key]));
}

type Swap = readonly [ManifestEdit, ManifestEdit];

const portFields = ['port', 'targetPort', 'nodePort'] as const;

/** port and targetPort of one entry, and the same field of two entries. */
function portSwaps(document: number, value: Json, path: FieldPath): readonly Swap[] {
  if (!isJsonObject(value)) return [];
  const swaps: Swap[] = [];
  const swap = (a: FieldPath, before: Json | undefined, b: FieldPath, after: Json | undefined): void => {
    if (before === undefined || after === undefined || before === after) return;
    swaps.push([
      { kind: 'replace', document, path: a, before, after },
      { kind: 'replace', document, path: b, before: after, after: before },
    ]);
  };
  for (const [key, member] of Object.entries(value)) {
    if (key !== 'ports' || !Array.isArray(member)) {
      swaps.push(...portSwaps(document, member ?? null, [...path, key]));
      continue;
    }
    const entries = (member as readonly Json[]).filter(isJsonObject);
    for (const [index, entry] of entries.entries()) {
      const at = [...path, key, index];
      swap([...at, 'port'], entry.port, [...at, 'targetPort'], entry.targetPort);
      const next = entries[index + 1];
      if (next)
        for (const field of portFields)
          swap([...at, field], entry[field], [...path, key, index + 1, field], next[field]);
    }
  }
  return swaps;
}

/** The selectors of two documents of one kind. */
function selectorSwaps(documents: readonly ManifestDocument[]): readonly Swap[] {
  const selectors = documents.flatMap(({ value }, index) => {
    const selector = isJsonObject(value.spec) ? value.spec.selector : undefined;
    return value.kind === 'Service' && selector !== undefined ? [{ index, selector }] : [];
  });
  return selectors.slice(1).flatMap(({ index, selector }, place): readonly Swap[] => {
    const other = selectors[place];
    if (!other) return [];
    const path = ['spec', 'selector'];
    return [
      [
        { kind: 'replace', document: other.index, path, before: other.selector, after: selector },
        { kind: 'replace', document: index, path, before: selector, after: other.selector },
      ],
    ];
  });
}

function withoutDocument(
  documents: readonly ManifestDocument[],
  left: ManifestDocument,
  index: number,
): ManifestMutation {
  return {
    place: nameOf(left.value),
    edit: 'leave out the whole document',
    ...positionOf(left, []),
    documents: documents.flatMap(({ value }, other) => (other === index ? [] : [value])),
    renamings: new Map(),
    isNaming: false,
  };
}

function mutationOf(documents: readonly ManifestDocument[], edits: readonly ManifestEdit[]): ManifestMutation {
  const [first] = edits;
  const document = first && documents[first.document];
  if (!document) throw new Error('an edit names a document that there is none of');
  const changed = edits.reduce<readonly JsonObject[]>(
    (values, edit) => values.map((value, index) => (index === edit.document ? edited(value, edit) : value)),
    documents.map(({ value }) => value),
  );
  return {
    place: `${nameOf(document.value)} ${formatFieldPath(first.path)}`,
    edit: edits.map(describeEdit).join(', and '),
    ...positionOf(document, first.path),
    documents: changed,
    renamings: renamingsOf(document.value, first),
    isNaming: isNaming(document.value, first.path),
  };
}

function positionOf(document: ManifestDocument, path: FieldPath): Pick<Mutant, 'file' | 'line'> {
  const { file, line } = document.locate(path);
  return { file, line };
}

function nameOf({ kind, metadata }: JsonObject): string {
  return `${textOf(kind)} ${isJsonObject(metadata) ? textOf(metadata.name) : ''}`;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Services are called by their names; whom else somebody calls by name, the answers show. */
function renamingsOf({ kind }: JsonObject, edit: ManifestEdit): ReadonlyMap<string, string> {
  if (edit.kind !== 'replace' || formatFieldPath(edit.path) !== 'metadata.name' || kind === 'Service') return new Map();
  return new Map([[`${textOf(kind)} ${textOf(edit.after)}`, textOf(edit.before)]]);
}

function isNaming({ kind }: JsonObject, path: FieldPath): boolean {
  const field = formatFieldPath(path);
  return (field === 'metadata.name' && kind !== 'Service') || /\.ports\[\d+\]\.name$/.test(field);
}
