import { describe, expect, it } from '@jest/globals';
import type { JsonObject, Service } from '@kubedrill/kube-model';
import { TestServer, type Answer } from '../../api-server-fixture.ts';

/**
 * What a Service keeps, gets and loses when it changes: patchAllocatedValues, normalizeClusterIPs, allocateUpdate and
 * dropTypeDependentFields of pkg/registry/core/service, and ValidateServiceUpdate. Expected values follow from the Go source.
 */

type Type = Service['spec']['type'];

/** What is said of a field after a change: it is as it was, it was drawn anew, or it is not there. */
type Fate = 'kept' | 'new' | 'none';

interface Fates {
  readonly address: Fate;
  readonly nodePort: Fate;
  readonly healthPort?: Fate;
  /** externalTrafficPolicy, internalTrafficPolicy, ipFamilyPolicy, allocateLoadBalancerNodePorts, loadBalancerClass */
  readonly policies: readonly (string | boolean | undefined)[];
}

const specs: Readonly<Record<Type, JsonObject>> = {
  ClusterIP: {},
  NodePort: { externalTrafficPolicy: 'Local' },
  LoadBalancer: { externalTrafficPolicy: 'Local', loadBalancerClass: 'example.com/lb' },
  ExternalName: { externalName: 'db.example.com' },
};

const idle = [undefined, undefined, undefined, undefined, undefined];

function answered(answer: Answer): Service {
  expect([answer.code, answer.message]).toEqual([answer.code < 300 ? answer.code : 200, undefined]);
  return answer.object as Service;
}

function service(
  type: Type,
  spec: JsonObject = specs[type],
): { readonly server: TestServer; readonly before: Service } {
  const server = new TestServer();
  const body = { metadata: { name: 'web' }, spec: { type, ports: [{ port: 80 }], ...spec } };
  return { server, before: answered(server.create('Service', body)) };
}

function fate(before: unknown, after: unknown): Fate {
  if (after === undefined) return 'none';
  return after === before ? 'kept' : 'new';
}

function fatesOf(before: Service, after: Service): Fates {
  const { spec } = after;
  const healthPort = fate(before.spec.healthCheckNodePort, spec.healthCheckNodePort);
  return {
    address: fate(before.spec.clusterIP, spec.clusterIP),
    nodePort: fate(before.spec.ports?.[0]?.nodePort, spec.ports?.[0]?.nodePort),
    ...(healthPort === 'none' ? {} : { healthPort }),
    policies: [
      spec.externalTrafficPolicy,
      spec.internalTrafficPolicy,
      spec.ipFamilyPolicy,
      spec.allocateLoadBalancerNodePorts,
      spec.loadBalancerClass,
    ],
  };
}

