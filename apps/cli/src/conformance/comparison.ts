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
  /** Whether an expected value stands for more than itself and the observed one is among that. */
  matches(expected: Json, observed: Json | undefined): boolean;
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
  if (expected !== undefined && rules.matches(expected, observed)) return;
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

/** Puts each observed element beside the expected one that it equals, then the rest beside the one that it is most like. */
function alignUnordered(
  expected: readonly Json[],
  observed: readonly Json[],
  path: readonly string[],
  rules: ComparisonRules,
): readonly (Json | undefined)[] {
  const left = [...observed];
  const distance = (wanted: Json, candidate: Json): number => {
    const differences: Difference[] = [];
    visit(wanted, candidate, [...path, '0'], rules, differences);
    return differences.length;
  };
  const aligned: (Json | undefined)[] = expected.map((wanted) => {
    const index = left.findIndex((candidate) => distance(wanted, candidate) === 0);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  });
  for (const [position, wanted] of expected.entries()) {
    if (aligned[position] !== undefined || left.length === 0) continue;
    const distances = left.map((candidate) => distance(wanted, candidate));
    aligned[position] = left.splice(distances.indexOf(Math.min(...distances)), 1)[0];
  }
  return [...aligned, ...left];
}
