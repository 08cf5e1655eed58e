import { inStep, type StepDifference } from '../report.ts';
import type { Difference } from '../comparison.ts';
import type { StepOutput, TranscriptStep } from './transcript.ts';

/** Where the output of a step and what was recorded differ, from the first line that does to the last. */
export function compareStep(
  number: number,
  { run, expected, volatile }: Pick<TranscriptStep, 'run' | 'expected' | 'volatile'>,
  observed: StepOutput,
): readonly StepDifference[] {
  const texts = (['stdout', 'stderr'] as const).flatMap((field) =>
    volatile.has(field) ? [] : compareTexts(field, expected[field], observed[field]),
  );
  const codes =
    volatile.has('rc') || expected.rc === observed.rc
      ? []
      : [{ path: 'exit code', expected: expected.rc, observed: observed.rc }];
  return inStep(`${number} $ ${run}`, [...texts, ...codes]);
}

function compareTexts(field: string, expected: string, observed: string): readonly Difference[] {
  if (expected === observed) return [];
  const wanted = expected.split('\n');
  const given = observed.split('\n');
  const shorter = Math.min(wanted.length, given.length);
  let start = 0;
  while (start < shorter && wanted[start] === given[start]) start += 1;
  let end = 0;
  while (end < shorter - start && wanted.at(-1 - end) === given.at(-1 - end)) end += 1;
  return [
    {
      path: `${field} from line ${start + 1}`,
      expected: wanted.slice(start, wanted.length - end).join('\n'),
      observed: given.slice(start, given.length - end).join('\n'),
    },
  ];
}
