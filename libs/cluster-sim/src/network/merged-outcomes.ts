import type { Outcome, TracedOutcome } from './flow.ts';
import { plus } from './ratio.ts';

/** Puts together what ends the same way at the same place; the hops of the first one stand for all. */
export function mergedOutcomes(outcomes: readonly TracedOutcome[]): readonly TracedOutcome[] {
  if (outcomes.length < 2) return outcomes;
  const merged = new Map<string, TracedOutcome>();
  for (const traced of outcomes) {
    const end = traced.hops.at(-1);
    const key = `${describe(traced.outcome)} ${end?.at ?? ''} ${end?.text ?? ''}`;
    const before = merged.get(key);
    merged.set(key, before ? { ...before, probability: plus(before.probability, traced.probability) } : traced);
  }
  return [...merged.values()];
}

function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'delivered': {
      const { kind, namespace, name, container, address, port } = outcome.server;
      return [kind, namespace, name, container, address, port, outcome.source, outcome.response?.status].join(' ');
    }
    case 'closed':
      return `closed ${outcome.server.namespace ?? ''}/${outcome.server.name}`;
    case 'unreachable':
      return `unreachable ${outcome.errno}`;
    case 'limited':
      return `limited ${outcome.bound}`;
    case 'nameNotFound':
    case 'noAddress':
    case 'resolverFailed':
    case 'refused':
    case 'timedOut':
      return outcome.kind;
  }
}
