import { describe, expect, it } from '@jest/globals';
import { resources, type Json } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { clusterWith } from '../cluster-fixture.ts';

const configMap = (name: string): string => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}}`;

class Objects {
  readonly cluster: Cluster;

  constructor(...names: readonly string[]) {
    this.cluster = clusterWith(names.map(configMap).join('\n---\n'));
  }

  own(name: string, owners: readonly string[], more: Readonly<Record<string, string>> = {}): void {
    const ownerReferences: Json = owners.map((owner) => {
      const uid = this.cluster.view.get('ConfigMap', 'default', owner)?.metadata.uid ?? 'none';
      return { apiVersion: 'v1', kind: 'ConfigMap', name: owner, uid, blockOwnerDeletion: true, ...more };
    });
    this.patch(name, { metadata: { ownerReferences } });
  }

  patch(name: string, body: Json): void {
    this.cluster.api.handle({ verb: 'patch', ...this.target(name), patchType: 'merge', body });
    this.cluster.settle();
  }

  delete(name: string): void {
    this.cluster.api.handle({ verb: 'delete', ...this.target(name), propagation: 'Foreground' });
    this.cluster.settle();
  }

  get left(): readonly string[] {
    const names = this.cluster.view.list('ConfigMap', 'default').map(({ metadata }) => metadata.name);
    return names.filter((name) => name !== 'kube-root-ca.crt').sort();
  }

  private target(name: string) {
    return { resource: resources.ConfigMap, namespace: 'default', name } as const;
  }
}

/** pkg/controller/garbagecollector: attemptToDeleteItem, isDangling, addUnblockedOwnersToDeleteQueue. */
describe('a deletion in the foreground', () => {
  it('waits for dependents that block', () => {
    const objects = new Objects('owner', 'held');
    objects.own('held', ['owner']);
    objects.patch('held', { metadata: { finalizers: ['a.b/c'] } });
    objects.delete('owner');
    expect(objects.left).toEqual(['held', 'owner']);
    objects.patch('held', { metadata: { finalizers: null } });
    expect(objects.left).toEqual([]);
  });

  it('does not wait for what belongs to it no longer', () => {
    const objects = new Objects('owner', 'held');
    objects.own('held', ['owner']);
    objects.patch('held', { metadata: { finalizers: ['a.b/c'] } });
    objects.delete('owner');
    objects.own('held', []);
    expect(objects.left).toEqual(['held']);
  });

  it('ends where owners and dependents go round in a circle', () => {
    const objects = new Objects('a', 'b');
    objects.own('a', ['b']);
    objects.own('b', ['a']);
    objects.delete('a');
    expect(objects.left).toEqual([]);
  });
});

it.each([
  ['absent', { uid: 'other' }, []],
  ['of no known kind', { kind: 'Nothing' }, ['a']],
  ['of a version that is not served', { apiVersion: 'v7' }, ['a']],
])('what has an owner that is %s', (_what, reference, left) => {
  const objects = new Objects('a');
  objects.own('a', ['x'], reference);
  expect(objects.left).toEqual(left);
});
