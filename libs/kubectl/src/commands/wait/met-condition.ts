import { goText } from '@kubedrill/cluster-sim';
import type { Json, JsonObject, KubeObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Fault } from '../../fault.ts';
import { fault, isNotFound } from '../../fault.ts';
import { shownObject } from '../../found-objects.ts';
import type { Invocation } from '../../invocation.ts';
import { findResults, JsonPathError } from '../../json-path.ts';
import { watchUntil } from '../../object-watch.ts';
import { fetchObject, type VisitedObject } from '../../resource-visit.ts';
import type { WaitCondition } from './conditions.ts';

export interface WaitLimit {
  /** 0: looks once. */
  readonly timeout: number;
  readonly deadline: number;
}

export type Met = { readonly kind: 'met'; readonly object: JsonObject } | Fault;

/** Waits for one object to be as the condition says. */
export function meetsCondition(
  invocation: Invocation,
  target: VisitedObject,
  condition: WaitCondition,
  limit: WaitLimit,
): Met {
  switch (condition.kind) {
    case 'create':
      return { kind: 'met', object: target.object };
    case 'delete':
      return awaitDeletion(invocation, target, limit);
    case 'condition':
    case 'jsonpath':
      return awaitState(invocation, target, (object) => isAs(object, condition), limit);
  }
}

function unmet({ resource, name }: VisitedObject): Fault {
  return fault(`condition not met for ${resource.plural}/${name}`);
}

function timedOut({ resource, name }: VisitedObject): Fault {
  return fault(`timed out waiting for the condition on ${resource.plural}/${name}`);
}

/** kubectl/pkg/cmd/wait/delete.go IsDeleted. */
function awaitDeletion(invocation: Invocation, target: VisitedObject, { timeout, deadline }: WaitLimit): Met {
  const found = fetchObject(invocation, target);
  if ('kind' in found) return isNotFound(found) ? { kind: 'met', object: target.object } : found;
  if (timeout === 0) return unmet(target);
  const { resource, namespace, name } = target;
  const place = { kind: resource.kind, namespace, name };
  const end = watchUntil(invocation.cluster, place, deadline, (type) => (type === 'DELETED' ? 'gone' : undefined));
  return end === 'gone' ? { kind: 'met', object: found.object } : timedOut(target);
}

/** kubectl/pkg/cmd/wait/condition.go getObjAndCheckCondition. */
function awaitState(
  invocation: Invocation,
  target: VisitedObject,
  check: (object: JsonObject) => boolean | Fault,
  { timeout, deadline }: WaitLimit,
): Met {
  const found = fetchObject(invocation, target);
  if ('kind' in found) return found;
  if (timeout === 0) {
    const result = check(found.object);
    if (typeof result !== 'boolean') return result;
    return result ? { kind: 'met', object: found.object } : unmet(target);
  }
  const { resource, namespace, name } = target;
  const place = { kind: resource.kind, namespace, name };
  const end = watchUntil(invocation.cluster, place, deadline, (type, object: KubeObject): Met | undefined => {
    if (type === 'DELETED') return undefined;
    const shown = shownObject({ resource, object });
    const result = check(shown);
    if (typeof result !== 'boolean') return result;
    return result ? { kind: 'met', object: shown } : undefined;
  });
  return end === 'timed out' ? timedOut(target) : end;
}

type StateCondition = Extract<WaitCondition, { readonly kind: 'condition' | 'jsonpath' }>;

function isAs(object: JsonObject, condition: StateCondition): boolean | Fault {
  return condition.kind === 'condition' ? hasCondition(object, condition) : hasValue(object, condition);
}

function hasCondition(
  { metadata, status }: JsonObject,
  { name, status: wanted }: Extract<WaitCondition, { readonly kind: 'condition' }>,
): boolean {
  const state = isJsonObject(status) ? status : {};
  const conditions = Array.isArray(state.conditions) ? (state.conditions as readonly Json[]) : [];
  const isSame = (left: Json | undefined, right: string): boolean =>
    typeof left === 'string' && left.toLowerCase() === right.toLowerCase();
  const found = conditions.filter(isJsonObject).find(({ type }) => isSame(type, name));
  if (!found) return false;
  const generation = isJsonObject(metadata) ? metadata.generation : undefined;
  const observed = found.observedGeneration ?? state.observedGeneration;
  if (typeof generation === 'number' && typeof observed === 'number' && observed < generation) return false;
  return isSame(found.status, wanted);
}

/** kubectl/pkg/cmd/wait/json.go checkCondition. */
function hasValue(
  object: JsonObject,
  { path, value }: Extract<WaitCondition, { readonly kind: 'jsonpath' }>,
): boolean | Fault {
  const results = resultsAt(object, path);
  if ('kind' in results) return results;
  const [first] = results;
  if (!first || first.length === 0) return false;
  if (results.length > 1) return fault('given jsonpath expression matches more than one list');
  if (first.length > 1) return fault('given jsonpath expression matches more than one value');
  if (value === undefined) return true;
  const [only = null] = first;
  if (typeof only === 'object' && only !== null)
    return fault('jsonpath leads to a nested object or list which is not supported');
  return goText(only).trim() === value.trim();
}

function resultsAt(
  object: JsonObject,
  path: Extract<WaitCondition, { readonly kind: 'jsonpath' }>['path'],
): readonly (readonly Json[])[] | Fault {
  try {
    return findResults(path, object, true);
  } catch (error) {
    if (error instanceof JsonPathError) return fault(error.message);
    throw error;
  }
}
