import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ClusterOptions } from '../../src/cluster.ts';
import type { Probe } from '../../src/network/flow.ts';
import { describe as inWords, endpoint, fromPod, pod, service, slice, SmallCluster, tcp } from './small-cluster.ts';

const client = pod('client', 'node-1', '10.244.1.2');
const web0 = pod('web-0', 'node-1', '10.244.1.3');
const web1 = pod('web-1', 'node-2', '10.244.2.2');
const host = pod('on-host', 'node-3', '192.168.49.4', { hostNetwork: true });
const clusterIP = '10.96.0.20';
const node1 = { kind: 'node', name: 'node-1' } as const;
const neighbour = { kind: 'external', name: 'neighbour' } as const;
const vip = '203.0.113.9';
const nodePorts = [{ port: 80, targetPort: 8080, nodePort: 30080, protocol: 'TCP' }] as const;

let cluster: SmallCluster;

function arrange(changes: Partial<ClusterOptions> = {}): void {
  cluster = new SmallCluster({ proxyMode: 'ipvs', ...changes });
  for (const each of [client, web0, web1, host]) cluster.store.put(each);
}

function publish(
  spec: Partial<Parameters<typeof service>[1]> = {},
  endpoints = [endpoint(web0), endpoint(web1)],
): void {
  cluster.store.put(service('web', { clusterIP, ...spec }));
  cluster.store.put(slice('web', endpoints));
}

beforeEach(() => arrange());

