import { describe, expect, it } from '@jest/globals';
import { apiVersionOf, kinds, resources } from '@kubedrill/kube-model';
import { discoveryAnswer } from '../src/discovery.ts';

function document(path: string, accept = 'application/json'): object | undefined {
  return discoveryAnswer(path, accept, '192.168.49.2:6443')?.body as object | undefined;
}

describe('discovery', () => {
  // As recorded from a real v1.36 server: kubectl get --raw.
  it('says where the server is', () => {
    expect(document('/api')).toEqual({
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '192.168.49.2:6443' }],
    });
  });

  it('describes a group', () => {
    const version = { groupVersion: 'discovery.k8s.io/v1', version: 'v1' };
    expect(document('/apis/discovery.k8s.io')).toEqual({
      kind: 'APIGroup',
      apiVersion: 'v1',
      name: 'discovery.k8s.io',
      versions: [version],
      preferredVersion: version,
    });
  });

  it.each(kinds.map((kind) => resources[kind]))('lists $plural as the cluster knows them', (resource) => {
    const version = apiVersionOf(resource);
    const list = document(resource.group === '' ? `/api/${version}` : `/apis/${version}`);
    const { kind, namespaced, shortNames, singular } = resource;
    const known = expect.objectContaining({
      name: resource.plural,
      kind,
      namespaced,
      singularName: singular,
      ...(shortNames.length > 0 ? { shortNames } : {}),
    });
    expect(list).toMatchObject({ resources: expect.arrayContaining([known]) });
  });

  it.each(['v2', 'v2beta1'])('aggregates in version %s', (version) => {
    const accept = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList,application/json`;
    expect(document('/api', accept)).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: `apidiscovery.k8s.io/${version}`,
      items: [{ versions: [{ version: 'v1' }] }],
    });
  });

  it('has nothing to say of other paths', () => {
    expect(document('/apis/apps/v2')).toBeUndefined();
    expect(document('/version')).toBeUndefined();
  });
});
