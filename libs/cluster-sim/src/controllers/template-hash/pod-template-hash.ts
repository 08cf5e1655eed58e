import type { Json, PodTemplateSpec } from '@kubedrill/kube-model';
import { fnv1a, offsetBasis, safeEncode, utf8 } from './fnv-hash.ts';
import { dumpForHash } from './go-dump.ts';

/**
 * The label pod-template-hash of a Deployment's ReplicaSets (pkg/controller/controller_utils.go ComputeHash): FNV-1a over the
 * dumped template and, after a collision, the count of collisions.
 */
export function podTemplateHash(template: PodTemplateSpec, collisionCount?: number): string {
  const known = collisionCount === undefined ? remembered.get(template) : undefined;
  if (known !== undefined) return known;
  const hash = fnv1a(utf8(dumpForHash('v1.PodTemplateSpec', template as unknown as Json)), offsetBasis);
  const total = collisionCount === undefined ? hash : fnv1a(littleEndian(collisionCount), hash);
  const encoded = safeEncode(String(total));
  if (collisionCount === undefined) remembered.set(template, encoded);
  return encoded;
}

/** Templates are immutable, and a Deployment's is hashed at every reconciliation. */
const remembered = new WeakMap<PodTemplateSpec, string>();

/** 8 bytes, of which Go fills the first four. */
function littleEndian(count: number): readonly number[] {
  return [count & 0xff, (count >>> 8) & 0xff, (count >>> 16) & 0xff, (count >>> 24) & 0xff, 0, 0, 0, 0];
}
