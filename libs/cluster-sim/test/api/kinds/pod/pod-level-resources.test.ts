import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { podDefinition } from '../../../../src/api/kinds/pod/pod-definition.ts';
import { decoded } from '../decoded.ts';

const container = (name: string, resources: JsonObject): JsonObject => ({ name, image: 'nginx', resources });

/** Expectations from defaultPodRequests and defaultHugePagePodLimits of pkg/apis/core/v1/defaults.go. */
describe('resources of a pod itself', () => {
  it.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['nothing', {}, { requests: { cpu: '1' } }, {}],
    [
      'requests only',
      { requests: { cpu: '2' } },
      { requests: { cpu: '1', memory: '1Gi' } },
      { requests: { cpu: '2' } },
    ],
    [
      'limits, with containers that request',
      { limits: { cpu: '2', memory: '1Gi' } },
      { requests: { cpu: '250m' } },
      { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } },
    ],
    [
      'limits of one resource, with containers that are limited in another',
      { limits: { cpu: '2' } },
      { limits: { memory: '512Mi' } },
      { limits: { cpu: '2' }, requests: { cpu: '2', memory: '1Gi' } },
    ],
    [
      'limits, with huge pages of its containers',
      { limits: { cpu: '1' } },
      { limits: { 'hugepages-2Mi': '4Mi' } },
      { limits: { cpu: '1', 'hugepages-2Mi': '8Mi' }, requests: { cpu: '1', 'hugepages-2Mi': '8Mi' } },
    ],
  ])('%s', (_what, own, ofContainers, expected) => {
    const spec = {
      ...(Object.keys(own).length > 0 ? { resources: own } : {}),
      containers: [container('a', ofContainers), container('b', ofContainers)],
    };
    const pod = decoded(podDefinition, { metadata: { name: 'p' }, spec });
    expect((pod.spec as { readonly resources?: unknown }).resources ?? {}).toEqual(expected);
  });
});
