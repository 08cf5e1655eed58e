import type { Json, PodTemplateSpec } from '@kubedrill/kube-model';
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

const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

function fnv1a(bytes: Iterable<number>, start: number): number {
  let hash = start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, prime) >>> 0;
  return hash;
}

/** 8 bytes, of which Go fills the first four. */
function littleEndian(count: number): readonly number[] {
  return [count & 0xff, (count >>> 8) & 0xff, (count >>> 16) & 0xff, (count >>> 24) & 0xff, 0, 0, 0, 0];
}

function* utf8(text: string): Iterable<number> {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) yield code;
    else yield* multibyte(code);
  }
}

function multibyte(code: number): readonly number[] {
  const last = 0x80 | (code & 0x3f);
  if (code < 0x800) return [0xc0 | (code >> 6), last];
  const middle = 0x80 | ((code >> 6) & 0x3f);
  if (code < 0x10000) return [0xe0 | (code >> 12), middle, last];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), middle, last];
}

/** k8s.io/apimachinery/pkg/util/rand SafeEncodeString. */
const safeAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

function safeEncode(text: string): string {
  let encoded = '';
  for (let index = 0; index < text.length; index += 1)
    encoded += safeAlphabet.charAt(text.charCodeAt(index) % safeAlphabet.length);
  return encoded;
}
