import type { Difference } from './comparison.ts';

/** A difference and the step of the case that shows it: "3 apply". */
export interface StepDifference extends Difference {
  readonly step: string;
}

/** The outcome of one replayed case. */
export interface CaseOutcome {
  /** "api/workloads/scale-up", "dataplane/iptables/025-udp". */
  readonly name: string;
  readonly differences: readonly StepDifference[];
  /** Why the case could not be replayed to its end. */
  readonly error?: string;
}

export function passed({ error, differences }: CaseOutcome): boolean {
  return error === undefined && differences.length === 0;
}

/** "api/workloads", "dataplane/iptables". */
export function topicOf({ name }: CaseOutcome): string {
  return name.slice(0, name.lastIndexOf('/'));
}

/** Every difference starts with a step, which a case names as "step <index> <action>". */
export function inStep(step: string, differences: readonly Difference[]): readonly StepDifference[] {
  return differences.map((difference) => ({ step, ...difference }));
}

/** Replays one case; what goes wrong in the replayer or the simulation is the outcome of the case, not the end of the run. */
export function outcomeOf(name: string, replay: () => readonly StepDifference[]): CaseOutcome {
  try {
    return { name, differences: replay() };
  } catch (error) {
    return { name, differences: [], error: describeError(error) };
  }
}

/** The same for a case that takes real time. */
export async function outcomeOfSession(
  name: string,
  replay: () => Promise<readonly StepDifference[]>,
): Promise<CaseOutcome> {
  try {
    return { name, differences: await replay() };
  } catch (error) {
    return { name, differences: [], error: describeError(error) };
  }
}

const shownStackLines = 4;

function describeError(error: unknown): string {
  if (error instanceof UnsupportedStep) return error.message;
  if (!(error instanceof Error)) return String(error);
  return (error.stack ?? error.message).split('\n').slice(0, shownStackLines).join('\n    ');
}

/** A step that the replayer cannot carry out: the case fails with this reason. */
export class UnsupportedStep extends Error {}

const shownDifferences = 8;
const shownCharacters = 600;

/** What a person reads about a failed case: each difference with what the recording has and what the simulation gave. */
export function describeFailure({ name, error, differences }: CaseOutcome): string {
  const lines = [`✗ ${name}`];
  if (error !== undefined) lines.push(`    ${error}`);
  for (const { step, path, expected, observed } of differences.slice(0, shownDifferences)) {
    lines.push(`    step ${step}: ${path}`, `      expected ${show(expected)}`, `      observed ${show(observed)}`);
  }
  const more = differences.length - shownDifferences;
  if (more > 0) lines.push(`    ... and ${more} more differences`);
  return lines.join('\n');
}

function show(value: Difference['expected']): string {
  if (value === undefined) return '(absent)';
  const text = typeof value === 'string' && value.includes('\n') ? block(value) : JSON.stringify(value);
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)} ...`;
}

/** Text of several lines, with a bar in front of each. */
function block(text: string): string {
  return text
    .split('\n')
    .map((line) => `\n      | ${line}`)
    .join('');
}

export interface TopicCount {
  readonly topic: string;
  readonly passed: number;
  readonly failed: number;
}

/** In the order in which the topics come first. */
export function countByTopic(outcomes: readonly CaseOutcome[]): readonly TopicCount[] {
  const counts = new Map<string, { passed: number; failed: number }>();
  for (const outcome of outcomes) {
    const topic = topicOf(outcome);
    const count = counts.get(topic) ?? { passed: 0, failed: 0 };
    if (passed(outcome)) count.passed += 1;
    else count.failed += 1;
    counts.set(topic, count);
  }
  return [...counts].map(([topic, count]) => ({ topic, ...count }));
}
