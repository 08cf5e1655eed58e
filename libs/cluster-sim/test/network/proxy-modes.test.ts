import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProxyMode } from '../../src/cluster.ts';
import type { Probe } from '../../src/network/flow.ts';
import { plus } from '../../src/network/ratio.ts';
import { describe as inWords, endpoint, fromPod, pod, service, slice, SmallCluster, tcp } from './small-cluster.ts';

const clusterIP = '10.96.0.20';
const backends = [
  pod('web-0', 'node-1', '10.244.1.3'),
  pod('web-1', 'node-2', '10.244.2.2'),
  pod('web-2', 'node-3', '10.244.3.2'),
];
const node1 = { kind: 'node', name: 'node-1' } as const;
const ports = [{ port: 80, targetPort: 8080, nodePort: 30080, protocol: 'TCP' }] as const;

type Settings = {
  readonly mode: ProxyMode;
  readonly states: readonly ('ready' | 'unready' | 'absent')[];
  readonly internal: 'Cluster' | 'Local';
  readonly external: 'Cluster' | 'Local';
  readonly sticky: boolean;
};

function arranged({ mode, states, internal, external, sticky }: Settings): SmallCluster {
  const cluster = new SmallCluster({ proxyMode: mode });
  for (const each of [pod('client', 'node-1', '10.244.1.2'), ...backends]) cluster.store.put(each);
  cluster.store.put(
    service('web', {
      clusterIP,
      type: 'NodePort',
      ports,
      internalTrafficPolicy: internal,
      externalTrafficPolicy: external,
      ...(sticky ? { sessionAffinity: 'ClientIP' } : {}),
    }),
  );
  const present = backends.filter((_, index) => states[index] !== 'absent');
  const ready = (target: (typeof backends)[number]) => states[backends.indexOf(target)] === 'ready';
  cluster.store.put(
    slice(
      'web',
      present.map((target) => endpoint(target, { ready: ready(target), serving: ready(target) })),
    ),
  );
  return cluster;
}

const modes = ['iptables', 'nftables', 'ipvs'] as const;

const plain: Settings = {
  mode: 'iptables',
  states: ['ready', 'ready', 'ready'],
  internal: 'Cluster',
  external: 'Cluster',
  sticky: false,
};

describe('what differs between the modes', () => {
  it.each<[string, Probe, readonly [iptables: string, nftables: string, ipvs: string]]>([
    ['an undeclared port', tcp(fromPod('client'), clusterIP, 81), ['timedOut', 'refused', 'refused']],
    ['a ping', { ...tcp(fromPod('client'), clusterIP), protocol: 'ICMP' }, ['timedOut', 'refused', 'refused']],
    ['a ping from a node', { ...tcp(node1, clusterIP), protocol: 'ICMP' }, ['timedOut', 'EPERM', 'refused']],
    [
      'an unallocated cluster IP from a node',
      { ...tcp(node1, '10.96.9.9'), protocol: 'UDP' },
      ['timedOut', 'EPERM', 'timedOut'],
    ],
    ['a node port on localhost', tcp(node1, '127.0.0.1', 30080), ['web-0 sees 10.244.1.1: 1/3', 'refused', 'refused']],
    [
      'a node port on the address towards the pods',
      tcp(fromPod('client'), '10.244.1.1', 30080),
      ['web-0 sees 10.244.1.1: 1/3', 'refused', 'web-0 sees 10.244.1.1: 1/3'],
    ],
  ])('%s', (_title, probe, expected) => {
    expect(modes.map((mode) => arranged({ ...plain, mode }).outcomes(probe)[0])).toEqual(expected);
  });
});

const settings = fc.record({
  states: fc.array(fc.constantFrom('ready', 'unready', 'absent'), { minLength: 3, maxLength: 3 }),
  internal: fc.constantFrom('Cluster', 'Local'),
  external: fc.constantFrom('Cluster', 'Local'),
  sticky: fc.boolean(),
});

const probes: readonly Probe[] = [
  tcp(fromPod('client'), clusterIP),
  tcp(node1, clusterIP),
  tcp(fromPod('web-0'), 'web'),
  tcp(fromPod('client'), '192.168.49.3', 30080),
  tcp({ kind: 'external', name: 'neighbour' }, '192.168.49.4', 30080),
];

describe('trace', () => {
  it('gives the same outcomes in modes iptables and nftables', () => {
    fc.assert(
      fc.property(settings, fc.constantFrom(...probes), (chosen, probe) => {
        const both = (['iptables', 'nftables'] as const).map((mode) => arranged({ ...chosen, mode }));
        const [first, second] = both.map((cluster) => cluster.outcomes(probe).toSorted());
        expect(first).toEqual(second);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('gives probabilities that add up to 1 and outcomes of which connect draws one', () => {
    fc.assert(
      fc.property(settings, fc.constantFrom(...probes), (chosen, probe) => {
        for (const mode of modes) {
          const cluster = arranged({ ...chosen, mode });
          const { outcomes } = cluster.plane.trace(probe);
          const total = outcomes.map(({ probability }) => probability).reduce(plus);
          expect(total).toEqual({ numerator: 1, denominator: 1 });
          const drawn = inWords(cluster.plane.fork(cluster.sources(5)).connect(probe).outcome);
          expect(outcomes.map(({ outcome }) => inWords(outcome))).toContain(drawn);
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
