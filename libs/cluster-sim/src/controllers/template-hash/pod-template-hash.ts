import type { Json, PodTemplateSpec } from '@kubedrill/kube-model';
import { fnv1a, fnv1aOfText, safeEncode } from './fnv-hash.ts';
import { dumpForHash } from './go-dump.ts';

/** Templates of equal content come again in every fork of a cluster; their dump is ten times as long as they are. */
const hashes = new Map<string, number>();
const maxHashes = 1_000;

/**
 * The label pod-template-hash of a Deployment's ReplicaSets (pkg/controller/controller_utils.go ComputeHash): FNV-1a over the
 * dumped template and, after a collision, the count of collisions.
 */
export function podTemplateHash(template: PodTemplateSpec, collisionCount?: number): string {
  const hash = hashOf(template);
  return safeEncode(String(collisionCount === undefined ? hash : fnv1a(littleEndian(collisionCount), hash)));
}

function hashOf(template: PodTemplateSpec): number {
  const content = JSON.stringify(template);
  const known = hashes.get(content);
  if (known !== undefined) return known;
  const hash = fnv1aOfText(dumpForHash('v1.PodTemplateSpec', template as unknown as Json));
  if (hashes.size >= maxHashes) hashes.clear();
  hashes.set(content, hash);
  return hash;
}

/** 8 bytes, of which Go fills the first four. */
function littleEndian(count: number): readonly number[] {
  return [count & 0xff, (count >>> 8) & 0xff, (count >>> 16) & 0xff, (count >>> 24) & 0xff, 0, 0, 0, 0];
}
