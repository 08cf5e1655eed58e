import { describe, expect, it } from '@jest/globals';
import { resources } from '@kubedrill/kube-model';
import { createCluster, type Cluster } from '../../src/index.ts';

function renewals({ view }: Cluster): readonly string[] {
  return view.list('Lease', 'kube-node-lease').map(({ metadata, spec }) => `${metadata.name} ${spec.renewTime ?? ''}`);
}

/** pkg/kubelet/kubelet.go: a Lease of 40 seconds, renewed every ten. */
describe('Leases', () => {
  it('of nodes are renewed as long as these run', () => {
    const cluster = createCluster();
    cluster.settle();
    cluster.advance(25_000);
    cluster.powerOff('node-2');
    cluster.advance(20_000);
    expect(renewals(cluster)).toEqual([
      'node-1 2026-01-01T00:00:40.000000Z',
      'node-2 2026-01-01T00:00:20.000000Z',
      'node-3 2026-01-01T00:00:40.000000Z',
    ]);
    const { metadata, spec } = cluster.view.get('Lease', 'kube-node-lease', 'node-1') ?? {};
    expect(metadata?.ownerReferences).toEqual([
      expect.objectContaining({ apiVersion: 'v1', kind: 'Node', name: 'node-1' }),
    ]);
    expect(spec).toEqual({
      holderIdentity: 'node-1',
      leaseDurationSeconds: 40,
      renewTime: '2026-01-01T00:00:40.000000Z',
    });
  });

  it('of the control plane name who leads', () => {
    const holders = createCluster()
      .view.list('Lease', 'kube-system')
      .map(({ spec }) => (spec.holderIdentity ?? '').replace(/_.*/, ''));
    expect(holders).toEqual([expect.stringMatching(/^apiserver-[a-z2-7]{26}$/), 'node-1', 'node-1']);
  });

  it('go with their node', () => {
    const cluster = createCluster();
    cluster.settle();
    expect(renewals(cluster)).toHaveLength(3);
    cluster.api.handle({ verb: 'delete', resource: resources.Node, namespace: '', name: 'node-3' });
    cluster.settle();
    expect(renewals(cluster)).toHaveLength(2);
  });

  it('leave no trace before somebody reads them', () => {
    const cluster = createCluster();
    cluster.settle();
    const { resourceVersion } = cluster.view;
    cluster.advance(60_000);
    expect(cluster.view.resourceVersion).toBe(resourceVersion);
  });

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['right', { holderIdentity: 'me', leaseDurationSeconds: 15 }, []],
    [
      'wrong',
      { leaseDurationSeconds: 0, leaseTransitions: -1, strategy: 'X', preferredHolder: 'me' },
      [
        'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
        'spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
  ])('of others: %s', (_, spec, expected) => {
    const response = createCluster().api.handle({
      verb: 'create',
      resource: resources.Lease,
      namespace: 'default',
      body: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'l' }, spec: spec as never },
    });
    const causes = response.ok ? [] : (response.status.details?.causes ?? []);
    expect(causes.map(({ field, message }) => `${field ?? ''}: ${message ?? ''}`)).toEqual(expected);
  });
});
