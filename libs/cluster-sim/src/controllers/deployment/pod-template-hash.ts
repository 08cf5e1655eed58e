import type { PodTemplateSpec } from '@kubedrill/kube-model';

/** apimachinery/pkg/util/rand SafeEncodeString maps every character into this alphabet. */
const safeAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The value of the label pod-template-hash (pkg/controller/controller_utils.go ComputeHash): FNV-32a, written as a decimal and then
 * letter by letter in the safe alphabet. Kubernetes hashes a dump of its Go structs, which nobody outside can rebuild and which
 * changes with every added field; here the template's JSON is hashed, with sorted keys. So names have the same form and equal
 * templates the same hash, but not the same hash as in another cluster.
 */
export function podTemplateHash(template: PodTemplateSpec, collisionCount: number | undefined): string {
  const hash = new Fnv32a();
  hash.addValue(template);
  if (collisionCount !== undefined) hash.addText(`#${collisionCount}`);
  let encoded = '';
  for (const digit of String(hash.sum)) encoded += safeAlphabet.charAt(digit.charCodeAt(0) % safeAlphabet.length);
  return encoded;
}

class Fnv32a {
  private state = 0x811c9dc5;

  get sum(): number {
    return this.state >>> 0;
  }

  addValue(value: unknown): void {
    if (Array.isArray(value)) {
      this.addText('[');
      for (const element of value) this.addValue(element);
      this.addText(']');
    } else if (typeof value === 'object' && value !== null) {
      this.addObject(value as Readonly<Record<string, unknown>>);
    } else {
      this.addText(typeof value === 'string' ? `"${value}"` : `${String(value)},`);
    }
  }

  addText(text: string): void {
    for (let index = 0; index < text.length; index += 1)
      this.state = Math.imul(this.state ^ text.charCodeAt(index), 0x01000193);
  }

  private addObject(object: Readonly<Record<string, unknown>>): void {
    this.addText('{');
    for (const key of Object.keys(object).sort()) {
      const member = object[key];
      if (member === undefined) continue;
      this.addText(`"${key}":`);
      this.addValue(member);
    }
    this.addText('}');
  }
}