describe('a Service that becomes', () => {
  const cluster = [undefined, 'Cluster', 'SingleStack', undefined, undefined];
  const balanced = ['Cluster', 'Cluster', 'SingleStack', true, undefined];
  it.each<[Type, Type, Fates]>([
    ['ClusterIP', 'ClusterIP', { address: 'kept', nodePort: 'none', policies: cluster }],
    ['ClusterIP', 'NodePort', { address: 'kept', nodePort: 'new', policies: ['Cluster', ...cluster.slice(1)] }],
    ['ClusterIP', 'LoadBalancer', { address: 'kept', nodePort: 'new', policies: balanced }],
    ['ClusterIP', 'ExternalName', { address: 'none', nodePort: 'none', policies: idle }],
    ['NodePort', 'ClusterIP', { address: 'kept', nodePort: 'none', policies: cluster }],
    ['NodePort', 'NodePort', { address: 'kept', nodePort: 'kept', policies: ['Local', ...cluster.slice(1)] }],
    [
      'NodePort',
      'LoadBalancer',
      { address: 'kept', nodePort: 'kept', healthPort: 'new', policies: ['Local', ...balanced.slice(1)] },
    ],
    ['NodePort', 'ExternalName', { address: 'none', nodePort: 'none', policies: idle }],
    ['LoadBalancer', 'ClusterIP', { address: 'kept', nodePort: 'none', policies: cluster }],
    ['LoadBalancer', 'NodePort', { address: 'kept', nodePort: 'kept', policies: ['Local', ...cluster.slice(1)] }],
    [
      'LoadBalancer',
      'LoadBalancer',
      {
        address: 'kept',
        nodePort: 'kept',
        healthPort: 'kept',
        policies: ['Local', 'Cluster', 'SingleStack', true, 'example.com/lb'],
      },
    ],
    ['LoadBalancer', 'ExternalName', { address: 'none', nodePort: 'none', policies: idle }],
    ['ExternalName', 'ClusterIP', { address: 'new', nodePort: 'none', policies: cluster }],
    ['ExternalName', 'NodePort', { address: 'new', nodePort: 'new', policies: ['Cluster', ...cluster.slice(1)] }],
    ['ExternalName', 'LoadBalancer', { address: 'new', nodePort: 'new', policies: balanced }],
    ['ExternalName', 'ExternalName', { address: 'none', nodePort: 'none', policies: idle }],
  ])('of %s a %s', (from, to, fates) => {
    const { server, before } = service(from);
    const named = to === 'ExternalName' ? specs.ExternalName : {};
    const after = answered(server.patch('Service', 'web', 'merge', { spec: { type: to, ...named } }));
    expect(fatesOf(before, after)).toEqual(fates);
    expect(server.store.list('IPAddress').map(({ metadata }) => metadata.name)).toEqual(
      ['10.96.0.1', '10.96.0.10', after.spec.clusterIP].filter((address) => address !== undefined),
    );
  });

  it('no load balancer any more loses what one gave it', () => {
    const { server } = service('LoadBalancer');
    const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } };
    answered(server.patch('Service', 'web', 'merge', { status }, { subresource: 'status' }));
    const after = answered(server.patch('Service', 'web', 'merge', { spec: { type: 'NodePort' } }));
    expect(after.status).toEqual({ loadBalancer: {} });
  });
});

