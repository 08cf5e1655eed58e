import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { podDefinition } from '../../../../src/api/kinds/pod/pod-definition.ts';
import { errorsOf } from '../decoded.ts';

const container = { name: 'c', image: 'nginx' };

function errors(spec: JsonObject): readonly string[] {
  return errorsOf(podDefinition, { metadata: { name: 'p' }, spec: { containers: [container], ...spec } });
}

const inContainer = (members: JsonObject): readonly string[] => errors({ containers: [{ ...container, ...members }] });

describe('containers of a pod', () => {
  it.each<[string, JsonObject, string | readonly string[]]>([
    ['a right one', {}, []],
    ['no image', { image: '' }, 'image: Required value'],
    ['no port number', { ports: [{ name: 'http' }] }, 'ports[0].containerPort: Required value'],
    [
      'a port out of range',
      { ports: [{ containerPort: 70000 }] },
      'ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
    ],
    [
      'two ports of one name',
      {
        ports: [
          { name: 'a', containerPort: 1 },
          { name: 'a', containerPort: 2 },
        ],
      },
      'ports[1].name: Duplicate value: "a"',
    ],
    [
      'an unknown protocol',
      { ports: [{ containerPort: 1, protocol: 'tcp' }] },
      'ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
    ],
    [
      'one host port twice',
      {
        ports: [
          { containerPort: 1, hostPort: 9 },
          { containerPort: 2, hostPort: 9 },
        ],
      },
      'ports[1].hostPort: Duplicate value: "TCP//9"',
    ],
    [
      'a probe without a handler',
      { readinessProbe: {} },
      'readinessProbe: Required value: must specify a handler type',
    ],
    [
      'a probe with two handlers',
      { livenessProbe: { exec: { command: ['a'] }, tcpSocket: { port: 80 } } },
      'livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type',
    ],
    [
      'a liveness probe that has to succeed twice',
      { livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } },
      'livenessProbe.successThreshold: Invalid value: 2: must be 1',
    ],
    [
      'a mount without its volume',
      { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      'volumeMounts[0].name: Not found: "v"',
    ],
    [
      'more requested than limited',
      { resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } },
      'resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ],
    [
      'an unknown resource',
      { resources: { limits: { gpu: '1' } } },
      [
        'resources.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'resources.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers',
        'resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      ],
    ],
    [
      'a variable from nowhere',
      { env: [{ name: 'A', valueFrom: {} }] },
      'env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    ],
    [
      'a field that no variable can have',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.containers' } } }] },
      'env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.containers": error converting fieldPath: field label not supported: spec.containers',
    ],
    [
      'an unknown pull policy',
      { imagePullPolicy: 'Sometimes' },
      'imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ],
    [
      'an image with a space in front',
      { image: ' nginx' },
      'image: Invalid value: " nginx": must not have leading or trailing whitespace',
    ],
    [
      'a negative user',
      { securityContext: { runAsUser: -1 } },
      'securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive',
    ],
  ])('%s', (_, members, expected) => {
    const list = typeof expected === 'string' ? [expected] : expected;
    expect(inContainer(members)).toEqual(list.map((error) => `spec.containers[0].${error}`));
  });
});

describe('spec of a pod', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['no containers', { containers: [] }, ['spec.containers: Required value']],
    ['no containers at all', { containers: null }, ['spec.containers: Required value']],
    [
      'two containers of one name',
      { containers: [container, container] },
      ['spec.containers[1].name: Duplicate value: "c"'],
    ],
    [
      'a name shared with an init container',
      { initContainers: [container] },
      ['spec.initContainers[0].name: Duplicate value: "c"'],
    ],
    [
      'a probe on an init container',
      { initContainers: [{ ...container, name: 'i', readinessProbe: { tcpSocket: { port: 1 } } }] },
      [
        'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
      ],
    ],
    [
      'an unknown restart policy',
      { restartPolicy: 'Maybe' },
      ['spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"'],
    ],
    [
      'no nameserver of its own',
      { dnsPolicy: 'None' },
      ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
    ],
    [
      'too many nameservers',
      { dnsConfig: { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } },
      [
        'spec.dnsConfig.nameservers: Invalid value: ["1.1.1.1","1.1.1.2","1.1.1.3","1.1.1.4"]: must not have more than 3 nameservers',
      ],
    ],
    [
      'a volume with two sources',
      { volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/x' } }] },
      ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
    ],
    [
      'a claim of its own with a name and nothing else',
      {
        volumes: [{ name: 'v', ephemeral: { volumeClaimTemplate: { metadata: { name: 'n', finalizers: ['x/y'] } } } }],
      },
      [
        'spec.volumes[0].ephemeral.volumeClaimTemplate.metadata.name: Forbidden: cannot be set',
        'spec.volumes[0].ephemeral.volumeClaimTemplate.metadata.finalizers: Forbidden: cannot be set',
        'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required',
        'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value',
      ],
    ],
    [
      'a toleration of everything with a value',
      { tolerations: [{ operator: 'Exists', value: 'x' }] },
      [`spec.tolerations[0].operator: Invalid value: "x": value must be empty when \`operator\` is 'Exists'`],
    ],
    [
      'spread in an unknown way',
      { topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'Shrug' }] },
      [
        'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
        'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Shrug": supported values: "DoNotSchedule", "ScheduleAnyway"',
      ],
    ],
    [
      'a port that the host network cannot have',
      { hostNetwork: true, containers: [{ ...container, ports: [{ containerPort: 80, hostPort: 81 }] }] },
      [
        'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
      ],
    ],
    ['a host name with a dot', { hostname: 'a.b' }, ['spec.hostname: Invalid value: "a.b": must not contain dots']],
  ])('%s', (_, spec, expected) => {
    expect(errors(spec)).toEqual(expected);
  });

  it('reads no keys of the prototype', () => {
    const nodeSelector = JSON.parse('{"__proto__":"x","constructor":"y"}') as JsonObject;
    expect(errors({ nodeSelector, volumes: [{ name: 'constructor', emptyDir: {} }] })).toEqual([
      expect.stringContaining(
        'spec.nodeSelector: Invalid value: "__proto__": name part must consist of alphanumeric characters',
      ),
    ]);
  });
});
