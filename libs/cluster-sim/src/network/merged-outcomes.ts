import type { HopTeller } from './flight.ts';
import type { Hop, Outcome, Ratio, TracedOutcome } from './flow.ts';
import { plus } from './ratio.ts';

/** One way to an end, whose hops are told when they are asked for. */
export interface UntoldOutcome {
  readonly probability: Ratio;
  readonly outcome: Outcome;
  readonly hops: readonly HopTeller[];
}

export function told(untold: UntoldOutcome): TracedOutcome {
  return new ToldOutcome(untold);
}

class ToldOutcome implements TracedOutcome {
  readonly probability: Ratio;
  readonly outcome: Outcome;
  private readonly tellers: readonly HopTeller[];
  private known: readonly Hop[] | undefined;

  constructor({ probability, outcome, hops }: UntoldOutcome) {
    this.probability = probability;
    this.outcome = outcome;
    this.tellers = hops;
  }

  get hops(): readonly Hop[] {
    return (this.known ??= this.tellers.map((teller) => teller()));
  }

  toJSON(): TracedOutcome {
    const { probability, outcome, hops } = this;
    return { probability, outcome, hops };
  }
}

/** Puts together what ends the same way at the same place; the hops of the first one stand for all. */
export function mergedOutcomes(outcomes: readonly UntoldOutcome[]): readonly UntoldOutcome[] {
  if (outcomes.length < 2) return outcomes;
  const merged = new Map<string, UntoldOutcome>();
  for (const untold of outcomes) {
    const key = describe(untold);
    const before = merged.get(key);
    merged.set(key, before ? { ...before, probability: plus(before.probability, untold.probability) } : untold);
  }
  return [...merged.values()];
}

function describe({ outcome, hops }: UntoldOutcome): string {
  // Who accepted and as whom the client was seen says it all; how a flow fails, its last hop tells.
  if (outcome.kind === 'delivered') {
    const { kind, namespace, name, container, address, port } = outcome.server;
    return [kind, namespace, name, container, address, port, outcome.source, outcome.response?.status].join(' ');
  }
  const end = hops.at(-1)?.();
  return `${failureOf(outcome)} ${end?.at ?? ''} ${end?.text ?? ''}`;
}

function failureOf(outcome: Exclude<Outcome, { kind: 'delivered' }>): string {
  switch (outcome.kind) {
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
    case 'deniedByPolicy':
      return outcome.kind;
  }
}
