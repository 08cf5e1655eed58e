import type { Outcome, OutcomeKind, Ratio, Server } from '@kubedrill/cluster-sim';

const words: Readonly<Record<OutcomeKind, string>> = {
  delivered: 'delivered',
  refused: 'connection refused',
  timedOut: 'no answer (timed out)',
  unreachable: 'no route',
  nameNotFound: 'the name does not exist (NXDOMAIN)',
  noAddress: 'the name has no address of this family',
  resolverFailed: 'the name server did not answer',
  closed: 'connected, then closed without an answer',
  deniedByPolicy: 'denied by a NetworkPolicy (no answer, timed out)',
  limited: 'a bound of the simulation was hit',
};

export function describeOutcomeKind(kind: OutcomeKind): string {
  return words[kind];
}

export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'delivered': {
      const { response } = outcome;
      const answer = response ? `: ${response.status} ${quote(response.body)}` : '';
      return `answered by ${describeServer(outcome.server)}${answer}`;
    }
    case 'closed':
      return `${words.closed} by ${describeServer(outcome.server)}`;
    case 'unreachable':
      return `${words.unreachable} (${outcome.errno})`;
    case 'nameNotFound':
      return `the name "${outcome.name}" does not exist (NXDOMAIN)`;
    case 'noAddress':
    case 'resolverFailed':
      return `"${outcome.name}": ${words[outcome.kind]}`;
    case 'deniedByPolicy':
      return `${words.deniedByPolicy}: ${outcome.direction} of pod ${outcome.pod.namespace}/${outcome.pod.name}`;
    case 'refused':
    case 'timedOut':
    case 'limited':
      return words[outcome.kind];
  }
}

export function describeServer(server: Server): string {
  const name = server.namespace === undefined ? server.name : `${server.namespace}/${server.name}`;
  return `${server.kind} ${name} (${server.address}:${server.port})`;
}

const longestQuote = 120;

export function quote(text: string): string {
  const trimmed = text.trim();
  return JSON.stringify(trimmed.length > longestQuote ? `${trimmed.slice(0, longestQuote)}...` : trimmed);
}

/** "1/3". */
export function formatRatio({ numerator, denominator }: Ratio): string {
  return denominator === 1 || numerator === 0 ? String(numerator) : `${numerator}/${denominator}`;
}
