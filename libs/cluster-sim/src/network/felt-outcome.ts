import type { Outcome } from './flow.ts';

/** What a client itself notices: to it a packet that a policy has dropped is one that nobody answers. */
export function feltOutcome(outcome: Outcome): Outcome {
  return outcome.kind === 'deniedByPolicy' ? { kind: 'timedOut' } : outcome;
}
