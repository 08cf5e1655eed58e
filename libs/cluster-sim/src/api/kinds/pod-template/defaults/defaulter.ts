import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** Fills in what a decoded object leaves out. Gives back the same object where nothing is missing. */
export type Defaulter = (object: JsonObject) => JsonObject;

/** Sets the members that are absent. */
export function absent(defaults: Readonly<Record<string, Json>>): Defaulter {
  const names = Object.keys(defaults);
  return (object) => {
    for (const name of names) if (object[name] === undefined) return { ...defaults, ...object };
    return object;
  };
}

/** Carries out one after the other. */
export function all(...defaulters: readonly Defaulter[]): Defaulter {
  return (object) => {
    let current = object;
    for (const complete of defaulters) current = complete(current);
    return current;
  };
}

/**
 * Completes each object once: objects are immutable, and a template's spec is handed on from a Deployment to its ReplicaSet and
 * all of its Pods.
 */
export function once(complete: Defaulter): Defaulter {
  const known = new WeakMap<JsonObject, JsonObject>();
  return (object) => {
    const found = known.get(object);
    if (found) return found;
    const completed = complete(object);
    known.set(object, completed).set(completed, completed);
    return completed;
  };
}

/** Completes a member that is an object, where it is there. */
export function inMember(name: string, complete: Defaulter): Defaulter {
  return (object) => {
    const member = object[name];
    if (!isJsonObject(member)) return object;
    const completed = complete(member);
    return completed === member ? object : { ...object, [name]: completed };
  };
}

/** Completes every element of a member that is a list of objects. */
export function inElements(name: string, complete: Defaulter): Defaulter {
  return (object) => {
    const list = object[name];
    if (!Array.isArray(list)) return object;
    const completed = completeElements(list as readonly Json[], complete);
    return completed === list ? object : { ...object, [name]: completed };
  };
}

function completeElements(list: readonly Json[], complete: Defaulter): readonly Json[] {
  let changed: Json[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const element = list[index];
    if (!isJsonObject(element)) continue;
    const completed = complete(element);
    if (completed === element) continue;
    changed ??= [...list];
    changed[index] = completed;
  }
  return changed ?? list;
}
