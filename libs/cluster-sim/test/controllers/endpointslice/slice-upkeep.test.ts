import { expect, it } from '@jest/globals';
import { resources, type EndpointSlice, type JsonObject, type Kind } from '@kubedrill/kube-model';
import { packSubsets } from '../../../src/controllers/endpoints/subsets.ts';
import type { Cluster } from '../../../src/index.ts';
import { applyTo, clusterWith, podManifest } from '../../cluster-fixture.ts';

const selecting = 'selector: {app: web}, ports: [{port: 80}]';

function service(spec: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {${spec}}\n---\n`;
}

function endpoints(subsets: string): string {
  return `apiVersion: v1\nkind: Endpoints\nmetadata: {name: web}\nsubsets: [${subsets}]\n---\n`;
}

function settled(manifests: string): Cluster {
  const cluster = clusterWith(manifests);
  cluster.settle();
  return cluster;
}

function patch(cluster: Cluster, kind: Kind, name: string, metadata: JsonObject): void {
  const target = { resource: resources[kind], namespace: 'default', name };
  const response = cluster.api.handle({ verb: 'patch', ...target, patchType: 'merge', body: { metadata } });
  if (!response.ok) throw new Error(response.status.message);
  cluster.settle();
}

function sliceOf(cluster: Cluster): EndpointSlice {
  const [slice, ...others] = cluster.view.indexed('EndpointSlice', 'service', 'default/web');
  if (!slice || others.length > 0) throw new Error('there is not one slice');
  return slice;
}

/** placeholderSliceCompare of endpointslice/reconciler.go looks labels up, so one without a value is as good as none. */
it.each([
  { labels: { tier: '' }, isRewritten: false },
  { labels: { tier: 'front' }, isRewritten: true },
])('rewrites an empty slice for the labels $labels: $isRewritten', ({ labels, isRewritten }) => {
  const cluster = settled(service(selecting));
  const before = sliceOf(cluster).metadata;
  patch(cluster, 'Service', 'web', { labels });
  const after = sliceOf(cluster).metadata;
  expect(after.name).toBe(before.name);
  expect(after.resourceVersion !== before.resourceVersion).toBe(isRewritten);
});

/** finalize of endpointslice/reconciler.go: the object that would be created takes the place of the one that would be deleted. */
it('keeps nothing of a slice that is used again', () => {
  const cluster = settled(service(selecting));
  const { name } = sliceOf(cluster).metadata;
  patch(cluster, 'EndpointSlice', name, { annotations: { note: 'mine' } });
  expect(sliceOf(cluster).metadata.annotations).toMatchObject({ note: 'mine' });
  applyTo(cluster, podManifest('one', 'containers: [{name: c, image: nginx}]', 'app: web'));
  cluster.settle();
  expect(sliceOf(cluster).metadata.name).toBe(name);
  expect(sliceOf(cluster).endpoints).toHaveLength(1);
  expect(sliceOf(cluster).metadata.annotations).not.toHaveProperty('note');
});

/** podEndpointsChanged compares times of deletion by address, so every change of a Pod that is going counts. */
it('drops an ended Pod that a finalizer holds, though it never was ready', () => {
  const probe = 'readinessProbe: {tcpSocket: {port: 81}}';
  const cluster = settled(
    service(selecting) + podManifest('one', `containers: [{name: c, image: nginx, ${probe}}]`, 'app: web'),
  );
  patch(cluster, 'Pod', 'one', { finalizers: ['example.com/hold'] });
  expect(sliceOf(cluster).endpoints).toHaveLength(1);
  const target = { resource: resources.Pod, namespace: 'default', name: 'one' };
  cluster.api.handle({ verb: 'delete', ...target });
  cluster.settle();
  expect(cluster.view.get('Pod', 'default', 'one')?.status.phase).toBe('Succeeded');
  expect(sliceOf(cluster).endpoints).toBeNull();
});

/**
 * StaleSlices of endpointslice_tracker.go, seen in both controllers of a real cluster: a slice whose labels somebody changed is
 * missed, and nothing is done for the Service without it. Mirrored, it is taken for another Service's, which has no Endpoints.
 */
it.each([
  { kind: 'selecting', label: 'kubernetes.io/service-name', left: ['other'] },
  { kind: 'selecting', label: 'endpointslice.kubernetes.io/managed-by', left: ['other'] },
  { kind: 'mirrored', label: 'kubernetes.io/service-name', left: [] },
  { kind: 'mirrored', label: 'endpointslice.kubernetes.io/managed-by', left: ['other'] },
])('makes no other slice when one of a $kind Service gets another $label', ({ kind, label, left }) => {
  const mirrored = service('ports: [{port: 80}]') + endpoints('{addresses: [{ip: 1.2.3.4}], ports: [{port: 80}]}');
  const cluster = settled(kind === 'mirrored' ? mirrored : service(selecting));
  patch(cluster, 'EndpointSlice', sliceOf(cluster).metadata.name, { labels: { [label]: 'other' } });
  const slices = cluster.view
    .list('EndpointSlice', 'default')
    .filter(({ metadata }) => metadata.generateName === 'web-');
  expect(slices.map(({ metadata }) => metadata.labels?.[label])).toEqual(left);
});

/** onEndpointSliceDelete of endpointslicemirroring_controller.go. */
it('mirrors again when its slice is deleted', () => {
  const cluster = settled(
    service('ports: [{port: 80}]') + endpoints('{addresses: [{ip: 1.2.3.4}], ports: [{port: 80}]}'),
  );
  const { name } = sliceOf(cluster).metadata;
  cluster.api.handle({ verb: 'delete', resource: resources.EndpointSlice, namespace: 'default', name });
  cluster.settle();
  expect(sliceOf(cluster).endpoints).toEqual([{ addresses: ['1.2.3.4'], conditions: { ready: true } }]);
});

/** RepackSubsets of pkg/api/v1/endpoints/util.go tells addresses by IP and uid, over all ports. */
it('takes what the first entry says of an address for all its ports', () => {
  const entries = ['first', 'second'].map((hostname, index) => ({
    address: { ip: '1.2.3.4', hostname },
    port: { port: 80 + index, protocol: 'TCP' as const },
    ready: true,
  }));
  expect(packSubsets(entries)).toEqual([
    {
      addresses: [{ ip: '1.2.3.4', hostname: 'first' }],
      ports: expect.arrayContaining(entries.map(({ port }) => port)),
    },
  ]);
});
