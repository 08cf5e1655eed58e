import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { TestServer } from '../../api-server-fixture.ts';

const container = { name: 'c', image: 'nginx' };

function warnings(spec: JsonObject, metadata: JsonObject = {}): readonly string[] {
  const answer = new TestServer().create('Pod', {
    metadata: { name: 'p', ...metadata },
    spec: { containers: [container], ...spec },
  });
  expect(answer.message).toBeUndefined();
  return answer.warnings;
}

const inContainer = (members: JsonObject): JsonObject => ({ containers: [{ ...container, ...members }] });
const volume = (source: JsonObject): JsonObject => ({ volumes: [{ name: 'v', ...source }] });
const items = (...paths: readonly string[]): readonly JsonObject[] => paths.map((path) => ({ key: 'k', path }));

/** Expectations from pkg/api/pod/warnings.go and the tables of warnings_test.go. */
describe('warnings of a pod', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['nothing odd', {}, []],
    [
      'a variable that hides another',
      inContainer({
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
          { name: 'A', value: 'x$(A)' },
        ],
      }),
      ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'],
    ],
    [
      'a variable of itself',
      inContainer({
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '$(A)' },
        ],
      }),
      ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'],
    ],
    [
      'parts of bytes in a claim, before a plugin that is gone',
      volume({
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1500m' }, limits: { storage: '2' } },
            },
          },
        },
      }),
      [
        'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
      ],
    ],
    [
      'parts of bytes, limits before requests of the same resource',
      inContainer({
        resources: {
          limits: { memory: '1500m', 'ephemeral-storage': '2500m' },
          requests: { memory: '500m', 'ephemeral-storage': '700m' },
        },
      }),
      [
        'spec.containers[0].resources.limits[memory]: fractional byte value "1500m" is invalid, must be an integer',
        'spec.containers[0].resources.requests[memory]: fractional byte value "500m" is invalid, must be an integer',
        'spec.containers[0].resources.limits[ephemeral-storage]: fractional byte value "2500m" is invalid, must be an integer',
        'spec.containers[0].resources.requests[ephemeral-storage]: fractional byte value "700m" is invalid, must be an integer',
      ],
    ],
    [
      'one port twice',
      inContainer({ ports: [{ containerPort: 80 }, { containerPort: 80 }, { containerPort: 80, hostPort: 80 }] }),
      [
        'spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]',
        'spec.containers[0].ports[2]: overlapping port definition with spec.containers[0].ports[0]',
        'spec.containers[0].ports[2]: overlapping port definition with spec.containers[0].ports[1]',
      ],
    ],
    [
      'a host port with and without an address',
      inContainer({
        ports: [
          { containerPort: 80, hostPort: 80, hostIP: '10.0.0.1' },
          { containerPort: 80, hostPort: 80 },
        ],
      }),
      ['spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]'],
    ],
    [
      'an address without a host port',
      inContainer({ ports: [{ name: 'a', containerPort: 80, hostIP: '10.0.0.1' }] }),
      [
        'spec.containers[0].ports[0]: hostIP set without hostPort: {Name:a HostPort:0 ContainerPort:80 Protocol:TCP HostIP:10.0.0.1}',
      ],
    ],
    [
      'one port name in two containers',
      {
        containers: [
          { ...container, ports: [{ name: 'http', containerPort: 80 }] },
          { ...container, name: 'd', ports: [{ name: 'http', containerPort: 81 }] },
        ],
      },
      [
        'spec.containers[1].ports[0]: duplicate port name "http" with spec.containers[0].ports[0], services and probes that select ports by name will use spec.containers[0].ports[0]',
      ],
    ],
    [
      'a spread and an affinity of no pods',
      {
        topologySpreadConstraints: [
          { maxSkew: 1, topologyKey: 'failure-domain.beta.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
        ],
        affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a' }] } },
      },
      [
        'spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
        'spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
        'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod',
      ],
    ],
    [
      'one address for two aliases',
      { hostAliases: [{ ip: '10.0.0.2' }, { ip: '10.0.0.2' }] },
      ['spec.hostAliases[1].ip: duplicate ip "10.0.0.2"'],
    ],
    [
      'pull secrets twice and without a name',
      { imagePullSecrets: [{ name: 'a' }, { name: 'a' }, {}] },
      ['spec.imagePullSecrets[1].name: duplicate name "a"', 'spec.imagePullSecrets[2].name: invalid empty name ""'],
    ],
    [
      'a negative grace period',
      { terminationGracePeriodSeconds: -1 },
      ['spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1'],
    ],
    [
      'keys of a ConfigMap in one file',
      volume({ configMap: { name: 'foo', items: items('test', 'test') } }),
      ['volume "v" (ConfigMap "foo"): overlapping paths: "test" with "test"'],
    ],
    [
      'keys of a ConfigMap above and below another',
      volume({ configMap: { name: 'foo', items: items('a/b/c', 'a/b/', 'a', 'b') } }),
      [
        'volume "v" (ConfigMap "foo"): overlapping paths: "a/b" with "a/b/c"',
        'volume "v" (ConfigMap "foo"): overlapping paths: "a" with "a/b/c"',
        'volume "v" (ConfigMap "foo"): overlapping paths: "a" with "a/b"',
      ],
    ],
    [
      'keys of a Secret in one file',
      volume({ secret: { secretName: 'foo', items: items('test', 'test/a') } }),
      ['volume "v" (Secret "foo"): overlapping paths: "test/a" with "test"'],
    ],
    [
      'fields of a pod in one file',
      volume({
        downwardAPI: { items: ['x', 'x'].map((path) => ({ path, fieldRef: { fieldPath: 'metadata.name' } })) },
      }),
      ['volume "v" (DownwardAPI): overlapping paths: "x" with "x"'],
    ],
    [
      'sources that write above each other',
      volume({
        projected: {
          sources: [
            { configMap: { name: 'm', items: items('test') } },
            { secret: { name: 's', items: items('test/file') } },
            { serviceAccountToken: { path: 'test/token' } },
          ],
        },
      }),
      [
        'volume "v" (Projected): overlapping paths: "test/file" (Secret "s") with "test" (ConfigMap "m")',
        'volume "v" (Projected): overlapping paths: "test/token" (ServiceAccountToken) with "test" (ConfigMap "m")',
      ],
    ],
    [
      'a projection of nothing',
      volume({ projected: { sources: [{}] } }),
      ['volume "v" (Projected) has no sources provided'],
    ],
    [
      'a repository in a volume',
      volume({ gitRepo: { repository: 'r' } }),
      ['spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+'],
    ],
    [
      'an old label of nodes',
      { nodeSelector: { 'beta.kubernetes.io/os': 'linux' } },
      ['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead'],
    ],
  ])('%s', (_what, spec, expected) => {
    expect(warnings(spec)).toEqual(expected);
  });

  it.each<[string, JsonObject, readonly string[]]>([
    [
      'a name that is no host name',
      { name: 'a.b' },
      [
        "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
      ],
    ],
    [
      'an annotation of old',
      { annotations: { 'scheduler.alpha.kubernetes.io/critical-pod': '' } },
      [
        'metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
      ],
    ],
  ])('%s', (_what, metadata, expected) => {
    expect(warnings({}, metadata)).toEqual(expected);
  });
});
