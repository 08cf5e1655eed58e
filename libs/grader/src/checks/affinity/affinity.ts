import type { Cluster, Probe, Trace, TracedOutcome } from '@kubedrill/cluster-sim';
import { formatDuration } from '../../exercise/duration.ts';
import type { Diagnosis } from '../../feedback/diagnosis.ts';
import { diagnoseDestination } from '../../feedback/destination-diagnosis.ts';
import { describeOutcome } from '../../observe/outcomes.ts';
import { describeVantagePoint, vantagePointsOf } from '../../observe/vantage-points.ts';
import { defineCheckKind, type CheckContext, type Finding } from '../check-kind.ts';
import { podKey } from '../distribution/shares.ts';
import { pairsOf, type Pair } from '../reachability/pairs.ts';
import type { AffinityParameters } from './schema.ts';

/** How the client's return went otherwise than expected. */
type Surprise =
  | { readonly kind: 'nobody'; readonly gap?: Diagnosis }
  | { readonly kind: 'notDelivered'; readonly pair: Pair; readonly traced: TracedOutcome }
  | { readonly kind: 'strayed'; readonly trace: Trace; readonly when: string }
  | { readonly kind: 'stuck'; readonly trace: Trace; readonly when: string };

export const affinity = defineCheckKind({
  kind: 'affinity',
  evaluate(parameters, context) {
    const { pairs, gap } = pairsOf(context.cluster, [parameters.from], [parameters.to]);
    if (gap || pairs.length === 0) return { credit: 0, surprise: { kind: 'nobody', gap } as Surprise };
    for (const pair of pairs) {
      const surprise = comeBack(parameters, pair, context);
      if (surprise) return { credit: 0, surprise };
    }
    return { credit: 1, surprise: undefined };
  },
  explain(parameters, { surprise }, { cluster }): Finding {
    const expected = describeWanted(parameters);
    switch (surprise?.kind) {
      case undefined:
      case 'nobody':
        return {
          expected,
          observed: surprise?.gap?.text ?? 'nobody is there to ask',
          evidence: surprise?.gap?.evidence ?? [],
        };
      case 'notDelivered': {
        const { probe } = surprise.pair;
        const why = diagnoseDestination(cluster, probe, surprise.traced);
        const observed = `${describeOutcome(surprise.traced.outcome)}${why ? `; ${why.text}` : ''}`;
        return { expected, observed, hops: surprise.traced.hops, evidence: why?.evidence ?? [] };
      }
      case 'strayed':
        return sessionFinding(
          expected,
          `${surprise.when} the client may end at any of ${serversOf(surprise.trace).size} Pods`,
          surprise.trace,
        );
      case 'stuck':
        return sessionFinding(expected, `${surprise.when} the client still ends at the same Pod`, surprise.trace);
    }
  },
});

function sessionFinding(expected: string, observed: string, trace: Trace): Finding {
  const hops = trace.outcomes[0]?.hops ?? [];
  const services = hops.flatMap(({ evidence = [] }) => evidence.filter(({ kind }) => kind === 'Service'));
  return {
    expected,
    observed,
    hops,
    evidence: services.map((entry) => ({ ...entry, path: ['spec', 'sessionAffinity'] })),
  };
}

/** Connects once on a fork and looks where the client would be sent afterwards. */
function comeBack(parameters: AffinityParameters, pair: Pair, context: CheckContext): Surprise | undefined {
  const fork = context.cluster.fork();
  const first = fork.connect(pair.probe);
  if (first.outcome.kind !== 'delivered') return { kind: 'notDelivered', pair, traced: first };
  const server = podKey(first.outcome.server);
  const look = (from: Cluster, probe: Probe): { readonly trace: Trace; readonly sticks: boolean } => {
    const trace = context.trace(probe, from);
    const servers = serversOf(trace);
    return { trace, sticks: servers.size === 1 && server !== undefined && servers.has(server) };
  };
  const { trace, sticks } = look(fork, pair.probe);
  if (!parameters.sticky) return sticks ? { kind: 'stuck', trace, when: 'after one connection' } : undefined;
  if (!sticks) return { kind: 'strayed', trace, when: 'after one connection' };
  for (const from of parameters.sharedWith ? vantagePointsOf(fork, parameters.sharedWith) : []) {
    const shared = look(fork, { ...pair.probe, from });
    if (!shared.sticks) return { kind: 'strayed', trace: shared.trace, when: `from ${describeVantagePoint(from)}` };
  }
  return parameters.timeout === undefined ? undefined : forgets(fork, pair.probe, parameters.timeout, look);
}

/** Session tables count whole seconds, so the two looks are one second before and one after the time-out. */
function forgets(
  fork: Cluster,
  probe: Probe,
  timeout: number,
  look: (from: Cluster, probe: Probe) => { readonly trace: Trace; readonly sticks: boolean },
): Surprise | undefined {
  const margin = 1000;
  fork.advance(timeout - margin);
  const before = look(fork, probe);
  if (!before.sticks)
    return { kind: 'strayed', trace: before.trace, when: `${formatDuration(timeout - margin)} later` };
  fork.advance(2 * margin);
  const after = look(fork, probe);
  if (after.sticks) return { kind: 'stuck', trace: after.trace, when: `${formatDuration(timeout + margin)} later` };
  return undefined;
}

function serversOf({ outcomes }: Trace): ReadonlySet<string> {
  return new Set(
    outcomes.map(
      ({ outcome }) => (outcome.kind === 'delivered' ? podKey(outcome.server) : undefined) ?? describeOutcome(outcome),
    ),
  );
}

function describeWanted({ sticky, timeout, sharedWith }: AffinityParameters): string {
  if (!sticky) return 'every new connection may go to another Pod';
  const until = timeout === undefined ? '' : ` until ${formatDuration(timeout)} have passed idle`;
  const shared = sharedWith ? ', and so does every client behind the same address' : '';
  return `a client comes back to the same Pod${until}${shared}`;
}
