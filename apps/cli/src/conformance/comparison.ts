import { isJsonObject, type Json } from '@kubedrill/kube-model';

/** One place where the simulation and the recording disagree; `undefined` stands for an absent field. */
export interface Difference {
  readonly path: string;
  readonly expected: Json | undefined;
  readonly observed: Json | undefined;
}

export interface ComparisonRules {
  /** Lists at these paths (list indexes and map keys written as *) are compared without regard to order. */
  isUnordered(path: readonly string[]): boolean;
  /** Expected values that stand for "anything": not compared. */
  isWildcard(expected: Json): boolean;
}

/** Every difference between two JSON values, deepest paths first reached in document order. */
export function compare(
  expected: Json | undefined,
  observed: Json | undefined,
  rules: ComparisonRules,
): readonly Difference[] {
  const differences: Difference[] = [];
  visit(expected, observed, [], rules, differences);
  return differences;
}

function visit(
  expected: Json | undefined,
  observed: Json | undefined,
  path: readonly string[],
  rules: ComparisonRules,
  found: Difference[],
): void {
  if (expected !== undefined && rules.isWildcard(expected)) return;
  if (Array.isArray(expected) && Array.isArray(observed)) {
    visitLists(expected, observed, path, rules, found);
    return;
  }
  if (isJsonObject(expected) && isJsonObject(observed)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(observed)])) {
      visit(expected[key], observed[key], [...path, key], rules, found);
    }
    return;
  }
  if (expected !== observed) found.push({ path: path.join('.'), expected, observed });
}

function visitLists(
  expected: readonly Json[],
  observed: readonly Json[],
  path: readonly string[],
  rules: ComparisonRules,
  found: Difference[],
): void {
  const aligned = rules.isUnordered(path) ? alignUnordered(expected, observed, path, rules) : observed;
  for (let index = 0; index < Math.max(expected.length, aligned.length); index += 1) {
    visit(expected[index], aligned[index], [...path, `${index}`], rules, found);
  }
}

/** Puts each observed element beside the expected one that it equals; those without a partner keep their order. */
function alignUnordered(
  expected: readonly Json[],
  observed: readonly Json[],
  path: readonly string[],
  rules: ComparisonRules,
): readonly (Json | undefined)[] {
  const left = [...observed];
  const aligned: (Json | undefined)[] = expected.map((wanted) => {
    const index = left.findIndex((candidate) => equal(wanted, candidate, path, rules));
    return index < 0 ? undefined : left.splice(index, 1)[0];
  });
  for (let index = 0; index < aligned.length; index += 1)
    if (aligned[index] === undefined) aligned[index] = left.shift();
  return [...aligned, ...left];
}

function equal(expected: Json, observed: Json, path: readonly string[], rules: ComparisonRules): boolean {
  const differences: Difference[] = [];
  visit(expected, observed, [...path, '0'], rules, differences);
  return differences.length === 0;
}
