import { compareQuantities, goType, parseQuantity, quote, type Instant } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { relaxedPath } from '../../custom-columns.ts';
import type { FoundObject, FoundPart } from '../../found-objects.ts';
import { shownObject } from '../../found-objects.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { findResults } from '../../json-path.ts';
import { klogLine } from '../../klog.ts';
import { JsonPathSyntaxError, parseTemplate, type TemplateNode } from '../../json-path-syntax.ts';

/** kubectl/pkg/cmd/get/sorter.go: the objects of a List, in the order of a field. */
export function sortedObjects({ cluster, flags }: Invocation, found: readonly FoundObject[]): readonly FoundObject[] {
  const path = flags.text('sort-by');
  if (path === '' || found.length === 0) return found;
  const field = relaxedPath(path);
  const nodes = parsed(field, '');
  const keyed = found.map((one) => ({ one, key: keyOf(nodes, shownObject(one)) }));
  if (keyed.every(({ key }) => key === undefined)) throw fieldNotFound(field);
  return sortByKey(keyed, { field, now: cluster.clock.now() }).map(({ one }) => one);
}

/**
 * The rows of each table. kubectl takes several tables for objects to be sorted, in which it hardly ever finds the field; and of
 * one table it shows nothing where it cannot sort it.
 */
export function sortedTables({ cluster, flags }: Invocation, parts: readonly FoundPart[]): readonly FoundPart[] {
  const path = flags.text('sort-by');
  if (path === '' || parts.length === 0) return parts;
  if (parts.length > 1) return sortedAsObjects(relaxedPath(path), parts);
  return parts.map(({ resource, objects }) => {
    if (objects.length < 2) return { resource, objects };
    const field = relaxedOrPlain(path);
    const rows = sortedRows(
      { field, now: cluster.clock.now() },
      objects.map((object) => ({ resource, object })),
    );
    return { resource, objects: rows.map(({ object }) => object) };
  });
}

function sortedAsObjects(field: string, parts: readonly FoundPart[]): readonly FoundPart[] {
  const table: JsonObject = { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: { resourceVersion: '' } };
  if (keyOf(parsed(field, ''), table) === undefined) throw fieldNotFound(field);
  return parts;
}

function sortedRows(by: SortField, rows: readonly FoundObject[]): readonly FoundObject[] {
  try {
    const nodes = parseTemplate(by.field);
    const keyed = rows.map((one) => ({ one, key: keyOf(nodes, shownObject(one)) }));
    return keyed.every(({ key }) => key === undefined) ? [] : sortByKey(keyed, by).map(({ one }) => one);
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) return [];
    throw error;
  }
}

function relaxedOrPlain(path: string): string {
  try {
    return relaxedPath(path);
  } catch (error) {
    if (error instanceof CommandError) return path;
    throw error;
  }
}

function fieldNotFound(field: string): CommandError {
  return new CommandError(`error: couldn't find any field with path ${quote(field)} in the list of objects`);
}

function parsed(field: string, prefix: string): readonly TemplateNode[] {
  try {
    return parseTemplate(field);
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) throw new CommandError(`error: ${prefix}${error.message}`);
    throw error;
  }
}

function keyOf(nodes: readonly TemplateNode[], object: JsonObject): Json | undefined {
  return findResults(nodes, object, true)[0]?.[0];
}

interface SortField {
  readonly field: string;
  readonly now: Instant;
}

interface Keyed {
  readonly one: FoundObject;
  readonly key: Json | undefined;
}

/** Go's sort.Sort is an insertion sort for up to so many. */
const insertionLength = 12;

function sortByKey(keyed: readonly Keyed[], by: SortField): readonly Keyed[] {
  const isLess = (left: Keyed, right: Keyed): boolean => lessKey(left.key, right.key, by);
  if (keyed.length > insertionLength)
    return keyed.toSorted((left, right) => (isLess(left, right) ? -1 : isLess(right, left) ? 1 : 0));
  const sorted = [...keyed];
  for (let end = 1; end < sorted.length; end += 1)
    for (let at = end; at > 0; at -= 1) {
      const [left, right] = [sorted[at - 1], sorted[at]];
      if (!left || !right || !isLess(right, left)) break;
      [sorted[at - 1], sorted[at]] = [right, left];
    }
  return sorted;
}

/** isLess: what has no such field comes first; texts that are quantities compare as such. */
function lessKey(left: Json | undefined, right: Json | undefined, { field, now }: SortField): boolean {
  if (left === undefined) return true;
  if (right === undefined || right === null) return false;
  if (left === null) return true;
  if (typeof left === 'string' && typeof right === 'string') return lessText(left, right);
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  const why =
    typeof left === 'string' || typeof left === 'number'
      ? 'unsortable interface: interface'
      : `unsortable type: ${goType(left)}`;
  const fault = `Field ${field} in [][][]reflect.Value is an unsortable type: interface, err: ${why}`;
  throw new CommandError(klogLine('F', now, 'sorter.go:375', fault));
}

function lessText(left: string, right: string): boolean {
  const [one, other] = [parseQuantity(left), parseQuantity(right)];
  return one.ok && other.ok ? compareQuantities(one.quantity, other.quantity) < 0 : left < right;
}
