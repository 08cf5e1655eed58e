import { describe, expect, it } from '@jest/globals';
import { gradeSubmission } from '../src/grade-submission.ts';
import { prepareInstance } from '../src/prepared-instance.ts';
import { exampleInstance } from './example-instance.ts';
import { client, deployment, documents, service } from './example-manifests.ts';

const probe = ['readinessProbe:', '  httpGet: {path: /, port: 80}', '  periodSeconds: 5'];
const web = (replicas: number, container: readonly string[] = probe): string =>
  documents(deployment({ name: 'web', replicas, container }), service({ name: 'web' }));
const of = { deployment: 'web' };

const ready = (count: number): Readonly<Record<string, unknown>> => ({
  id: 'ready',
  kind: 'endpoints',
  service: 'web',
  ready: count,
});
const reaches = { id: 'reaches', kind: 'reachability', from: { deployment: 'client' }, to: { host: 'web', port: 80 } };

interface ScenarioCase {
  readonly what: string;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly check: Readonly<Record<string, unknown>>;
  readonly replicas: number;
  /** Without the readiness probe. */
  readonly unprobed?: boolean;
  readonly passes: boolean;
  readonly observed?: string;
  readonly files?: Readonly<Record<string, string>>;
}

const submit = { apply: 'submission' };
const look = { check: 'all' };

const cases: readonly ScenarioCase[] = [
  {
    what: 'a deleted Pod is replaced',
    steps: [submit, { deletePod: of }, look],
    check: ready(2),
    replicas: 2,
    passes: true,
  },
  {
    what: 'more replicas',
    steps: [submit, { scale: { kind: 'Deployment', name: 'web', replicas: 5 } }, look],
    check: ready(5),
    replicas: 2,
    passes: true,
  },
  {
    what: 'no replicas',
    steps: [submit, { scale: { kind: 'Deployment', name: 'web', replicas: 0 } }, look],
    check: ready(2),
    replicas: 2,
    passes: false,
    observed: 'after Deployment web was scaled to 0: 0 ready endpoints',
  },
  {
    what: 'a Pod without its label is replaced',
    steps: [submit, { relabel: { of, labels: { app: null } } }, look],
    check: ready(2),
    replicas: 2,
    passes: true,
  },
  {
    what: 'processes that stop leave the endpoints',
    steps: [submit, { makeUnready: of }, { advance: '1m' }, look],
    check: ready(0),
    replicas: 2,
    passes: true,
  },
  {
    what: 'processes that stop stay listed where no probe asks them',
    steps: [submit, { makeUnready: of }, { advance: '1m' }, look],
    check: ready(2),
    replicas: 2,
    unprobed: true,
    passes: true,
  },
  {
    what: 'processes that stop refuse connections, listed or not',
    steps: [submit, { makeUnready: of }, { advance: '1m' }, look],
    check: { ...reaches, expect: { outcome: 'refused' } },
    replicas: 2,
    unprobed: true,
    passes: true,
  },
  {
    what: 'a drained node loses no endpoint',
    steps: [submit, { drain: { node: 'node-1' } }, look],
    check: ready(3),
    replicas: 3,
    passes: true,
  },
  {
    what: 'traffic still goes to a node that has just lost its power',
    steps: [submit, { killNode: { node: 'node-1', after: '30s' } }, look],
    check: ready(3),
    replicas: 3,
    passes: true,
  },
  {
    what: 'the Pods of a node without power leave the endpoints within a minute',
    steps: [submit, { killNode: { node: 'node-1', after: '1m' } }, look],
    check: ready(2),
    replicas: 3,
    passes: true,
  },
  {
    what: 'and are replaced five minutes later',
    steps: [submit, { killNode: { node: 'node-1' } }, { advance: '6m' }, look],
    check: ready(3),
    replicas: 3,
    passes: true,
  },
  {
    what: 'a node that comes back serves again',
    steps: [submit, { killNode: { node: 'node-1', after: '1m' } }, { reviveNode: { node: 'node-1' } }, look],
    check: ready(3),
    replicas: 3,
    passes: true,
  },
  {
    what: 'a node that is not there does nobody harm',
    steps: [submit, { killNode: { node: 'node-9' } }, { drain: { node: 'node-9' } }, look],
    check: ready(3),
    replicas: 3,
    passes: true,
  },
  {
    what: 'any Pod of two may go',
    steps: [submit, { everyPodLoss: { of, after: '100ms', check: ['reaches'] } }],
    check: reaches,
    replicas: 2,
    passes: true,
  },
  {
    what: 'the only Pod may not go',
    steps: [submit, { everyPodLoss: { of, after: '100ms', check: ['reaches'] } }],
    check: reaches,
    replicas: 1,
    passes: false,
    observed: 'after the loss of Pod web-',
  },
  {
    what: 'any other node may go when there are Pods on several',
    steps: [submit, { everyNodeLoss: { nodes: ['node-2', 'node-3'], after: '1m', check: ['listed'] } }],
    check: { id: 'listed', kind: 'reachability', from: { node: 'node-1' }, to: { service: 'web', port: 80 } },
    replicas: 2,
    passes: true,
  },
  {
    what: 'the node of the only Pod may not go',
    steps: [submit, { everyNodeLoss: { after: '1m', check: ['listed'] } }],
    check: { id: 'listed', kind: 'endpoints', service: 'web', ready: 1 },
    replicas: 1,
    passes: false,
    observed: 'after the loss of node node-',
  },
  {
    what: 'any endpoint may fall silent where a probe finds out',
    steps: [submit, { everyEndpointLoss: { service: 'web', after: '1m', check: ['reaches'] } }],
    check: reaches,
    replicas: 2,
    passes: true,
  },
  {
    what: 'no endpoint may fall silent where no probe asks',
    steps: [submit, { everyEndpointLoss: { service: 'web', after: '1m', check: ['reaches'] } }],
    check: reaches,
    replicas: 2,
    unprobed: true,
    passes: false,
    observed: '(Pod web-',
  },
  {
    what: 'a Service without endpoints has none to lose',
    steps: [submit, { everyEndpointLoss: { service: 'nobody', check: ['reaches'] } }],
    check: { ...reaches, to: { host: 'nobody', port: 80 } },
    replicas: 2,
    passes: false,
    observed: 'without ready endpoints of Service nobody',
  },
  {
    what: 'documents in another order come to the same',
    steps: [submit, { everyOrder: { check: ['reaches'] } }],
    check: reaches,
    replicas: 2,
    passes: true,
  },
  {
    what: 'a second manifest',
    steps: [submit, { apply: ['later.yaml'] }, look],
    check: ready(4),
    replicas: 2,
    passes: true,
    files: { 'later.yaml': deployment({ name: 'web', replicas: 4, container: probe }) },
  },
  {
    what: 'the worst run counts',
    steps: [submit, look, { scale: { kind: 'Deployment', name: 'web', replicas: 1 } }, look],
    check: ready(2),
    replicas: 2,
    passes: false,
  },
];