describe('outcomes of a probe', () => {
  it.each<[string, Probe, readonly string[]]>([
    [
      'a cluster IP from a pod',
      tcp(fromPod('client'), clusterIP),
      ['web-0 sees 10.244.1.2: 1/2', 'web-1 sees 10.244.1.2: 1/2'],
    ],
    ['a cluster IP from a node', tcp(node1, clusterIP), ['web-0 sees 10.244.1.1: 1/2', 'web-1 sees 192.168.49.2: 1/2']],
    [
      'its own Service from a backend',
      tcp(fromPod('web-0'), clusterIP),
      ['web-0 sees 10.244.1.1: 1/2', 'web-1 sees 10.244.1.3: 1/2'],
    ],
    ['a port that is not declared', tcp(fromPod('client'), clusterIP, 81), ['refused']],
    ['a port that is not declared from a node', tcp(node1, clusterIP, 81), ['refused']],
    ['an unallocated cluster IP', tcp(fromPod('client'), '10.96.9.9'), ['timedOut']],
    ['ping of a cluster IP', { ...tcp(fromPod('client'), clusterIP), protocol: 'ICMP' }, ['refused']],
    ['ping of a node', { ...tcp(fromPod('client'), '192.168.49.3'), protocol: 'ICMP' }, ['node-2 sees 192.168.49.2']],
    [
      'a node port from outside',
      tcp(neighbour, '192.168.49.3', 30080),
      ['web-0 sees 192.168.49.3: 1/2', 'web-1 sees 10.244.2.1: 1/2'],
    ],
    ['a node port on localhost', tcp(node1, '127.0.0.1', 30080), ['refused']],
    ['a node port on a cluster IP', tcp(fromPod('client'), clusterIP, 30080), ['refused']],
    [
      'a node port on the address towards the pods',
      tcp(fromPod('client'), '10.244.1.1', 30080),
      ['web-0 sees 10.244.1.1: 1/2', 'web-1 sees 192.168.49.2: 1/2'],
    ],
    [
      'a host port through an address of a Service',
      tcp({ kind: 'node', name: 'node-3' }, clusterIP, 8080),
      ['refused'],
    ],
  ])('%s', (_title, probe, expected) => {
    publish({ type: 'NodePort', ports: nodePorts });
    expect(cluster.outcomes(probe)).toEqual(expected);
  });

  it.each<[string, Parameters<typeof publish>[0], Probe, readonly string[]]>([
    [
      'internalTrafficPolicy Local with an endpoint on the node',
      { internalTrafficPolicy: 'Local' },
      tcp(fromPod('client'), clusterIP),
      ['web-0 sees 10.244.1.2'],
    ],
    [
      'internalTrafficPolicy Local without',
      { internalTrafficPolicy: 'Local' },
      tcp({ kind: 'node', name: 'node-3' }, clusterIP),
      ['refused'],
    ],
    [
      'the same of a Service that is reached from outside too, which has endpoints by policy Cluster',
      { type: 'NodePort', ports: nodePorts, internalTrafficPolicy: 'Local' },
      tcp({ kind: 'node', name: 'node-3' }, clusterIP),
      ['web-0 sees 192.168.49.4: 1/2', 'web-1 sees 192.168.49.4: 1/2'],
    ],
    [
      'externalTrafficPolicy Local from outside, by a node with an endpoint',
      { type: 'NodePort', ports: nodePorts, externalTrafficPolicy: 'Local' },
      tcp(neighbour, '192.168.49.3', 30080),
      ['web-1 sees 192.168.49.100'],
    ],
    [
      'externalTrafficPolicy Local from outside, by a node without: the answer does not come back by it',
      { type: 'NodePort', ports: nodePorts, externalTrafficPolicy: 'Local' },
      tcp(neighbour, '192.168.49.4', 30080),
      ['timedOut: 1/2', 'timedOut: 1/2'],
    ],
    [
      'externalTrafficPolicy Local from a pod, by its own node: nothing short-circuits it',
      { type: 'NodePort', ports: nodePorts, externalTrafficPolicy: 'Local' },
      tcp(fromPod('client'), '192.168.49.2', 30080),
      ['web-0 sees 10.244.1.2'],
    ],
    [
      'an external IP from a pod',
      { externalIPs: ['198.51.100.50'] },
      tcp(fromPod('client'), '198.51.100.50'),
      ['web-0 sees 10.244.1.1: 1/2', 'web-1 sees 192.168.49.2: 1/2'],
    ],
    [
      'an external IP of the link, for which the nodes answer',
      { externalIPs: ['192.168.49.200'] },
      tcp(neighbour, '192.168.49.200'),
      ['web-0 sees 10.244.1.1: 1/2', 'web-1 sees 192.168.49.2: 1/2'],
    ],
    [
      'an external IP from a node, under policy Local',
      { externalIPs: ['198.51.100.50'], externalTrafficPolicy: 'Local' },
      tcp(node1, '198.51.100.50'),
      ['web-0 sees 198.51.100.50'],
    ],
  ])('%s', (_title, spec, probe, expected) => {
    publish(spec);
    expect(cluster.outcomes(probe)).toEqual(expected);
  });

  it.each<[string, Probe, readonly string[]]>([
    ['a pod', tcp(fromPod('client'), clusterIP), ['refused']],
    ['a node', tcp(node1, clusterIP), ['refused']],
    ['outside', tcp(neighbour, '192.168.49.3', 30080), ['refused']],
  ])('no endpoints, from %s', (_title, probe, expected) => {
    publish({ type: 'NodePort', ports: nodePorts }, []);
    expect(cluster.outcomes(probe)).toEqual(expected);
  });

  it.each<[string, readonly string[], Probe, readonly string[]]>([
    ['an allowed pod', ['10.244.0.0/16'], tcp(fromPod('client'), vip), ['web-0 sees 10.244.1.1']],
    ['another pod', ['192.168.49.100/32'], tcp(fromPod('client'), vip), ['timedOut']],
    ['a node of an allowed range', ['192.168.49.0/24'], tcp(node1, vip), ['web-0 sees 10.244.1.1']],
    ['another node', ['192.168.49.100/32'], tcp(node1, vip), ['timedOut']],
  ])('loadBalancerSourceRanges and %s', (_title, loadBalancerSourceRanges, probe, expected) => {
    const made = service('web', { clusterIP, type: 'LoadBalancer', ports: nodePorts, loadBalancerSourceRanges });
    cluster.store.put({ ...made, status: { loadBalancer: { ingress: [{ ip: vip }] } } });
    cluster.store.put(slice('web', [endpoint(web0)]));
    expect(cluster.outcomes(probe)).toEqual(expected);
  });
});

