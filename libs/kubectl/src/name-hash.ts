import { encodeGoJson, sha256 } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';

const hashLength = 10;
const replacements: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** kubectl/pkg/util/hash: what --append-hash puts behind a name, free of vowels. */
export function nameHash(content: JsonObject): string {
  const hexadecimal = [...sha256(encodeGoJson(content))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hexadecimal.slice(0, hashLength).replace(/[013ae]/g, (character) => replacements[character] ?? character);
}
