import type { Outcome, TracedOutcome } from '@kubedrill/cluster-sim';
import type { ProblemCode } from '@kubedrill/contracts';
import { ProblemError } from '../http/problem-error.ts';

/** What a browser cannot be shown as an answer: why there is none, as a client sees it, and the hop where the way ended. */
export function problemOfOutcome({ outcome, hops }: TracedOutcome, target: string): ProblemError {
  const [code, what] = described(outcome);
  const last = hops.at(-1);
  const where = last ? ` The way ended at ${last.at}: ${last.text}` : '';
  return new ProblemError(code, `${target} ${what}.${where}`);
}

function described(outcome: Outcome): readonly [ProblemCode, string] {
  switch (outcome.kind) {
    case 'delivered':
      return ['bad-gateway', 'takes connections and does not speak HTTP'];
    case 'refused':
      return ['bad-gateway', 'refuses the connection'];
    case 'closed':
      return ['bad-gateway', 'closes the connection without an answer'];
    case 'unreachable':
      return ['bad-gateway', `cannot be reached (${outcome.errno})`];
    case 'nameNotFound':
    case 'noAddress':
    case 'resolverFailed':
      return ['bad-gateway', 'is no name that resolves outside of the cluster: use the name of a node, or an address'];
    case 'timedOut':
      return ['gateway-timeout', 'does not answer'];
    // The client itself sees a time-out; the learner may know why.
    case 'deniedByPolicy':
      return ['gateway-timeout', 'does not answer: a NetworkPolicy drops the connection'];
    case 'limited':
      return ['unavailable', `is behind more ways than the simulation follows (${outcome.bound})`];
  }
}