function connects(probe: Probe, times: number): readonly string[] {
  return Array.from({ length: times }, () => inWords(cluster.plane.connect(probe).outcome).split(' ')[0] ?? '');
}

describe('schedulers', () => {
  const probe = tcp(fromPod('client'), clusterIP);

  it('rr takes the real servers in turn, whatever a trace asks in between', () => {
    publish({}, [endpoint(web0), endpoint(web1), endpoint(host)]);
    const first = connects(probe, 3);
    expect(new Set(first).size).toBe(3);
    cluster.outcomes(probe);
    expect(connects(probe, 6)).toEqual([...first, ...first]);
  });

  it('rr goes on behind the one that stood before a server that has gone', () => {
    publish({}, [endpoint(web0), endpoint(web1), endpoint(host)]);
    const [first = '', second = '', third = ''] = connects(probe, 5).slice(0, 3);
    const byName = new Map([web0, web1, host].map((each) => [each.metadata.name, endpoint(each)]));
    byName.delete(second);
    publish({}, [...byName.values()]);
    expect(connects(probe, 3)).toEqual([third, first, third]);
  });

  it.each(['lc', 'wlc', 'sed', 'nq'] as const)('%s spares who has open connections', (ipvsScheduler) => {
    arrange({ ipvsScheduler });
    publish();
    const { outcome } = cluster.plane.open(probe);
    const [busy = ''] = inWords(outcome.outcome).split(' ');
    const idle = busy === 'web-0' ? 'web-1' : 'web-0';
    expect(cluster.outcomes(probe)).toEqual([`${idle} sees 10.244.1.2`]);
    expect(connects(probe, 4)).toEqual([idle, idle, idle, idle]);
  });

  it('lc counts what is being closed, sed does not', () => {
    arrange({ ipvsScheduler: 'lc' });
    publish();
    expect(new Set(connects(probe, 2)).size).toBe(2);
    arrange({ ipvsScheduler: 'sed' });
    publish();
    expect(new Set(connects(probe, 4)).size).toBe(1);
  });

  // hash_32 of the addresses: 10.244.1.2 -> 77, 10.244.1.6 -> 212, 10.96.0.20 -> 196.
  it.each([
    ['sh', 'client', ['web-1 sees 10.244.1.2']],
    ['sh', 'other', ['web-0 sees 10.244.1.6']],
    ['dh', 'client', ['web-0 sees 10.244.1.2']],
    ['mh', 'client', ['web-0 sees 10.244.1.2: 2047/4093', 'web-1 sees 10.244.1.2: 2046/4093']],
    ['lblc', 'client', ['web-0 sees 10.244.1.2: 1/2', 'web-1 sees 10.244.1.2: 1/2']],
  ] as const)('%s from %s', (ipvsScheduler, name, expected) => {
    arrange({ ipvsScheduler });
    cluster.store.put(pod('other', 'node-1', '10.244.1.6'));
    publish();
    expect(cluster.outcomes(tcp(fromPod(name), clusterIP))).toEqual(expected);
  });

  it('lblc stays with the server of a destination', () => {
    arrange({ ipvsScheduler: 'lblc' });
    publish();
    expect(new Set(connects(probe, 5)).size).toBe(1);
  });

  it('lblc looks for the least loaded one when that server is gone', () => {
    arrange({ ipvsScheduler: 'lblc' });
    const all = [web0, web1, host];
    publish(
      {},
      all.map((each) => endpoint(each)),
    );
    const [chosen] = connects(probe, 1);
    const left = all.filter(({ metadata }) => metadata.name !== chosen);
    publish(
      {},
      left.map((each) => endpoint(each)),
    );
    expect(cluster.outcomes(probe)).toHaveLength(2);
  });
});

