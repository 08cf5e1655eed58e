import { describe, expect, it } from '@jest/globals';
import { endpointsOf } from '../../src/proxy/endpoint-map.ts';
import { servicePorts } from '../../src/proxy/service-map.ts';
import { usableEndpoints } from '../../src/proxy/topology.ts';
import { service, slice } from '../network/small-cluster.ts';

type State = 'ready' | 'unready' | 'lingering' | 'ending';

const conditions = {
  ready: { ready: true, serving: true, terminating: false },
  unready: { ready: false, serving: false, terminating: false },
  lingering: { ready: false, serving: true, terminating: true },
  ending: { ready: false, serving: false, terminating: true },
};

interface Case {
  readonly title: string;
  readonly spec?: Parameters<typeof service>[1];
  /** State, node, and the zones and nodes that hints name. */
  readonly endpoints: readonly (readonly [State, string, { zone?: string; node?: string }?])[];
  readonly cluster: readonly number[];
  readonly local: readonly number[];
  readonly any: boolean;
}

const clusterIP = '10.96.0.9';
const etpLocal = {
  clusterIP,
  type: 'NodePort',
  externalTrafficPolicy: 'Local',
  ports: [{ port: 80, targetPort: 80, nodePort: 30080, protocol: 'TCP' }],
} as const;

// The node is node-1 in zone-a.
const cases: readonly Case[] = [
  { title: 'no endpoints', endpoints: [], cluster: [], local: [], any: false },
  {
    title: 'ready ones only',
    endpoints: [
      ['ready', 'node-1'],
      ['unready', 'node-2'],
      ['lingering', 'node-2'],
    ],
    cluster: [0],
    local: [],
    any: true,
  },
  {
    title: 'terminating ones when nobody is ready',
    endpoints: [
      ['lingering', 'node-1'],
      ['ending', 'node-2'],
      ['unready', 'node-2'],
    ],
    cluster: [0],
    local: [],
    any: true,
  },
  {
    title: 'unready ones never',
    endpoints: [
      ['unready', 'node-1'],
      ['ending', 'node-2'],
    ],
    cluster: [],
    local: [],
    any: false,
  },
  {
    title: 'falls back for Local by itself',
    spec: etpLocal,
    endpoints: [
      ['lingering', 'node-1'],
      ['ready', 'node-2'],
    ],
    cluster: [1],
    local: [0],
    any: true,
  },
  {
    title: 'knows of endpoints elsewhere',
    spec: { clusterIP, internalTrafficPolicy: 'Local' },
    endpoints: [['ready', 'node-2']],
    cluster: [],
    local: [],
    any: true,
  },
  {
    title: 'uses hints for its zone',
    endpoints: [
      ['ready', 'node-1', { zone: 'zone-a' }],
      ['ready', 'node-2', { zone: 'zone-b' }],
    ],
    cluster: [0],
    local: [],
    any: true,
  },
  {
    title: 'ignores hints when one is missing',
    endpoints: [
      ['ready', 'node-1', { zone: 'zone-a' }],
      ['ready', 'node-2'],
    ],
    cluster: [0, 1],
    local: [],
    any: true,
  },
  {
    title: 'ignores hints when none is for its zone',
    endpoints: [
      ['ready', 'node-1', { zone: 'zone-b' }],
      ['ready', 'node-2', { zone: 'zone-b' }],
    ],
    cluster: [0, 1],
    local: [],
    any: true,
  },
  {
    title: 'prefers hints for its node to those for its zone',
    endpoints: [
      ['ready', 'node-1', { zone: 'zone-a', node: 'node-1' }],
      ['ready', 'node-2', { zone: 'zone-a', node: 'node-2' }],
    ],
    cluster: [0],
    local: [],
    any: true,
  },
];

describe('usableEndpoints', () => {
  it.each(cases)('$title', ({ spec = { clusterIP }, endpoints, cluster, local, any }) => {
    const [port] = servicePorts(service('web', spec));
    if (!port) throw new Error('the Service has no port');
    const all = endpointsOf(port, [
      slice(
        'web',
        endpoints.map(([state, nodeName, hint], index) => ({
          addresses: [`10.0.0.${index}`],
          conditions: conditions[state],
          nodeName,
          hints: {
            ...(hint?.zone ? { forZones: [{ name: hint.zone }] } : {}),
            ...(hint?.node ? { forNodes: [{ name: hint.node }] } : {}),
          },
        })),
      ),
    ]);
    const usable = usableEndpoints(all, port, { name: 'node-1', zone: 'zone-a' });
    expect(usable.cluster.map(({ index }) => index)).toEqual(cluster);
    expect(usable.local.map(({ index }) => index)).toEqual(local);
    expect(usable.any).toBe(any);
  });
});

describe('endpointsOf', () => {
  const [port] = servicePorts(service('web', { clusterIP }));
  if (!port) throw new Error('the Service has no port');
  const addresses = ['10.0.0.10', '10.0.0.9'];

  it.each([
    [
      'sorts by address and port as text',
      slice(
        'web',
        addresses.map((address) => ({ addresses: [address] })),
      ),
      ['10.0.0.10:8080', '10.0.0.9:8080'],
    ],
    [
      'takes ports by name',
      slice('web', [{ addresses: ['10.0.0.9'] }], { ports: [{ name: 'other', port: 1, protocol: 'TCP' }] }),
      [],
    ],
    [
      'takes ports by protocol',
      slice('web', [{ addresses: ['10.0.0.9'] }], { ports: [{ name: '', port: 1, protocol: 'UDP' }] }),
      [],
    ],
    ['leaves names out', slice('web', [{ addresses: ['a.example.com'] }], { addressType: 'FQDN' }), []],
  ])('%s', (_title, given, expected) => {
    expect(endpointsOf(port, [given]).map(({ key }) => key)).toEqual(expected);
  });
});
