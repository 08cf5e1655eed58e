import { tableOf, type Instant, type TableColumn } from '@kubedrill/cluster-sim';
import type { Json, JsonObject, Kind, KubeObject } from '@kubedrill/kube-model';

/** meta.k8s.io/v1 Table, which kubectl asks for to print: apiserver/pkg/endpoints/handlers/response.go. */

export type IncludedObject = 'None' | 'Metadata' | 'Object';

export interface TableOptions {
  readonly now: Instant;
  readonly includeObject: IncludedObject;
  /** Of a watch only the first event names the columns. */
  readonly withColumns: boolean;
}

/** Whether the client would rather have a Table than the objects. */
export function wantsTable(accept: string): boolean {
  const [first = ''] = accept.split(',');
  return /as=Table/.test(first) && /g=meta\.k8s\.io/.test(first);
}

export function includedObject(query: URLSearchParams): IncludedObject {
  const word = query.get('includeObject');
  return word === 'None' || word === 'Object' ? word : 'Metadata';
}

export function tableDocument(
  kind: Kind,
  objects: readonly KubeObject[],
  metadata: JsonObject,
  { now, includeObject, withColumns }: TableOptions,
): JsonObject {
  const columns = tableOf(kind);
  const columnDefinitions = columns.map(({ name, type, priority }): Json => ({
    name,
    type,
    format: name === 'Name' ? 'name' : '',
    description: '',
    priority,
  }));
  const rows = objects.map((object): Json => ({
    cells: columns.map((column) => cellOf(column.type, column.cell(object, now))),
    ...(includeObject === 'None' ? {} : { object: shownObject(object, includeObject) }),
  }));
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: withColumns ? columnDefinitions : null,
    rows,
  };
}

/** Columns of booleans hold the words "True" and "False", as printers.go writes them. */
function cellOf(type: TableColumn['type'], cell: string): Json {
  return type === 'integer' ? Number(cell) : cell;
}

function shownObject(object: KubeObject, included: 'Metadata' | 'Object'): Json {
  if (included === 'Object') return object as unknown as Json;
  const metadata = object.metadata as unknown as Json;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}
