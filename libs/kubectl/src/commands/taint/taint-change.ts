import { labelValueFormat, qualifiedName } from '@kubedrill/cluster-sim';
import type { Taint } from '@kubedrill/kube-model';

/** A taint as it stands on a command line; to remove one, its effect may be left out. */
export interface TaintSpec {
  readonly key: string;
  readonly value: string;
  readonly effect: Taint['effect'] | '';
}

export interface TaintChange {
  readonly added: readonly TaintSpec[];
  readonly removed: readonly TaintSpec[];
}

/** kubectl/pkg/cmd/taint/utils.go parseTaints; throws WrongTaint. */
export function readTaintChange(texts: readonly string[]): TaintChange {
  const added: TaintSpec[] = [];
  const removed: TaintSpec[] = [];
  for (const text of texts) {
    if (text.endsWith('-')) {
      removed.push(readTaint(text.slice(0, -1)));
      continue;
    }
    const taint = readTaint(text);
    if (taint.effect === '') throw new WrongTaint(`invalid taint spec: ${text}`);
    if (added.some((other) => isSame(other, taint)))
      throw new WrongTaint(
        `duplicated taints with the same key and effect: {${taint.key} ${taint.value} ${taint.effect} <nil>}`,
      );
    added.push(taint);
  }
  return { added, removed };
}

export class WrongTaint extends Error {}

const effects: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] satisfies Taint['effect'][];

function readTaint(text: string): TaintSpec {
  const [pair = '', effect, ...more] = text.split(':');
  if (more.length > 0) throw new WrongTaint(`invalid taint spec: ${text}`);
  // Without an effect all of it is the key.
  const [key = '', value = '', ...others] = effect === undefined ? [pair] : pair.split('=');
  if (effect !== undefined && !isEffect(effect))
    throw new WrongTaint(`invalid taint effect: ${effect}, unsupported taint effect`);
  if (others.length > 0) throw new WrongTaint(`invalid taint spec: ${text}`);
  for (const problems of [labelValueFormat(value), qualifiedName(key)])
    if (problems.length > 0) throw new WrongTaint(`invalid taint spec: ${text}, ${problems.join('; ')}`);
  return { key, value, effect: effect ?? '' };
}

function isEffect(text: string): text is Taint['effect'] {
  return effects.includes(text);
}

function isSame(one: Pick<TaintSpec, 'key' | 'effect'>, other: Pick<TaintSpec, 'key' | 'effect'>): boolean {
  return one.key === other.key && one.effect === other.effect;
}

/** Taints that are to be both set and removed: "key=effect". */
export function contradictions({ added, removed }: TaintChange): readonly string[] {
  return added.flatMap((taint) =>
    removed
      .filter(({ key, effect }) => key === taint.key && (effect === '' || effect === taint.effect))
      .map(({ key, effect }) => `${key}=${effect}`),
  );
}

/** The keys of those which are there already, with the same effect. */
export function taken(before: readonly Taint[], { added }: TaintChange): readonly string[] {
  return added.filter((taint) => before.some((other) => isSame(other, taint))).map(({ key }) => key);
}

export interface Reorganized {
  readonly taints: readonly Taint[];
  readonly operation: 'modified' | 'tainted' | 'untainted';
  /** What was to be removed and is not there. */
  readonly missing: readonly string[];
}

/** utils.go reorganizeTaints: what is new stands first. */
export function reorganized(
  before: readonly Taint[],
  { added, removed }: TaintChange,
  overwrites: boolean,
): Reorganized {
  const fresh = added.flatMap(({ key, value, effect }): readonly Taint[] =>
    effect === '' ? [] : [{ key, ...(value === '' ? {} : { value }), effect }],
  );
  let taints = [...fresh, ...before.filter((taint) => !fresh.some((other) => isSame(other, taint)))];
  const hasGrown = taints.length !== before.length;
  const missing: string[] = [];
  let hasShrunk = false;
  for (const taint of removed) {
    const left = taints.filter(
      (other) => other.key !== taint.key || (taint.effect !== '' && other.effect !== taint.effect),
    );
    hasShrunk = left.length !== taints.length;
    if (!hasShrunk)
      missing.push(`taint "${taint.effect === '' ? taint.key : `${taint.key}:${taint.effect}`}" not found`);
    taints = left;
  }
  const operation = (hasGrown && hasShrunk) || overwrites ? 'modified' : hasGrown ? 'tainted' : 'untainted';
  return { taints, operation, missing };
}
