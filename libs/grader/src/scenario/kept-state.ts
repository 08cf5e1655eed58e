import type { Cluster } from '@kubedrill/cluster-sim';
import { isJsonObject, type Json, type JsonObject, type Kind } from '@kubedrill/kube-model';
import type { Constraints } from '../exercise/constraints.ts';
import { readField } from '../observe/field-path.ts';
import { canonicalJson } from '../receipt/canonical-json.ts';

/** Something that the exercise keeps fixed or forbids, and that the submission has done all the same. */
export interface Violation {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
  /** '' for the whole object. */
  readonly path: string;
  /** For the learner: what may not be, what it is, and how to mend it. */
  readonly text: string;
}

/** What the constraints speak of, as it is before the submission, in canonical JSON by what it is. */
export type KeptState = ReadonlyMap<string, string>;

export function keptState(cluster: Cluster, constraints: Constraints): KeptState {
  const immutable = constraints.immutable.map((field): [string, string] => [
    keyOf(field),
    immutableValue(cluster, field),
  ]);
  const forbidden = constraints.forbidden.flatMap((field) =>
    holdersOf(cluster, field).map(({ place, value }): [string, string] => [keyOf(place), canonicalJson(value)]),
  );
  return new Map([...immutable, ...forbidden]);
}

export function violations(cluster: Cluster, constraints: Constraints, before: KeptState): readonly Violation[] {
  return [
    ...constraints.immutable.flatMap((field) => changeOf(cluster, field, before)),
    ...constraints.forbidden.flatMap((field) => forbiddenUses(cluster, field, before)),
  ];
}

type Immutable = Constraints['immutable'][number];
type Forbidden = Constraints['forbidden'][number];
type Place = Pick<Violation, 'kind' | 'namespace' | 'name'> & { readonly path?: string | undefined };

const absent = 'not set';

function keyOf({ kind, namespace, name, path = '' }: Place): string {
  return `${kind}/${namespace}/${name} ${path}`;
}

function objectOf(cluster: Cluster, { kind, namespace, name }: Place): JsonObject | undefined {
  const isClusterScoped = kind === 'Node' || kind === 'Namespace';
  return cluster.view.get(kind, isClusterScoped ? '' : namespace, name) as unknown as JsonObject | undefined;
}

function immutableValue(cluster: Cluster, field: Immutable): string {
  const object = objectOf(cluster, field);
  if (field.path === undefined) return object ? canonicalJson(written(object)) : absent;
  const { value } = readField(object, field.path);
  return value === undefined ? absent : canonicalJson(value);
}

/** An object without what the API server and controllers write in it. */
function written({ status: _, metadata, ...rest }: JsonObject): JsonObject {
  const { labels = {}, annotations = {} } = isJsonObject(metadata) ? metadata : {};
  const own = Object.entries(isJsonObject(annotations) ? annotations : {}).filter(([key]) => !foreign.test(key));
  return { ...rest, labels, annotations: Object.fromEntries(own) };
}

const foreign = /^(kubectl|deployment)\.kubernetes\.io\//;

function changeOf(cluster: Cluster, field: Immutable, before: KeptState): readonly Violation[] {
  const [was = absent, is] = [before.get(keyOf(field)), immutableValue(cluster, field)];
  if (was === is) return [];
  const { kind, namespace, name } = field;
  const subject = `${kind} ${name}`;
  if (field.path !== undefined) {
    const text = `${subject} must keep its ${field.path}: it was ${was}, the submission makes it ${is}`;
    return [{ kind, namespace, name, path: field.path, text }];
  }
  const path = is === absent ? '' : (firstDifference(JSON.parse(was) as Json, JSON.parse(is) as Json, '') ?? '');
  const change = is === absent ? 'the submission deletes it' : `the submission changes ${path}`;
  return [{ kind, namespace, name, path, text: `${subject} must stay as it is, and ${change}: leave it alone` }];
}

function firstDifference(before: Json | undefined, after: Json | undefined, path: string): string | undefined {
  if (!isJsonObject(before) || !isJsonObject(after))
    return canonicalJson(before ?? null) === canonicalJson(after ?? null) ? undefined : path;
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const at =
      /^(labels|annotations)$/.test(key) && path === '' ? `metadata.${key}` : path === '' ? key : `${path}.${key}`;
    const found = firstDifference(before[key], after[key], at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Everything that has the forbidden field, or a forbidden value in it. */
function holdersOf(
  cluster: Cluster,
  { kind, path, values }: Forbidden,
): readonly { readonly place: Place; readonly value: unknown }[] {
  return cluster.view.list(kind).flatMap((object) => {
    const { value } = readField(object, path);
    const isMeant =
      value !== undefined && (!values || values.some((bad) => canonicalJson(bad) === canonicalJson(value)));
    const { namespace = '', name } = object.metadata;
    return isMeant ? [{ place: { kind, namespace, name, path }, value }] : [];
  });
}

function forbiddenUses(cluster: Cluster, field: Forbidden, before: KeptState): readonly Violation[] {
  const { kind, path, because } = field;
  return holdersOf(cluster, field).flatMap(({ place: { namespace, name }, value }) => {
    const shown = canonicalJson(value);
    if (before.get(keyOf({ kind, namespace, name, path })) === shown) return [];
    const what = field.values ? `may not be ${shown}` : `may not be set (it is ${shown})`;
    return [{ kind, namespace, name, path, text: `${kind} ${name}: ${path} ${what} in this exercise: ${because}` }];
  });
}
