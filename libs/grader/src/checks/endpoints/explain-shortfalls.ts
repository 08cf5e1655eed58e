import type { Diagnosis } from '../../feedback/diagnosis.ts';
import type { Finding } from '../check-kind.ts';
import type { Shortfall } from './list-assessment.ts';

/** Puts the demands that are not met and what is wrong with the Service into one finding. */
export function explainShortfalls(shortfalls: readonly Shortfall[], diagnosis: Diagnosis | undefined): Finding {
  const expected = shortfalls.map((shortfall) => shortfall.expected);
  const observed = [...new Set(shortfalls.map((shortfall) => shortfall.observed))];
  if (diagnosis) observed.push(diagnosis.text);
  return {
    expected: expected.length === 0 ? 'the Service exists' : expected.join('; '),
    observed: observed.join('; '),
    ...(diagnosis ? { evidence: diagnosis.evidence } : {}),
  };
}
