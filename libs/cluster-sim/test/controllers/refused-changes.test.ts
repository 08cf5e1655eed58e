import { expect, it } from '@jest/globals';
import { applyTo, clusterWith } from '../cluster-fixture.ts';
import { job, workload } from './workload-manifests.ts';

const podSpec = 'serviceAccountName: late';
const account = '{apiVersion: v1, kind: ServiceAccount, metadata: {name: late}}';

it.each([
  ['StatefulSet', workload('StatefulSet', { podSpec })],
  ['DaemonSet', workload('DaemonSet', { podSpec })],
  ['Job', job('', podSpec)],
] as const)('a %s makes its Pods once they are no longer refused', (kind, manifest) => {
  const nodes = [{ name: 'node-1', address: '192.168.49.2' }];
  const cluster = clusterWith(manifest, { nodes });
  cluster.advance(20_000);
  expect(cluster.view.list('Pod', 'default')).toEqual([]);
  const [owner] = cluster.view.list(kind, 'default');
  expect(owner?.status).not.toHaveProperty('active');
  applyTo(cluster, account);
  cluster.advance(20_000);
  expect(cluster.view.list('Pod', 'default')).toHaveLength(1);
});
