import { runAt } from '../../examples/example-place.ts';
import { readField } from '../../observe/field-path.ts';
import { formatRatio } from '../../observe/outcomes.ts';
import { podsOf, readyPodsOf } from '../../observe/pods.ts';
import { add, zero } from '../../observe/ratios.ts';
import { vantagePointsOf } from '../../observe/vantage-points.ts';
import type { CheckContext } from '../check-kind.ts';
import { sharesOf } from '../distribution/shares.ts';
import { pairsOf } from '../reachability/pairs.ts';
import type { Query } from './schema.ts';

/** The answer that the simulation gives: a text, or a list whose order does not matter. */
export type RightAnswer = string | readonly string[];

/** undefined when the question makes no sense in this state: a fault of the exercise. */
export function rightAnswer(query: Query, context: CheckContext): RightAnswer | undefined {
  const { cluster } = context;
  const { endpoints, endpointCount, podCount, field, outcome, body, share, address, source, prints } = query;
  if (endpoints) return listEndpoints(endpoints.namespace, endpoints.service, context);
  if (endpointCount) return String(listEndpoints(endpointCount.namespace, endpointCount.service, context).length);
  if (podCount) return String(readyPodsOf(cluster, podCount).length);
  if (field) {
    const { value } = readField(cluster.view.get(field.kind, field.namespace, field.name), field.path);
    return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
  }
  if (outcome) return single(traceAll(outcome, context).map((traced) => traced.outcome.kind));
  if (body) {
    const bodies = traceAll(body, context).map(({ outcome: { kind, ...rest } }) =>
      kind === 'delivered' && 'response' in rest ? (rest.response?.body.trim() ?? '') : kind,
    );
    return single(bodies);
  }
  if (source) {
    const outcomes = traceAll(source, context).map(({ outcome: reached }) => reached);
    return single(outcomes.map((reached) => (reached.kind === 'delivered' ? reached.source : reached.kind)));
  }
  if (prints) {
    const workstation = { namespace: 'default', files: new Map<string, string>() };
    return runAt(cluster.fork(), workstation, prints.at, prints.run)?.stdout.trim();
  }
  if (share) {
    const [pair] = pairsOf(cluster, [share.from], [share.to]).pairs;
    if (!pair) return undefined;
    const { pods } = sharesOf(context.trace(pair.probe));
    const names = podsOf(cluster, share.of).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
    return formatRatio(names.reduce((sum, name) => add(sum, pods.get(name) ?? zero), zero));
  }
  if (!address) return undefined;
  const [point] = vantagePointsOf(cluster, address.from);
  if (!point) return undefined;
  const { code, answers } = cluster.resolve(point, address.name, 'A');
  return code === 'NOERROR' ? answers.filter(({ type }) => type === 'A').map(({ data }) => data) : code;
}

function listEndpoints(namespace: string, service: string, { cluster }: CheckContext): readonly string[] {
  const subsets = cluster.view.get('Endpoints', namespace, service)?.subsets ?? [];
  return subsets.flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip }) => ports.map(({ port }) => `${ip}:${port}`)),
  );
}

type Flow = NonNullable<Query['outcome']>;

function traceAll({ from, to }: Flow, context: CheckContext) {
  return pairsOf(context.cluster, [from], [to]).pairs.flatMap(({ probe }) => context.trace(probe).outcomes);
}

function single(values: readonly string[]): RightAnswer | undefined {
  const distinct = [...new Set(values)];
  return distinct.length > 1 ? distinct : distinct[0];
}

/** What a policy has dropped has timed out for whoever looks at the client. */
export function isRight(given: string, right: RightAnswer): boolean {
  const felt = (word: string): string => (word === 'deniedByPolicy' ? 'timedOut' : word);
  return isSame(given, right) || isSame(given, typeof right === 'string' ? felt(right) : right.map(felt));
}

/** White space, case and the order of a list do not matter; fractions and percentages do as numbers. */
function isSame(given: string, right: RightAnswer): boolean {
  if (typeof right !== 'string') {
    const words = given.split(/[\s,;]+/).filter((word) => word !== '' && word !== '<none>');
    return words.length === right.length && [...words].sort().join() === [...right].sort().join();
  }
  if (normal(given) === normal(right)) return true;
  const [a, b] = [numberOf(given), numberOf(right)];
  return a !== undefined && b !== undefined && Math.abs(a - b) < 0.005;
}

function normal(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}

/** "1/3", "33.3%", "0.33", "2". */
function numberOf(text: string): number | undefined {
  const match = /^\s*(\d{1,9}(?:\.\d{1,9})?)\s*(?:\/\s*(\d{1,9})|(%))?\s*$/.exec(text);
  if (!match) return undefined;
  const [, value = '', denominator, percent] = match;
  if (denominator !== undefined) return Number(value) / Number(denominator);
  return percent === undefined ? Number(value) : Number(value) / 100;
}
