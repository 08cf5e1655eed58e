import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { TestServer } from '../../api-server-fixture.ts';

/** Expectations from ValidatePodUpdate and ValidatePodStatusUpdate of pkg/apis/core/validation/validation.go. */

const container = { name: 'c', image: 'nginx' };

function serverWith(spec: JsonObject): TestServer {
  const server = new TestServer();
  const answer = server.create('Pod', {
    metadata: { name: 'p' },
    spec: { containers: [container], automountServiceAccountToken: false, ...spec },
  });
  expect(answer.message).toBeUndefined();
  return server;
}

function causesOf(server: TestServer, patch: JsonObject, subresource?: 'status'): readonly string[] {
  const { causes = [] } = server.patch('Pod', 'p', 'merge', patch, subresource ? { subresource } : {});
  return causes.map(({ field = '', message }) => `${field}: ${message}`);
}

const gates = { schedulingGates: [{ name: 'a' }] };
const nodesIn = (...terms: readonly JsonObject[]): JsonObject => ({
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
});
const zone = { key: 'zone', operator: 'In', values: ['a'] };
const disk = { key: 'disk', operator: 'Exists' };
const terms = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';

describe('an update of a pod', () => {
  it.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['another image', {}, { containers: [{ ...container, image: 'httpd' }] }, []],
    ['a deadline', {}, { activeDeadlineSeconds: 5 }, []],
    [
      'a later deadline',
      { activeDeadlineSeconds: 5 },
      { activeDeadlineSeconds: 6 },
      ['spec.activeDeadlineSeconds: Invalid value: 6: must be less than or equal to previous value'],
    ],
    [
      'one more container',
      {},
      { containers: [container, { ...container, name: 'd' }] },
      ['spec.containers: Forbidden: pod updates may not add or remove containers'],
    ],
    [
      'another toleration',
      { tolerations: [{ key: 'a', operator: 'Exists' }] },
      { tolerations: [{ key: 'b', operator: 'Exists' }] },
      ['spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds'],
    ],
    [
      'a new gate',
      gates,
      { schedulingGates: [{ name: 'a' }, { name: 'b' }] },
      [`spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'b'`],
    ],
    ['nodes chosen behind a gate', gates, { nodeSelector: { zone: 'a' } }, []],
    [
      'other nodes chosen behind a gate',
      { ...gates, nodeSelector: { zone: 'a' } },
      { nodeSelector: { zone: 'b' } },
      [
        'spec.nodeSelector: Invalid value: {"zone":"b"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
      ],
    ],
    ['nodes required behind a gate', gates, { affinity: nodesIn({ matchExpressions: [zone] }) }, []],
    [
      'more required of nodes behind a gate',
      { ...gates, affinity: nodesIn({ matchExpressions: [zone] }) },
      { affinity: nodesIn({ matchExpressions: [zone, disk] }) },
      [],
    ],
    [
      'something else required of nodes behind a gate',
      { ...gates, affinity: nodesIn({ matchExpressions: [zone] }) },
      { affinity: nodesIn({ matchExpressions: [disk] }) },
      [
        `${terms}[0]: Invalid value: {"MatchExpressions":[{"Key":"disk","Operator":"Exists","Values":null}],"MatchFields":null}: only additions are allowed (no mutations or deletions)`,
      ],
    ],
    [
      'one more choice of nodes behind a gate',
      { ...gates, affinity: nodesIn({ matchExpressions: [disk] }) },
      { affinity: nodesIn({ matchExpressions: [disk] }, { matchExpressions: [disk] }) },
      [
        `${terms}: Invalid value: [{"MatchExpressions":[{"Key":"disk","Operator":"Exists","Values":null}],"MatchFields":null},{"MatchExpressions":[{"Key":"disk","Operator":"Exists","Values":null}],"MatchFields":null}]: no additions/deletions to non-empty NodeSelectorTerms list are allowed`,
      ],
    ],
  ])('with %s', (_what, spec, change, expected) => {
    expect(causesOf(serverWith(spec), { spec: change })).toEqual(expected);
  });

  it('that says nothing of what admission has added finds it there', () => {
    const server = serverWith({});
    const body = { metadata: { name: 'p' }, spec: { containers: [container], automountServiceAccountToken: false } };
    const { causes, object } = server.replace('Pod', 'p', {
      ...body,
      spec: { ...body.spec, serviceAccountName: 'default' },
    });
    expect(causes).toBeUndefined();
    expect(object).toMatchObject({
      spec: {
        priority: 0,
        preemptionPolicy: 'PreemptLowerPriority',
        tolerations: [
          { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute', tolerationSeconds: 300 },
          { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', tolerationSeconds: 300 },
        ],
      },
    });
  });

  it('that changes a node without a gate is refused with the difference', () => {
    const [cause] = causesOf(serverWith({}), { spec: { hostname: 'x' } });
    expect(cause).toMatch(/^spec: Forbidden: pod updates may not change fields other than `spec\.containers/);
    expect(cause).toMatch(/\n-\s+"Hostname": "",\n\+\s+"Hostname": "x",\n/);
  });
});

const ended = (name: string, exitCode: number): JsonObject => ({ name, state: { terminated: { exitCode } } });
const running = (name: string): JsonObject => ({ name, state: { running: {} } });

describe('a status of a pod', () => {
  it.each<[string, JsonObject, JsonObject, JsonObject, readonly string[]]>([
    [
      'that brings back what ended for good',
      { restartPolicy: 'Never' },
      { containerStatuses: [ended('c', 1)] },
      { containerStatuses: [running('c')] },
      ['status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state'],
    ],
    [
      'that brings back what succeeded',
      { restartPolicy: 'OnFailure' },
      { containerStatuses: [ended('c', 0)] },
      { containerStatuses: [running('c')] },
      ['status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state'],
    ],
    [
      'that brings back what failed',
      { restartPolicy: 'OnFailure' },
      { containerStatuses: [ended('c', 1)] },
      { containerStatuses: [running('c')] },
      [],
    ],
    [
      'with two addresses of one family',
      {},
      {},
      { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }] },
      [
        'status.podIPs: Invalid value: [{"IP":"10.0.0.1"},{"IP":"10.0.0.2"}]: may specify no more than one IP for each IP family',
      ],
    ],
    [
      'with an address of each family',
      {},
      {},
      { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] },
      [],
    ],
    [
      'with two first addresses of its host',
      {},
      {},
      { hostIP: '10.0.0.1', hostIPs: [{ ip: '10.0.0.2' }] },
      ['status.hostIPs[0].ip: Invalid value: "10.0.0.2": must be equal to `hostIP`'],
    ],
    [
      'that hopes for a node when there is one',
      { nodeName: 'node-1' },
      {},
      { nominatedNodeName: 'node-2' },
      ['status.nominatedNodeName: Forbidden: may not be set on pods that are already bound to a node'],
    ],
    [
      'with a condition that is no name',
      {},
      {},
      { conditions: [{ type: 'a b', status: 'True' }] },
      [
        "status.conditions[0].Type: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
    ],
  ])('%s', (_what, spec, before, after, expected) => {
    const server = serverWith(spec);
    expect(causesOf(server, { status: before }, 'status')).toEqual([]);
    expect(causesOf(server, { status: after }, 'status')).toEqual(expected);
  });
});
