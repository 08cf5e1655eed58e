import { describe, expect, it } from '@jest/globals';
import { resources, type Namespace } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { clusterWith } from '../cluster-fixture.ts';

const doomed = '{apiVersion: v1, kind: Namespace, metadata: {name: doomed}}';
const held = (kind: string, name: string, more = ''): string =>
  `{apiVersion: v1, kind: ${kind}, metadata: {name: ${name}, namespace: doomed, finalizers: [a.b/hold]}${more}}`;

function deleted(...manifests: readonly string[]): Cluster {
  const cluster = clusterWith([doomed, ...manifests].join('\n---\n'), {
    nodes: [{ name: 'node-1', address: '192.168.49.2' }],
  });
  cluster.settle();
  cluster.api.handle({ verb: 'delete', resource: resources.Namespace, namespace: '', name: 'doomed' });
  cluster.settle();
  return cluster;
}

function conditionsOf(namespace: Namespace | undefined): readonly string[] | undefined {
  return namespace?.status.conditions?.map(
    ({ type, status, reason, message }) => `${type} ${status} ${reason ?? ''} ${message ?? ''}`,
  );
}

const unhindered = [
  'NamespaceDeletionDiscoveryFailure False ResourcesDiscovered All resources successfully discovered',
  'NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions All legacy kube types successfully parsed',
  'NamespaceDeletionContentFailure False ContentDeleted All content successfully deleted, may be waiting on finalization',
];

/** pkg/controller/namespace/deletion. */
describe('a Namespace that is being deleted', () => {
  it('goes when nothing holds its contents', () => {
    expect(
      deleted('{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: doomed}}').view.get(
        'Namespace',
        '',
        'doomed',
      ),
    ).toBeUndefined();
  });

  it('is left alone for five seconds', () => {
    const service =
      '{apiVersion: v1, kind: Service, metadata: {name: a, namespace: doomed}, spec: {ports: [{port: 80}]}}';
    const cluster = clusterWith([doomed, service].join('\n---\n'));
    cluster.settle();
    cluster.api.handle({ verb: 'delete', resource: resources.Namespace, namespace: '', name: 'doomed' });
    cluster.advance(4000);
    expect(cluster.view.get('Service', 'doomed', 'a')).toBeDefined();
    expect(cluster.view.get('Namespace', '', 'doomed')?.status.phase).toBe('Terminating');
    cluster.advance(1000);
    expect(cluster.view.get('Service', 'doomed', 'a')).toBeUndefined();
    expect(cluster.view.get('Namespace', '', 'doomed')).toBeUndefined();
  });

  it('says what remains', () => {
    const cluster = deleted(held('ConfigMap', 'a'), held('ConfigMap', 'b'), held('Secret', 's'));
    const namespace = cluster.view.get('Namespace', '', 'doomed');
    expect(namespace?.status.phase).toBe('Terminating');
    expect(conditionsOf(namespace)).toEqual([
      ...unhindered,
      'NamespaceContentRemaining True SomeResourcesRemain Some resources are remaining: configmaps. has 2 resource instances, secrets. has 1 resource instances',
      'NamespaceFinalizersRemaining True SomeFinalizersRemain Some content in the namespace has finalizers remaining: a.b/hold in 3 resource instances',
    ]);
  });

  it('keeps all else while Pods are left, and does not say so', () => {
    const pod = held('Pod', 'p', ', spec: {containers: [{name: c, image: nginx}]}');
    const cluster = deleted(pod, '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: doomed}}');
    expect(cluster.view.get('ConfigMap', 'doomed', 'a')?.metadata.deletionTimestamp).toBeUndefined();
    expect(conditionsOf(cluster.view.get('Namespace', '', 'doomed'))).toEqual([
      ...unhindered,
      'NamespaceContentRemaining False ContentRemoved All content successfully removed',
      'NamespaceFinalizersRemaining False ContentHasNoFinalizers All content-preserving finalizers finished',
    ]);
  });

  it('says that it failed to delete what nothing but a dead node holds, once its grace is over', () => {
    const pod =
      '{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: doomed}, spec: {containers: [{name: c, image: nginx}]}}';
    const cluster = clusterWith([doomed, pod].join('\n---\n'), {
      nodes: [{ name: 'node-1', address: '192.168.49.2' }],
    });
    cluster.settle();
    cluster.powerOff('node-1');
    cluster.api.handle({ verb: 'delete', resource: resources.Namespace, namespace: '', name: 'doomed' });
    const contentFailure = (): string | undefined =>
      conditionsOf(cluster.view.get('Namespace', '', 'doomed'))?.find((text) => text.includes('ContentFailure'));
    cluster.advance(20_000);
    expect(contentFailure()).toBe(unhindered[2]);
    cluster.advance(60_000);
    expect(contentFailure()).toBe(
      'NamespaceDeletionContentFailure True ContentDeletionFailed Failed to delete all resource types, 1 remaining: unexpected items still remain in namespace: doomed for gvr: /v1, Resource=pods',
    );
  });
});

/** pkg/controller/certificates/rootcacertpublisher. */
it('the certificates of a Namespace cannot be written over', () => {
  const cluster = clusterWith(doomed);
  cluster.settle();
  const target = { resource: resources.ConfigMap, namespace: 'doomed', name: 'kube-root-ca.crt' };
  const before = cluster.view.get('ConfigMap', 'doomed', 'kube-root-ca.crt');
  const body = { metadata: { annotations: null, labels: { a: 'b' } }, data: { 'ca.crt': 'mine', more: 'x' } };
  cluster.api.handle({ verb: 'patch', ...target, patchType: 'merge', body });
  cluster.settle();
  const after = cluster.view.get('ConfigMap', 'doomed', 'kube-root-ca.crt');
  expect(after?.data).toEqual(before?.data);
  expect(after?.metadata).toMatchObject({ annotations: before?.metadata.annotations, labels: { a: 'b' } });
});
