import { describe, expect, it } from '@jest/globals';
import { resources, type Json } from '@kubedrill/kube-model';
import type { ApiResponse, Cluster } from '../../../src/index.ts';
import { clusterWith, deploymentManifest } from '../../cluster-fixture.ts';

type CreatedKind = 'Pod' | 'Service' | 'PriorityClass' | 'PodDisruptionBudget' | 'LimitRange' | 'ResourceQuota';

function create(cluster: Cluster, kind: CreatedKind, body: Json): ApiResponse {
  const resource = resources[kind];
  const namespace = resource.namespaced ? 'default' : '';
  return cluster.api.handle({ verb: 'create', resource, namespace, body });
}

const pod = (name: string, more: string = ''): Json =>
  JSON.parse(`{"metadata":{"name":"${name}"},"spec":{"containers":[{"name":"c","image":"nginx"${more}}]}}`) as Json;

const ranges = `
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec: {limits: [{type: Container, min: {cpu: 100m}, max: {cpu: "1"}, maxLimitRequestRatio: {cpu: "4"}}]}
`;

const quotas = `
apiVersion: v1
kind: ResourceQuota
metadata: {name: few}
spec: {hard: {pods: "1", requests.cpu: 500m, services.nodeports: "1", count/services: "5"}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: modest}
spec: {hard: {pods: "0"}, scopes: [BestEffort]}
`;

it.each<[string, string, CreatedKind, Json, string]>([
  [
    'a quota that a Pod exceeds',
    quotas,
    'Pod',
    pod('web', ',"resources":{"requests":{"cpu":"600m"}}'),
    'pods "web" is forbidden: exceeded quota: few, requested: requests.cpu=600m, used: requests.cpu=0, limited: requests.cpu=500m',
  ],
  [
    'a Pod that does not say what is counted',
    quotas,
    'Pod',
    pod('web'),
    'pods "web" is forbidden: failed quota: few: must specify requests.cpu for: c',
  ],
  [
    'node ports',
    quotas,
    'Service',
    {
      metadata: { name: 'web' },
      spec: {
        type: 'NodePort',
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 81 },
        ],
      },
    },
    'services "web" is forbidden: exceeded quota: few, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1',
  ],
  [
    'a limit above the maximum',
    ranges,
    'Pod',
    pod('web', ',"resources":{"limits":{"cpu":"2"},"requests":{"cpu":"1"}}'),
    'pods "web" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
  ],
  [
    'several bounds at once',
    ranges,
    'Pod',
    pod('web', ',"resources":{"limits":{"cpu":"1"},"requests":{"cpu":"50m"}}'),
    'pods "web" is forbidden: [minimum cpu usage per Container is 100m, but request is 50m, cpu max limit to request ratio per Container is 4, but provided ratio is 20.000000]',
  ],
  [
    'a minimum above the maximum',
    '',
    'LimitRange',
    { metadata: { name: 'x' }, spec: { limits: [{ type: 'Pod', min: { cpu: '2' }, max: { cpu: '1' } }] } },
    'LimitRange "x" is invalid: spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1',
  ],
  [
    'a quota for what is no resource',
    '',
    'ResourceQuota',
    { metadata: { name: 'x' }, spec: { hard: { storage: '1', services: '1500m' } } },
    'ResourceQuota "x" is invalid: [spec.hard[services]: Invalid value: "1500m": must be an integer, spec.hard[storage]: Invalid value: "storage": must be a standard resource for quota]',
  ],
  [
    'a priority that is the system’s',
    '',
    'PriorityClass',
    { metadata: { name: 'high' }, value: 1_000_000_001 },
    'PriorityClass.scheduling.k8s.io "high" is invalid: value: Forbidden: maximum allowed value of a user defined priority is 1000000000',
  ],
  [
    'a budget of two kinds',
    '',
    'PodDisruptionBudget',
    { metadata: { name: 'x' }, spec: { minAvailable: 1, maxUnavailable: '120%' } },
    'PodDisruptionBudget.policy "x" is invalid: [spec: Invalid value: {"MinAvailable":1,"Selector":null,"MaxUnavailable":"120%","UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set, spec.maxUnavailable: Invalid value: "120%": must not be greater than 100%]',
  ],
])('refuses %s', (_what, manifests, kind, body, message) => {
  const cluster = clusterWith(manifests);
  cluster.settle();
  expect(create(cluster, kind, body)).toMatchObject({ ok: false, status: { message } });
});

describe('a quota', () => {
  it('is charged at once and freed again', () => {
    const cluster = clusterWith(quotas);
    cluster.settle();
    const sized = ',"resources":{"requests":{"cpu":"250m"}}';
    expect(create(cluster, 'Pod', pod('web', sized))).toMatchObject({ ok: true });
    const used = (): unknown => cluster.view.get('ResourceQuota', 'default', 'few')?.status.used;
    expect(used()).toMatchObject({ pods: '1', 'requests.cpu': '250m' });
    cluster.settle();
    cluster.api.handle({ verb: 'delete', resource: resources.Pod, namespace: 'default', name: 'web' });
    cluster.settle();
    expect(used()).toMatchObject({ pods: '0', 'requests.cpu': '0' });
  });
});

describe('a disruption budget', () => {
  it('refuses the eviction that it has no room for', () => {
    const budget = `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
`;
    const cluster = clusterWith(`${deploymentManifest({ replicas: 2 })}${budget}`);
    cluster.settle();
    expect(cluster.view.get('PodDisruptionBudget', 'default', 'web')?.status).toMatchObject({
      disruptionsAllowed: 1,
      currentHealthy: 2,
      desiredHealthy: 1,
      expectedPods: 2,
      conditions: [{ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods' }],
    });
    const [first, second] = cluster.view.list('Pod', 'default').map(({ metadata }) => metadata.name);
    const evict = (name = ''): ApiResponse =>
      cluster.api.handle({
        verb: 'create',
        resource: resources.Pod,
        namespace: 'default',
        name,
        subresource: 'eviction',
        body: { metadata: { name } },
      });
    expect(evict(first)).toMatchObject({ ok: true });
    expect(evict(second)).toMatchObject({
      status: {
        code: 429,
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget web does not allow evicting pods currently',
            },
          ],
        },
      },
    });
  });
});
