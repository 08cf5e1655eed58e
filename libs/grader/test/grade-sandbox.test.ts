import { describe, expect, it } from '@jest/globals';
import { RecordedCluster, type Cluster, type JournalEntry } from '@kubedrill/cluster-sim';
import { parseManifests } from '@kubedrill/kube-model';
import { gradeSubmission } from '../src/grade-submission.ts';
import type { GradingResult } from '../src/grading-result.ts';
import { prepareInstance } from '../src/prepared-instance.ts';
import { exerciseSandboxCluster } from '../src/sandbox/sandbox-cluster.ts';
import { exampleInstance, type InstanceParts } from './example-instance.ts';
import { client, deployment, documents, service } from './example-manifests.ts';

const startTime = Date.UTC(2026, 2, 2, 12);
const web = documents(deployment({ name: 'web' }), service({ name: 'web' }));
const mapped = { id: 'mapped', kind: 'portMapping', service: 'web', port: 80 };
const listed = { id: 'listed', kind: 'endpoints', service: 'web', of: { deployment: 'web' } };
const reads = {
  ...{ id: 'reads', kind: 'reachability', from: { deployment: 'client' } },
  ...{ to: { host: 'web', port: 80, http: {} }, expect: { status: 200 } },
};

function apply(cluster: Cluster, text: string): void {
  for (const { response, printed } of cluster.apply(parseManifests([{ path: 'a.yaml', content: text }]).documents))
    if (!response.ok) throw new Error(printed);
}

/** Works in a sandbox of the instance for a minute, then submits it. */
function graded(work: (cluster: RecordedCluster) => void, parts: Partial<InstanceParts> = {}): GradingResult {
  const prepared = prepareInstance(exampleInstance({ checks: [listed, mapped], ...parts }));
  const journal: JournalEntry[] = [];
  const beginning = exerciseSandboxCluster(prepared.instance, prepared.manifests, startTime);
  const cluster = new RecordedCluster(beginning, { hasRoom: true, append: (entry) => journal.push(entry) });
  cluster.advance(2_500);
  work(cluster);
  cluster.advance(57_500);
  const sandbox = { id: 's', startTime, until: cluster.clock.now(), journal };
  return gradeSubmission(prepared, { kind: 'sandbox', sandbox: JSON.parse(JSON.stringify(sandbox)) as typeof sandbox });
}

const verdictOf = ({ verdict, points }: GradingResult): string => `${verdict} ${points}`;

describe('a submitted sandbox', () => {
  it('passes when the learner has built what was asked for', () => {
    expect(verdictOf(graded((cluster) => apply(cluster, web)))).toBe('passed 100');
  });

  it('has failed when nothing was done, and begins with what the exercise gives', () => {
    expect(verdictOf(graded(() => undefined))).toBe('failed 0');
    const given = graded((cluster) => apply(cluster, web), { initial: client(), checks: [reads] });
    expect(verdictOf(given)).toBe('passed 100');
  });

  it('begins at the present, whatever crashes in it for ever', () => {
    const crashing = documents(
      deployment({ name: 'web', image: 'busybox:1.36', args: ['sh', '-c', 'sleep 4; exit 1'] }),
    );
    const { instance, manifests } = prepareInstance(exampleInstance({ checks: [listed], initial: crashing }));
    const cluster = exerciseSandboxCluster(instance, manifests, startTime);
    expect(cluster.clock.now()).toBe(startTime);
    const [pod] = cluster.view.list('Pod', instance.namespace);
    expect(pod?.status.containerStatuses?.[0]?.restartCount).toBeGreaterThan(2);
  });

  it('is told which change decided, for want of a line', () => {
    const { checks } = graded((cluster) => {
      apply(cluster, web);
      cluster.advance(10_000);
      apply(cluster, service({ name: 'web', ports: 'port: 80, targetPort: 81' }));
    });
    const mistaken = checks.find(({ id }) => id === 'mapped');
    expect(mistaken?.feedback?.source).toBeUndefined();
    expect(mistaken?.feedback?.change).toEqual({
      field: 'Service default/web spec.ports[0].targetPort',
      entry: 3,
      request: 'patch of Service default/web by kubectl-client-side-apply',
    });
  });

  it.each<[what: string, work: (cluster: Cluster) => void, parts: Partial<InstanceParts>, message: RegExp]>([
    [
      'changes what must stay',
      (cluster) =>
        apply(cluster, deployment({ name: 'client', replicas: 3, image: 'busybox:1.37', args: ['sleep', '86400'] })),
      {
        initial: client(),
        constraints: { immutable: [{ kind: 'Deployment', name: 'client', path: 'spec.replicas' }] },
      },
      /must keep its spec.replicas/,
    ],
    [
      'makes kinds that are not allowed',
      (cluster) => apply(cluster, web),
      { constraints: { allowedKinds: ['Service'] } },
      /solved with Service alone: leave out the Deployment/,
    ],
  ])('is rejected when it %s', (_what, work, parts, message) => {
    const { verdict, messages } = graded(work, parts);
    expect([verdict, messages[0]?.text]).toEqual(['rejected', expect.stringMatching(message)]);
  });

  it('gives a receipt that follows from its journal', () => {
    const once = graded((cluster) => apply(cluster, web));
    expect(graded((cluster) => apply(cluster, web)).receipt).toEqual(once.receipt);
    const other = graded((cluster) => {
      cluster.advance(1);
      apply(cluster, web);
    });
    expect(other.receipt.submission).not.toBe(once.receipt.submission);
  });

  it('is a fault of the platform when its journal does not replay', () => {
    const prepared = prepareInstance(exampleInstance({ checks: [listed] }));
    const journal: JournalEntry[] = [
      {
        at: startTime,
        do: 'request',
        request: { verb: 'delete', kind: 'Pod', group: '', namespace: 'default', name: 'x' },
      },
    ];
    const sandbox = { id: 's', startTime, until: startTime, journal };
    expect(() => gradeSubmission(prepared, { kind: 'sandbox', sandbox })).toThrow('refused');
  });
});
