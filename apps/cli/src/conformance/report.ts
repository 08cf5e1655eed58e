import type { Difference } from './comparison.ts';

/** The outcome of one replayed case. `error`: the replay itself failed. */
export interface CaseOutcome {
  readonly name: string;
  readonly differences: readonly Difference[];
  readonly error?: string;
}

export function passed(outcome: CaseOutcome): boolean {
  return outcome.error === undefined && outcome.differences.length === 0;
}

const shownDifferences = 8;
const shownCharacters = 600;

/** What a person reads about a failed case: each difference with what the recording has and what the simulation gave. */
export function describe(outcome: CaseOutcome): string {
  const lines = [`✗ ${outcome.name}`];
  if (outcome.error !== undefined) lines.push(`    ${outcome.error}`);
  for (const difference of outcome.differences.slice(0, shownDifferences)) {
    lines.push(
      `    ${difference.path}`,
      `      expected ${show(difference.expected)}`,
      `      observed ${show(difference.observed)}`,
    );
  }
  const more = outcome.differences.length - shownDifferences;
  if (more > 0) lines.push(`    ... and ${more} more differences`);
  return lines.join('\n');
}

function show(value: Difference['expected']): string {
  if (value === undefined) return '(absent)';
  const text = JSON.stringify(value);
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)} ...`;
}