describe('ClientIP affinity', () => {
  const probe = tcp(fromPod('client'), clusterIP);

  it('is kept by virtual server, and as long as the last connection is known', () => {
    const sessionAffinityConfig = { clientIP: { timeoutSeconds: 10 } };
    publish({ type: 'NodePort', ports: nodePorts, sessionAffinity: 'ClientIP', sessionAffinityConfig });
    const chosen = inWords(cluster.plane.connect(probe).outcome);
    expect(cluster.outcomes(probe)).toEqual([chosen]);
    expect(cluster.outcomes(tcp(fromPod('client'), '192.168.49.2', 30080))).toHaveLength(2);
    // TIME_WAIT of two minutes; the template is looked at after 10, 70 and 130 seconds.
    cluster.now = 129_000;
    expect(cluster.outcomes(probe)).toEqual([chosen]);
    cluster.now = 131_000;
    expect(cluster.outcomes(probe)).toHaveLength(2);
  });
});

describe('connections', () => {
  const probe = tcp(fromPod('client'), clusterIP);
  const lines = () =>
    cluster.plane
      .proxyRules('node-1')
      .split('\n')
      .filter((line) => line.startsWith('  -> 10.'))
      .map((line) => line.split(/\s+/).slice(2).join(' ').trim());

  it('keep their real server, with weight 0, when its endpoint is gone', () => {
    publish({}, [endpoint(web1)]);
    const { id } = cluster.plane.open(probe);
    publish({}, [endpoint(web0)]);
    expect(lines()).toEqual(['10.244.1.3:8080 Masq 1 0 0', '10.244.2.2:8080 Masq 0 1 0']);
    expect(inWords(cluster.plane.use(id).outcome)).toBe('web-1 sees 10.244.1.2');
    expect(cluster.outcomes(probe)).toEqual(['web-0 sees 10.244.1.2']);
    cluster.store.remove({ kind: 'Pod', namespace: 'default', name: 'web-1' });
    expect(cluster.plane.use(id).outcome.kind).toBe('closed');
    expect(lines()).toEqual(['10.244.1.3:8080 Masq 1 0 0']);
  });

  it('count as inactive for two minutes after they are closed', () => {
    publish({}, [endpoint(web0)]);
    connects(probe, 3);
    expect(lines()).toEqual(['10.244.1.3:8080 Masq 1 0 3']);
    cluster.now = 121_000;
    expect(lines()).toEqual(['10.244.1.3:8080 Masq 1 0 0']);
  });

  it('end with their virtual server', () => {
    publish({}, [endpoint(web1)]);
    const { id } = cluster.plane.open(probe);
    publish({ ports: [{ port: 81, targetPort: 8080, protocol: 'TCP' }] }, [endpoint(web1)]);
    expect(cluster.plane.use(id).outcome.kind).toBe('timedOut');
    publish({}, [endpoint(web1)]);
    expect(cluster.plane.use(id).outcome.kind).toBe('timedOut');
  });

  it('of UDP are balanced anew when their virtual server is gone', () => {
    const udp = { ports: [{ port: 80, targetPort: 8080, protocol: 'UDP' as const }] };
    const endpoints = { ports: [{ name: '', port: 8080, protocol: 'UDP' as const }] };
    cluster.store.put(service('web', { clusterIP, ...udp }));
    cluster.store.put(slice('web', [endpoint(web1)], endpoints));
    const { id } = cluster.plane.open({ ...probe, protocol: 'UDP' });
    cluster.store.remove({ kind: 'Service', namespace: 'default', name: 'web' });
    expect(cluster.plane.use(id).outcome.kind).toBe('timedOut');
  });

  it('are reset when they were idle for a quarter of an hour', () => {
    publish();
    const { id } = cluster.plane.open(probe);
    cluster.now = 14 * 60_000;
    expect(cluster.plane.use(id).outcome.kind).toBe('delivered');
    cluster.now += 16 * 60_000;
    expect(cluster.plane.use(id).outcome.kind).toBe('closed');
  });
});
