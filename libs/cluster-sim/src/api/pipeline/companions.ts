import type { KubeObject } from '@kubedrill/kube-model';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { contextOf, type Write } from './backend.ts';
import { removeAll } from './delete.ts';

/** Stores the object, and keeps in step with it what the API server itself writes along. */
export function putWithCompanions(
  write: Write,
  definition: KindDefinition,
  object: KubeObject,
  old: KubeObject | undefined,
): KubeObject {
  const { store } = write.backend;
  const companions = definition.companions?.(object, old, contextOf(write));
  for (const companion of companions?.added ?? []) store.put(companion);
  const stored = store.put(object);
  if (companions) removeAll(write, companions.removed);
  return stored;
}