describe('a change of a Service', () => {
  const single = 'must be empty when `clusterIP` is not specified';
  it.each<[string, Type, JsonObject, JsonObject, readonly string[]]>([
    [
      'what the old type needed is changed along with it',
      'LoadBalancer',
      specs.LoadBalancer,
      {
        type: 'ClusterIP',
        externalTrafficPolicy: 'Cluster',
        loadBalancerClass: 'other',
        ports: [{ port: 80, nodePort: 30080 }],
      },
      [
        "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
        "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
        "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
        'spec.externalTrafficPolicy: Invalid value: "Cluster": may only be set for externally-accessible services',
      ],
    ],
    [
      'another address',
      'ClusterIP',
      { clusterIP: '10.96.0.20' },
      { clusterIP: '10.96.0.21' },
      ['spec.clusterIPs[0]: Invalid value: ["10.96.0.21"]: may not change once set'],
    ],
    [
      'another address in the list alone',
      'ClusterIP',
      { clusterIP: '10.96.0.20' },
      { clusterIPs: ['10.96.0.21'] },
      ['spec.clusterIPs: Invalid value: ["10.96.0.21"]: first value must match `clusterIP`'],
    ],
    [
      'an address in an ExternalName',
      'ExternalName',
      specs.ExternalName,
      { clusterIP: '10.96.0.20' },
      ['spec.clusterIPs: Forbidden: may not be set for ExternalName services'],
    ],
    [
      'no address for one that had none',
      'ExternalName',
      specs.ExternalName,
      { type: 'ClusterIP', clusterIPs: ['10.96.0.21'] },
      [`spec.clusterIPs: Invalid value: ["10.96.0.21"]: ${single}`],
    ],
    [
      'headless with node ports',
      'ClusterIP',
      { clusterIP: 'None' },
      { type: 'NodePort' },
      ['spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services'],
    ],
    [
      'headless no more',
      'ClusterIP',
      { clusterIP: 'None', selector: { app: 'web' } },
      { clusterIP: '10.96.0.20' },
      ['spec.clusterIPs[0]: Invalid value: ["10.96.0.20"]: may not change once set'],
    ],
    [
      'headless no more, where both families were',
      'ClusterIP',
      { clusterIP: 'None' },
      { clusterIP: '10.96.0.20' },
      [
        'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
        'spec.ipFamilies[1]: Invalid value: "IPv6": not configured on this cluster',
      ],
    ],
    [
      'a family that the cluster lacks',
      'ClusterIP',
      {},
      { ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv4', 'IPv6'] },
      ['spec.ipFamilies[1]: Invalid value: "IPv6": not configured on this cluster'],
    ],
    [
      'two families at once',
      'ClusterIP',
      {},
      { ipFamilies: ['IPv4', 'IPv6'] },
      [
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
      ],
    ],
    [
      'both families',
      'ClusterIP',
      {},
      { ipFamilyPolicy: 'RequireDualStack' },
      [
        'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
      ],
    ],
    [
      'another port for health checks',
      'LoadBalancer',
      { externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 },
      { healthCheckNodePort: 31001 },
      ['spec.healthCheckNodePort: Forbidden: field is immutable'],
    ],
    [
      'a port for health checks of the whole cluster',
      'LoadBalancer',
      { externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 },
      { externalTrafficPolicy: 'Cluster', healthCheckNodePort: 31001 },
      [
        "spec.healthCheckNodePort: Invalid value: 31001: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ],
    ],
    [
      'another class',
      'LoadBalancer',
      specs.LoadBalancer,
      { loadBalancerClass: null },
      ['spec.loadBalancerClass: Invalid value: null: may not change once set'],
    ],
    [
      'a node port outside of the range',
      'NodePort',
      {},
      { ports: [{ port: 80, nodePort: 29999 }] },
      [
        'spec.ports[0].nodePort: Invalid value: 29999: provided port is not in the valid range. The range of valid ports is 30000-32767',
      ],
    ],
  ])('is refused: %s', (_what, type, spec, change, texts) => {
    const { server } = service(type, spec);
    const { code, causes } = server.patch('Service', 'web', 'merge', { spec: change });
    expect(code).toBe(422);
    expect(causes?.map(({ field, message }) => `${field}: ${message}`)).toEqual(texts);
  });

  it.each<[string, Type, JsonObject, JsonObject, JsonObject]>([
    [
      'what is left out is taken from the old one',
      'ClusterIP',
      { clusterIP: '10.96.0.20' },
      { clusterIP: null, clusterIPs: null, ipFamilies: null, ipFamilyPolicy: null },
      { clusterIP: '10.96.0.20', clusterIPs: ['10.96.0.20'], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' },
    ],
    [
      'the policy alone, where there is one family',
      'ClusterIP',
      {},
      { ipFamilyPolicy: 'PreferDualStack' },
      { ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv4'] },
    ],
    [
      'a node port that stays although another port is first',
      'NodePort',
      { ports: [{ name: 'a', port: 80, nodePort: 30080 }] },
      {
        ports: [
          { name: 'b', port: 81, nodePort: 30081 },
          { name: 'a', port: 80 },
        ],
      },
      { ports: [{ nodePort: 30081 }, { nodePort: 30080 }] },
    ],
    [
      'node ports that change places',
      'NodePort',
      {
        ports: [
          { name: 'a', port: 80, nodePort: 30080 },
          { name: 'b', port: 81, nodePort: 30081 },
        ],
      },
      {
        ports: [
          { name: 'a', port: 80, nodePort: 30081 },
          { name: 'b', port: 81, nodePort: 30080 },
        ],
      },
      { ports: [{ nodePort: 30081 }, { nodePort: 30080 }] },
    ],
    [
      'ports without node ports keep those they have until these are taken away',
      'LoadBalancer',
      { ports: [{ port: 80, nodePort: 30080 }] },
      { allocateLoadBalancerNodePorts: false },
      { ports: [{ nodePort: 30080 }] },
    ],
    [
      'the policy of the whole cluster frees the port for health checks',
      'LoadBalancer',
      { externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 },
      { externalTrafficPolicy: 'Cluster' },
      { externalTrafficPolicy: 'Cluster' },
    ],
  ])('is accepted: %s', (_what, type, spec, change, expected) => {
    const { server } = service(type, spec);
    expect(answered(server.patch('Service', 'web', 'merge', { spec: change })).spec).toMatchObject(expected);
  });

  it('without node ports gives back those that are left out', () => {
    const { server } = service('LoadBalancer', { ports: [{ port: 80, nodePort: 30080 }] });
    const change = { allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] };
    const after = answered(server.patch('Service', 'web', 'merge', { spec: change }));
    expect(after.spec.ports?.[0]?.nodePort).toBeUndefined();
    const other = { metadata: { name: 'other' }, spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] } };
    answered(server.create('Service', other));
  });
});
