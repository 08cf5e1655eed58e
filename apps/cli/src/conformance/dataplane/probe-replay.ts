import type { Probe, TracedOutcome } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';
import type { Difference } from '../comparison.ts';
import type { ExpectedOutcomes, RecordedProbe } from './case-file.ts';
import { isPlausible } from './goodness-of-fit.ts';
import type { Lab } from './lab.ts';
import { answerName, observedFlows, outcomeName, type Distribution, type ObservedFlows } from './observed-flows.ts';
import { probeOf } from './probe-address.ts';

/** How many copies of the cluster are tried until one draws what the recording drew. */
const mostDraws = 300;

/** Sends the probe as often as the recording did and compares what can happen with what did. */
export function replayProbe(lab: Lab, recorded: RecordedProbe, expected: ExpectedOutcomes): readonly Difference[] {
  const probe = probeOf(recorded, lab);
  const flows = observedFlows(lab.cluster.trace(probe), lab);
  if (recorded.sameSocket) return replaySocket(lab, probe, recorded.count, expected);
  if (flows.outcomes.size === 1) {
    // All at one moment: what one connection leaves behind (affinity), all of them do.
    lab.cluster.connect(probe);
    return compareFlows(flows, expected);
  }
  return isSticky(lab, probe, flows) ? replaySticky(lab, probe, flows, expected) : compareFlows(flows, expected);
}

/** Whether one connection decides about the next: then the recorded counts are no independent draws. */
function isSticky({ cluster, pods, services, connections }: Lab, probe: Probe, { outcomes }: ObservedFlows): boolean {
  const tried: Lab = { cluster: cluster.fork(), pods, services, connections };
  tried.cluster.connect(probe);
  return observedFlows(tried.cluster.trace(probe), tried).outcomes.size < outcomes.size;
}

/** Goes on in the copy in which the recorded Pod was drawn; from then on nothing else may answer. */
function replaySticky(lab: Lab, probe: Probe, flows: ObservedFlows, expected: ExpectedOutcomes): readonly Difference[] {
  const [wanted = ''] = expected.outcomes.keys();
  const drawn = drawUntil(lab, (tried) => outcomeName(tried.cluster.connect(probe).outcome, probe, tried) === wanted);
  if (!drawn)
    return [{ path: 'outcomes', expected: countsJson(expected.outcomes), observed: sharesJson(flows.outcomes) }];
  lab.cluster = drawn.cluster;
  return compareFlows(observedFlows(lab.cluster.trace(probe), lab), expected);
}

function drawUntil(lab: Lab, isWanted: (tried: Lab) => boolean): Lab | undefined {
  for (let seed = 0; seed < mostDraws; seed += 1) {
    const tried: Lab = { ...lab, cluster: lab.cluster.fork(seed) };
    if (isWanted(tried)) return tried;
  }
  return undefined;
}

/** One UDP socket: conntrack keeps it with the Pod of its first datagram. */
function replaySocket(lab: Lab, probe: Probe, count: number, expected: ExpectedOutcomes): readonly Difference[] {
  const [wanted = ''] = expected.outcomes.keys();
  let answers: readonly TracedOutcome[] = [];
  const drawn = drawUntil(lab, (tried) => {
    const { id, outcome } = tried.cluster.dataPlane.open(probe);
    const isWanted = outcomeName(outcome.outcome, probe, tried) === wanted;
    const rest = isWanted ? count - 1 : 0;
    answers = [outcome, ...Array.from({ length: rest }, () => tried.cluster.dataPlane.use(id))];
    return isWanted;
  });
  if (drawn) lab.cluster = drawn.cluster;
  // Each answer stands for itself: nothing is left to chance.
  return answers
    .flatMap((answer) => compareFlows(observedFlows({ probe, outcomes: [answer] }, lab), expected))
    .slice(0, 1);
}

function compareFlows(flows: ObservedFlows, expected: ExpectedOutcomes): readonly Difference[] {
  const ports = [...expected.portSeen.keys()].sort();
  const found: Difference[] = [
    ...compareDistribution('outcomes', expected.outcomes, flows.outcomes),
    ...(flows.sources.size > 0 ? compareDistribution('sourceSeen', expected.sourceSeen, flows.sources) : []),
    ...compareNames('portSeen', ports, [...flows.ports].sort()),
  ];
  for (const [server, sources] of expected.sourceSeenPerPod)
    for (const source of sources.keys())
      if (flows.sourcesPerServer.get(server)?.has(source) !== true)
        found.push({
          path: `sourceSeenPerPod.${server}`,
          expected: source,
          observed: [...(flows.sourcesPerServer.get(server) ?? [])],
        });
  return found;
}

function compareNames(path: string, expected: readonly string[], observed: readonly string[]): readonly Difference[] {
  return expected.join() === observed.join() ? [] : [{ path, expected, observed }];
}

/** The counts are a draw: they differ when something impossible was recorded, or something so likely was not. */
function compareDistribution(
  path: string,
  counts: ReadonlyMap<string, number>,
  shares: Distribution,
): readonly Difference[] {
  const names = new Set([...counts.keys(), ...shares.keys()]);
  const categories = [...names].map((name) => ({ count: counts.get(name) ?? 0, probability: shares.get(name) ?? 0 }));
  return isPlausible(categories) ? [] : [{ path, expected: countsJson(counts), observed: sharesJson(shares) }];
}

function countsJson(counts: ReadonlyMap<string, number>): Json {
  return Object.fromEntries(counts);
}

function sharesJson(shares: Distribution): Json {
  return Object.fromEntries([...shares].map(([name, share]) => [name, `${(share * 100).toFixed(1)} %`]));
}

/** Opens a connection that the case keeps; chance is made to choose the recorded server. */
export function replayOpen(lab: Lab, id: string, recorded: RecordedProbe, answer: string): readonly Difference[] {
  const probe = probeOf(recorded, lab);
  let observed = '';
  const drawn = drawUntil(lab, (tried) => {
    const opened = tried.cluster.dataPlane.open(probe);
    observed = answerName(opened.outcome.outcome, probe, tried);
    if (observed === answer) lab.connections.set(id, opened.id);
    return observed === answer;
  });
  if (!drawn) return [{ path: 'answer', expected: answer, observed }];
  lab.cluster = drawn.cluster;
  return [];
}

export function replayUse(lab: Lab, id: string, answer: string): readonly Difference[] {
  const connection = lab.connections.get(id);
  if (connection === undefined) throw new Error(`the connection ${id} was never opened`);
  const { outcome } = lab.cluster.dataPlane.use(connection);
  const observed = answerName(
    outcome,
    { from: { kind: 'external', name: '' }, host: '', port: 0, protocol: 'TCP' },
    lab,
  );
  return observed === answer ? [] : [{ path: 'answer', expected: answer, observed }];
}
