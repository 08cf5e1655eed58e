import { describe, expect, it } from '@jest/globals';
import { resources, type JsonObject } from '@kubedrill/kube-model';
import type { Cluster } from '../../../../src/index.ts';
import { clusterWith, podManifest, podOf } from '../../../cluster-fixture.ts';

const small = 'resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 200m}}';

function running(container = small): Cluster {
  const cluster = clusterWith(podManifest('p', `containers: [{name: c, image: "nginx:1.25", ${container}}]`));
  cluster.settle();
  return cluster;
}

function resize(cluster: Cluster, container: JsonObject): readonly string[] {
  const response = cluster.api.handle({
    ...{ verb: 'patch', patchType: 'strategic', subresource: 'resize', resource: resources.Pod },
    ...{ namespace: 'default', name: 'p', body: { spec: { containers: [{ name: 'c', ...container }] } } },
  });
  cluster.settle();
  if (response.ok) return [];
  const causes = response.status.details?.causes ?? [];
  return causes.map(({ field = '', message = '' }) => `${field}: ${message}`);
}

/** ValidatePodResize of pkg/apis/core/validation/validation.go. */
describe('pods/resize', () => {
  it('gives a running container more, as its status says', () => {
    const cluster = running();
    expect(resize(cluster, { resources: { requests: { cpu: '150m' } } })).toEqual([]);
    const { metadata, spec, status } = podOf(cluster, 'p');
    const requests = { cpu: '150m', memory: '64Mi' };
    expect(spec.containers[0]?.resources).toEqual({ requests, limits: { cpu: '200m' } });
    expect(status.containerStatuses?.[0]).toMatchObject({
      ...{ allocatedResources: requests, resources: { requests, limits: { cpu: '200m' } }, restartCount: 0 },
    });
    expect([metadata.generation, status.observedGeneration]).toEqual([2, 2]);
  });

  it('changes nothing else', () => {
    const cluster = running();
    expect(resize(cluster, { image: 'nginx:1.26' })).toEqual([]);
    expect(podOf(cluster, 'p').spec.containers[0]?.image).toBe('nginx:1.25');
  });

  it.each<[string, string, JsonObject, readonly string[]]>([
    [
      'what makes another class of it',
      small,
      { resources: { requests: { cpu: '200m', memory: '64Mi' }, limits: { cpu: '200m', memory: '64Mi' } } },
      ['spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing'],
    ],
    [
      'what takes something away',
      small,
      { resources: { requests: { memory: null }, limits: { cpu: null } } },
      [
        'spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed',
        'spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed',
      ],
    ],
    [
      'other resources than those for computing',
      small,
      { resources: { requests: { 'ephemeral-storage': '1Gi' } } },
      ['spec: Forbidden: only cpu and memory resources are mutable'],
    ],
  ])('refuses %s', (_, container, change, expected) => {
    expect(resize(running(container), change)).toEqual(expected);
  });
});
