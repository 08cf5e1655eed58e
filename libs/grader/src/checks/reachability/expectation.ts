import type { Cluster, Outcome, OutcomeKind } from '@kubedrill/cluster-sim';
import { describeOutcomeKind, quote } from '../../observe/outcomes.ts';
import { describePodSet, podsOf } from '../../observe/pods.ts';
import type { ExpectedOutcome } from './schema.ts';

/** Resolves the expectation against the cluster once, so that it can be asked for many outcomes. */
export function meetsExpectation(expected: ExpectedOutcome, cluster: Cluster): (outcome: Outcome) => boolean {
  const servers = expected.server
    ? new Set(podsOf(cluster, expected.server).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`))
    : undefined;
  return (outcome) => {
    if (!isExpectedKind(expected.outcome, outcome.kind)) return false;
    if (outcome.kind !== 'delivered') return true;
    const { server, response, source } = outcome;
    if (servers && !(server.kind === 'pod' && servers.has(`${server.namespace ?? ''}/${server.name}`))) return false;
    if (expected.source !== undefined && source !== expected.source) return false;
    if (expected.status !== undefined && response?.status !== expected.status) return false;
    if (expected.body !== undefined && response?.body.trim() !== expected.body.trim()) return false;
    return expected.bodyContains === undefined || (response?.body.includes(expected.bodyContains) ?? false);
  };
}

function isExpectedKind(expected: ExpectedOutcome['outcome'], kind: OutcomeKind): boolean {
  if (kind === 'limited') return false;
  if (expected === 'notDelivered') return kind !== 'delivered';
  const kinds = typeof expected === 'string' ? [expected] : expected;
  // What a policy drops times out: an author who asks for that need not say why.
  return kinds.includes(kind) || (kind === 'deniedByPolicy' && kinds.includes('timedOut'));
}

/** Whether it takes a NetworkPolicy to stop the flow: it is asked for, or policies are what the cluster has for that. */
export function expectsDenial({ outcome }: ExpectedOutcome, cluster: Cluster): boolean {
  const kinds = typeof outcome === 'string' ? [outcome] : outcome;
  if (kinds.includes('delivered')) return false;
  return kinds.includes('deniedByPolicy') || cluster.view.count('NetworkPolicy') > 0;
}

export function describeExpectation(expected: ExpectedOutcome): string {
  const { outcome, status, body, bodyContains, server, source } = expected;
  if (outcome === 'notDelivered') return 'nobody answers';
  const kinds = typeof outcome === 'string' ? [outcome] : outcome;
  const parts = [kinds.map(describeOutcomeKind).join(' or ')];
  if (server) parts.push(`by ${describePodSet(server)}`);
  if (status !== undefined) parts.push(`status ${status}`);
  if (body !== undefined) parts.push(`body ${quote(body)}`);
  if (bodyContains !== undefined) parts.push(`a body with ${quote(bodyContains)}`);
  if (source !== undefined) parts.push(`seen as coming from ${source}`);
  return parts.join(', ');
}
