import type { KubeObject } from '@kubedrill/kube-model';
import { withMetadata } from './backend.ts';

/** endpoints/handlers/create.go dedupOwnerReferencesAndAddWarning. */
export function withoutRepeatedOwners(object: KubeObject, warnings: string[] | undefined): KubeObject {
  const references = object.metadata.ownerReferences;
  if (!references || references.length < 2) return object;
  const repeated = new Set<string>();
  const kept = new Map<string, (typeof references)[number]>();
  for (const reference of references) {
    const identity = JSON.stringify(Object.entries(reference).sort());
    if (kept.has(identity)) repeated.add(reference.uid);
    else kept.set(identity, reference);
  }
  if (repeated.size === 0) return object;
  warnings?.push(
    `.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${[...repeated].sort().join(', ')}`,
  );
  return withMetadata(object, { ownerReferences: [...kept.values()] });
}
