import { describe, expect, it } from '@jest/globals';
import type { NetworkPolicy, Pod } from '@kubedrill/kube-model';
import { podManifest, applyTo, clusterWith } from '../../cluster-fixture.ts';
import { endpoint, fromPod, pod, service, slice, SmallCluster, tcp } from '../small-cluster.ts';

function policy(spec: NetworkPolicy['spec'], name = 'policy'): NetworkPolicy {
  const metadata = { name, namespace: 'default', uid: name, resourceVersion: '', creationTimestamp: '' };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec };
}

function labelled(target: Pod, labels: Record<string, string>): Pod {
  return { ...target, metadata: { ...target.metadata, labels } };
}

const client = labelled(pod('client', 'node-1', '10.244.1.2'), { app: 'client' });
const server = labelled(pod('server', 'node-2', '10.244.2.2'), { app: 'server' });
const everybody = { podSelector: {} };

function arranged(spec: NetworkPolicy['spec']): SmallCluster {
  const cluster = new SmallCluster();
  for (const object of [client, server, policy(spec)]) cluster.store.put(object);
  return cluster;
}

describe('what is absent and what is empty', () => {
  const denied = 'deniedByPolicy';
  const passed = 'server sees 10.244.1.2';

  it.each<[string, NetworkPolicy['spec'], string]>([
    ['no rules', { ...everybody, policyTypes: ['Ingress'] }, denied],
    ['an empty list of rules', { ...everybody, policyTypes: ['Ingress'], ingress: [] }, denied],
    ['an empty rule', { ...everybody, policyTypes: ['Ingress'], ingress: [{}] }, passed],
    ['empty from and ports', { ...everybody, policyTypes: ['Ingress'], ingress: [{ from: [], ports: [] }] }, passed],
    [
      'an empty podSelector in from',
      { ...everybody, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] },
      passed,
    ],
    ['no egress rules', { ...everybody, policyTypes: ['Egress'] }, denied],
    ['empty to and ports', { ...everybody, policyTypes: ['Egress'], egress: [{ to: [], ports: [] }] }, passed],
    // The type decides: rules of another direction count for nothing.
    ['rules without their type', { ...everybody, policyTypes: ['Egress'], ingress: [], egress: [{}] }, passed],
    ['a selector for nobody here', { podSelector: { matchLabels: { app: 'x' } }, policyTypes: ['Ingress'] }, passed],
    [
      'a port without number',
      { ...everybody, policyTypes: ['Ingress'], ingress: [{ ports: [{ protocol: 'UDP' }] }] },
      denied,
    ],
    [
      'the last port of a range',
      { ...everybody, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 8000, endPort: 8080 }] }] },
      passed,
    ],
    [
      'the port after a range',
      { ...everybody, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 8000, endPort: 8079 }] }] },
      denied,
    ],
    [
      'a name that no port has',
      { ...everybody, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'http' }] }] },
      denied,
    ],
  ])('%s', (_, spec, expected) => {
    expect(arranged(spec).outcomes(tcp(fromPod('client'), '10.244.2.2', 8080))).toEqual([expected]);
  });
});

describe('whose address it is', () => {
  const onlyClients: NetworkPolicy['spec'] = {
    podSelector: { matchLabels: { app: 'server' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }] }],
  };

  it.each<[string, readonly Pod[], string]>([
    ['a Pod that runs', [], 'server sees 10.244.1.2'],
    [
      'a Pod that is going',
      [{ ...client, metadata: { ...client.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }],
      'server sees 10.244.1.2',
    ],
    [
      'not a Pod that has ended, whose address another one has now',
      [
        {
          ...client,
          metadata: { ...client.metadata, name: 'ended' },
          status: { ...client.status, phase: 'Succeeded' },
        },
        labelled(client, { app: 'other' }),
      ],
      'deniedByPolicy',
    ],
  ])('%s', (_, pods, expected) => {
    const cluster = arranged(onlyClients);
    for (const each of pods) cluster.store.put(each);
    expect(cluster.outcomes(tcp(fromPod('client'), '10.244.2.2', 8080))).toEqual([expected]);
  });
});

describe('a named port', () => {
  it('is that of each endpoint', () => {
    const named = (name: string, address: string, containerPort: number): Pod =>
      labelled(
        pod(name, 'node-2', address, {
          containers: [{ name: 'main', image: 'nginx', ports: [{ name: 'web', containerPort, protocol: 'TCP' }] }],
        }),
        { app: 'web' },
      );
    const [right, wrong] = [named('right', '10.244.2.3', 8080), named('wrong', '10.244.2.4', 9090)];
    for (const spec of [
      { ...everybody, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'web' }] }] },
      { ...everybody, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'web' }] }] },
    ] satisfies NetworkPolicy['spec'][]) {
      const cluster = arranged(spec);
      for (const each of [right, wrong, service('web', { clusterIP: '10.96.0.20' })]) cluster.store.put(each);
      cluster.store.put(slice('web', [endpoint(right), endpoint(wrong)]));
      expect(cluster.outcomes(tcp(fromPod('client'), '10.96.0.20'))).toEqual([
        'right sees 10.244.1.2: 1/2',
        'deniedByPolicy: 1/2',
      ]);
    }
  });
});

describe.each(['iptables', 'nftables', 'ipvs'] as const)('behind a Service in mode %s', (proxyMode) => {
  it('endpoints are denied one by one, and connect draws one of the outcomes', () => {
    const server = 'containers: [{name: c, image: nginx:1.29}]';
    const manifests = [
      ...['a', 'b', 'c'].map((name) => podManifest(name, server, `app: web, one: ${name}`)),
      podManifest('client', server),
      '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 8000, targetPort: 80}]}}',
    ];
    const cluster = clusterWith(manifests.join('\n---\n'), { proxyMode });
    cluster.settle();
    applyTo(
      cluster,
      '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny}, spec: {podSelector: {matchExpressions: [{key: one, operator: In, values: [a, b]}]}}}',
    );
    const probe = tcp(fromPod('client'), 'web', 8000);
    const seen = cluster.trace(probe).outcomes.map(({ outcome, probability }) => {
      const who =
        outcome.kind === 'delivered' ? outcome.server.name : outcome.kind === 'deniedByPolicy' ? outcome.pod.name : '';
      return `${outcome.kind} ${who} ${probability.numerator}/${probability.denominator}`;
    });
    expect([...seen].sort()).toEqual(['delivered c 1/3', 'deniedByPolicy a 1/3', 'deniedByPolicy b 1/3']);
    const drawn = new Set(Array.from({ length: 40 }, () => cluster.connect(probe).outcome.kind));
    expect([...drawn].sort()).toEqual(['delivered', 'deniedByPolicy']);
  });
});
