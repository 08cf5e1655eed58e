import { describe, expect, it } from '@jest/globals';
import { resources } from '@kubedrill/kube-model';
import type { Cluster, ProxyMode, VantagePoint } from '../../src/index.ts';
import { clusterWith, podManifest } from '../cluster-fixture.ts';

const zones: Readonly<Record<string, string>> = { 'a-1': 'a', 'a-2': 'a', 'a-3': 'a', 'b-1': 'b' };
const nodes = ['a-1', 'a-2', 'a-3', 'b-1', 'bare'].map((name, index) => ({
  name,
  address: `172.18.0.${index + 2}`,
  ...(zones[name] && { labels: { 'topology.kubernetes.io/zone': zones[name] } }),
}));

/** A Pod of the Service on each of these nodes, by the node's name; clients are everywhere. */
const zoned = ['a-1', 'a-2', 'b-1'];
const everywhere = [...zoned, 'bare'];

interface Case {
  readonly spec: string;
  readonly servers: readonly string[];
  /** The node of the client, or where a client outside comes in. */
  readonly at: string;
  readonly from?: 'pod' | 'outside';
  readonly expected: readonly string[];
}

const sameZone = 'trafficDistribution: PreferSameZone';
const sameNode = 'trafficDistribution: PreferSameNode';
const close = 'trafficDistribution: PreferClose';
const nodePort = 'type: NodePort';

/** pkg/proxy/topology.go CategorizeEndpoints, with the hints of endpointslice/trafficdist. */
const cases: readonly Case[] = [
  { spec: '', servers: zoned, at: 'a-1', expected: zoned },
  { spec: sameZone, servers: zoned, at: 'a-1', expected: ['a-1', 'a-2'] },
  { spec: close, servers: zoned, at: 'a-1', expected: ['a-1', 'a-2'] },
  { spec: sameZone, servers: zoned, at: 'a-3', expected: ['a-1', 'a-2'] },
  { spec: sameZone, servers: zoned, at: 'b-1', expected: ['b-1'] },
  // No endpoint is meant for a node without a zone: it takes all.
  { spec: sameZone, servers: zoned, at: 'bare', expected: zoned },
  { spec: sameZone, servers: ['a-1', 'a-2'], at: 'b-1', expected: ['a-1', 'a-2'] },
  // One endpoint without a zone leaves nobody with hints to go by.
  { spec: sameZone, servers: everywhere, at: 'a-1', expected: everywhere },
  { spec: sameNode, servers: zoned, at: 'a-1', expected: ['a-1'] },
  { spec: sameNode, servers: zoned, at: 'a-3', expected: ['a-1', 'a-2'] },
  { spec: sameNode, servers: ['a-1', 'a-2'], at: 'b-1', expected: ['a-1', 'a-2'] },
  { spec: sameNode, servers: everywhere, at: 'bare', expected: ['bare'] },
  { spec: sameNode, servers: everywhere, at: 'b-1', expected: ['b-1'] },
  // Not on the node, and not every endpoint has a zone.
  { spec: sameNode, servers: everywhere, at: 'a-3', expected: everywhere },
  { spec: `${sameZone}, internalTrafficPolicy: Local`, servers: zoned, at: 'a-1', expected: ['a-1'] },
  { spec: `${sameZone}, ${nodePort}`, servers: zoned, at: 'a-3', from: 'outside', expected: ['a-1', 'a-2'] },
  { spec: `${sameNode}, ${nodePort}`, servers: zoned, at: 'a-2', from: 'outside', expected: ['a-2'] },
  {
    spec: `${sameZone}, ${nodePort}, externalTrafficPolicy: Local`,
    servers: zoned,
    at: 'a-1',
    from: 'outside',
    expected: ['a-1'],
  },
  // A cluster IP takes no notice of the external policy.
  {
    spec: `${sameZone}, ${nodePort}, externalTrafficPolicy: Local`,
    servers: zoned,
    at: 'a-2',
    expected: ['a-1', 'a-2'],
  },
];

function arranged({ spec, servers }: Case, proxyMode: ProxyMode): Cluster {
  const image = 'containers: [{name: c, image: nginx:1.29}]';
  const manifests = [
    ...servers.map((node) => podManifest(`web-${node}`, `nodeName: ${node}, ${image}`, 'app: web')),
    ...nodes.map(({ name }) => podManifest(`client-${name}`, `nodeName: ${name}, ${image}`)),
    `{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}], ${spec}}}`,
  ];
  const cluster = clusterWith(manifests.join('\n---\n'), {
    nodes,
    proxyMode,
    externalHosts: [{ name: 'laptop', address: '203.0.113.9' }],
  });
  cluster.settle();
  return cluster;
}

function serversOf(cluster: Cluster, { at, from = 'pod' }: Case): readonly string[] {
  const { clusterIP = '', ports = [] } = cluster.view.get('Service', 'default', 'web')?.spec ?? {};
  const address = nodes.find(({ name }) => name === at)?.address ?? '';
  const client: VantagePoint =
    from === 'pod' ? { kind: 'pod', namespace: 'default', name: `client-${at}` } : { kind: 'external', name: 'laptop' };
  const target = from === 'pod' ? { host: clusterIP, port: 80 } : { host: address, port: ports[0]?.nodePort ?? 0 };
  const { outcomes } = cluster.trace({ from: client, ...target, protocol: 'TCP' });
  return outcomes.map(({ outcome, probability }) => {
    const who = outcome.kind === 'delivered' ? outcome.server.name.replace(/^web-/, '') : outcome.kind;
    return `${who} ${probability.numerator}/${probability.denominator}`;
  });
}

describe.each(['iptables', 'nftables', 'ipvs'] as const)('trafficDistribution in mode %s', (mode) => {
  it.each(cases)('$spec, $servers, seen by $at', (given) => {
    const share = `1/${given.expected.length}`;
    const expected = given.expected.map((server) => `${server} ${share}`);
    expect([...serversOf(arranged(given, mode), given)].sort()).toEqual(expected.sort());
  });

  it('leaves a zone whose last ready Pod goes', () => {
    const given: Case = { spec: sameZone, servers: zoned, at: 'b-1', expected: [] };
    const cluster = arranged(given, mode);
    cluster.api.handle({ verb: 'delete', resource: resources.Pod, namespace: 'default', name: 'web-b-1' });
    cluster.settle();
    expect([...serversOf(cluster, given)].sort()).toEqual(['a-1 1/2', 'a-2 1/2']);
  });
});