describe('scenario steps', () => {
  it.each(cases)('$what', ({ steps, check, replicas, unprobed, passes, observed, files }) => {
    const instance = exampleInstance({
      checks: [check],
      scenario: steps,
      initial: client(),
      ...(files ? { files } : {}),
    });
    const result = gradeSubmission(prepareInstance(instance), {
      kind: 'files',
      files: [{ path: 'my.yaml', content: web(replicas, unprobed ? [] : probe) }],
    });
    expect({ messages: result.messages, limit: result.limit, verdict: result.verdict }).toEqual({
      messages: [],
      limit: undefined,
      verdict: passes ? 'passed' : 'failed',
    });
    if (observed !== undefined) expect(result.checks[0]?.feedback?.observed).toContain(observed);
  });

  it('points at the template of Pods that were deleted later', () => {
    const prepared = prepareInstance(
      exampleInstance({ checks: [ready(2)], scenario: [submit, look, { deletePod: of }], initial: client() }),
    );
    const unready = web(2, ['readinessProbe:', '  httpGet: {path: /, port: 81}']);
    const { checks } = gradeSubmission(prepared, { kind: 'files', files: [{ path: 'my.yaml', content: unready }] });
    expect(checks[0]?.feedback?.source?.field).toBe(
      'Deployment default/web spec.template.spec.containers[0].readinessProbe',
    );
  });

  it('finds what depends on the order of the documents: variables name the Services that were there before the Pod', () => {
    const reader = `apiVersion: v1
kind: Pod
metadata: {name: reader}
spec: {containers: [{name: main, image: 'busybox:1.37', command: [sleep, 1d]}]}
`;
    const check = {
      ...{ id: 'reads', kind: 'command', in: { pod: 'reader' }, run: ['printenv', 'WEB_SERVICE_PORT'] },
      stdout: '80',
    };
    const prepared = prepareInstance(
      exampleInstance({ checks: [check], scenario: [submit, look, { everyOrder: { check: 'all' } }] }),
    );
    const content = documents(service({ name: 'web' }), reader);
    const { checks } = gradeSubmission(prepared, { kind: 'files', files: [{ path: 'my.yaml', content }] });
    expect(checks[0]?.feedback?.observed).toContain('in the order Pod reader, Service web');
  });

  it('leaves the prepared cluster as it was', () => {
    const prepared = prepareInstance(
      exampleInstance({ checks: [ready(2)], scenario: [submit, { deletePod: of }, look], initial: client() }),
    );
    const before = prepared.baseline.view.resourceVersion;
    gradeSubmission(prepared, { kind: 'files', files: [{ path: 'my.yaml', content: web(2) }] });
    expect(prepared.baseline.view.resourceVersion).toBe(before);
  });
});
