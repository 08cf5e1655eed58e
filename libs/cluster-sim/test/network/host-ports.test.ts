import { describe, expect, it } from '@jest/globals';
import type { ProxyMode } from '../../src/cluster.ts';
import type { Probe } from '../../src/network/flow.ts';
import type { NetworkOptions } from '../../src/network/network-options.ts';
import { fromPod, pod, service, slice, SmallCluster, tcp } from './small-cluster.ts';

const modes: readonly ProxyMode[] = ['iptables', 'nftables', 'ipvs'];
const node1 = { kind: 'node', name: 'node-1' } as const;
const neighbour = { kind: 'external', name: 'neighbour' } as const;

function exposing(name: string, address: string, hostPort: number, hostIP?: string) {
  const ports = [{ containerPort: 8080, hostPort, protocol: 'TCP' as const, ...(hostIP ? { hostIP } : {}) }];
  return pod(name, 'node-1', address, { containers: [{ name: 'main', image: 'nginx', ports }] });
}

function arranged(proxyMode: ProxyMode, network: NetworkOptions = {}): SmallCluster {
  const cluster = new SmallCluster({ proxyMode, network });
  cluster.store.put(exposing('web', '10.244.1.3', 8888));
  cluster.store.put(exposing('inside', '10.244.1.4', 9999, '127.0.0.1'));
  cluster.store.put(exposing('outside', '10.244.1.5', 9999, '192.168.49.2'));
  cluster.store.put(pod('client', 'node-1', '10.244.1.2'));
  cluster.store.put(pod('far', 'node-2', '10.244.2.2'));
  cluster.store.put(service('other', { clusterIP: '10.96.0.20' }));
  cluster.store.put(slice('other', []));
  return cluster;
}

// The rules that the CNI plug-in portmap writes for a port: a mark for its pods' range and 127.0.0.1, and DNAT.
describe.each(modes)('hostPort in mode %s', (mode) => {
  it.each<[string, Probe, readonly string[]]>([
    ['from outside keeps the client', tcp(neighbour, '192.168.49.2', 8888), ['web sees 192.168.49.100']],
    ['is on its own node only', tcp(neighbour, '192.168.49.3', 8888), ['refused']],
    ['from a pod of the node is masqueraded', tcp(fromPod('client'), '192.168.49.2', 8888), ['web sees 10.244.1.1']],
    ['from the pod itself too', tcp(fromPod('web'), '192.168.49.2', 8888), ['web sees 10.244.1.1']],
    ['from another node', tcp(fromPod('far'), '192.168.49.2', 8888), ['web sees 192.168.49.3']],
    ['from the node', tcp(node1, '192.168.49.2', 8888), ['web sees 192.168.49.2']],
    ['from the node by localhost', tcp(node1, '127.0.0.1', 8888), ['web sees 10.244.1.1']],
    ['of another protocol', { ...tcp(neighbour, '192.168.49.2', 8888), protocol: 'UDP' }, ['refused']],
    ['with hostIP 127.0.0.1', tcp(node1, '127.0.0.1', 9999), ['inside sees 10.244.1.1']],
    ['with the address of the node as hostIP', tcp(neighbour, '192.168.49.2', 9999), ['outside sees 192.168.49.100']],
    ['with a hostIP, on another address', tcp(fromPod('client'), '10.244.1.1', 9999), ['refused']],
  ])('%s', (_title, probe, expected) => {
    expect(arranged(mode).outcomes(probe)).toEqual(expected);
  });
});

it('knows networks that do not serve hostPort', () => {
  const cluster = arranged('iptables', { hostPorts: false });
  expect(cluster.outcomes(tcp(neighbour, '192.168.49.2', 8888))).toEqual(['refused']);
});

describe('hostPort and cluster IPs', () => {
  // In mode ipvs a cluster IP is an address of the node.
  it.each([
    ['iptables', 'timedOut'],
    ['nftables', 'refused'],
    ['ipvs', 'web sees 10.244.1.1'],
  ] as const)('in mode %s', (mode, expected) => {
    expect(arranged(mode).outcomes(tcp(fromPod('client'), '10.96.0.20', 8888))).toEqual([expected]);
  });
});

describe.each(modes)('the health-check node port in mode %s', (mode) => {
  const healthCheckNodePort = 31000;
  const http = { method: 'GET', path: '/' };

  function answer(from: Probe['from'], host: string): unknown {
    const cluster = arranged(mode);
    const web = service('web', {
      clusterIP: '10.96.0.30',
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort,
      ports: [{ port: 80, targetPort: 8080, nodePort: 30080, protocol: 'TCP' }],
    });
    cluster.store.put(web);
    cluster.store.put(slice('web', [{ addresses: ['10.244.1.3'], nodeName: 'node-1' }]));
    const { outcome } = cluster.plane.connect({ ...tcp(from, host, healthCheckNodePort), http });
    return outcome.kind === 'delivered' ? outcome.response?.status : outcome.kind;
  }

  const everywhere = mode === 'nftables' ? 'refused' : 200;

  it.each([
    ['a node with an endpoint', neighbour, '192.168.49.2', 200],
    ['a node without', neighbour, '192.168.49.3', 503],
    ['a pod', fromPod('client'), '192.168.49.2', 200],
    ['localhost', node1, '127.0.0.1', everywhere],
    ['the address towards the pods', fromPod('client'), '10.244.1.1', everywhere],
  ] as const)('answers %s', (_title, from, host, expected) => {
    expect(answer(from, host)).toBe(expected);
  });

  it('answers on an address of a Service in mode ipvs only', () => {
    expect(answer(fromPod('client'), '10.96.0.30')).toBe(
      { iptables: 'timedOut', nftables: 'refused', ipvs: 200 }[mode],
    );
  });
});
