import type { Random } from '../engine/random.ts';

/** A version 4 UUID from the cluster's own generator. */
export function randomUid(random: Random): string {
  const [a, b, c, d] = [word(random), word(random), word(random), word(random)];
  const variant = '89ab'.charAt(random.below(4));
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

function word(random: Random): string {
  return (random.below(65536) * 65536 + random.below(65536)).toString(16).padStart(8, '0');
}
