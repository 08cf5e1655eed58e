import { apiVersionOf, isJsonObject, resources, type JsonObject, type Kind } from '@kubedrill/kube-model';
import type { Draw } from '../draw.ts';
import { labelValues, names } from '../words.ts';
import { endpoints, endpointSlice, ingress, ingressClass, networkPolicy, node, service } from './network-objects.ts';
import { controllerRevision, daemonSet, deployment, job, pod, replicaSet, statefulSet } from './workloads.ts';

/** How an object of each kind is made that a cluster would take. One without a maker is as good as empty, until mutations fill it. */
const makers: { readonly [K in Kind]?: (draw: Draw) => JsonObject } = {
  Namespace: (draw) => draw.maybe(40, () => ({ metadata: { labels: { app: draw.pick(labelValues) } } })),
  Node: node,
  Pod: pod,
  Service: service,
  Endpoints: endpoints,
  EndpointSlice: endpointSlice,
  ConfigMap: (draw) => ({
    data: { k: draw.pick(['v', 'two\nlines']) },
    ...draw.maybe(10, () => ({ immutable: true })),
  }),
  Secret: (draw) => ({
    stringData: { k: 'v' },
    ...draw.maybe(30, () => ({ data: { d: 'AAEC' }, type: 'example.com/t' })),
  }),
  ServiceAccount: (draw) => draw.maybe(30, () => ({ automountServiceAccountToken: false, secrets: [{ name: 'a' }] })),
  Deployment: deployment,
  ReplicaSet: replicaSet,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  ControllerRevision: controllerRevision,
  Job: job,
  CronJob: (draw) => ({ spec: { schedule: draw.pick(['*/5 * * * *', '@hourly']), jobTemplate: job(draw) } }),
  NetworkPolicy: networkPolicy,
  Ingress: ingress,
  Event: event,
  IngressClass: ingressClass,
  ServiceCIDR: (draw) => ({ spec: { cidrs: [draw.pick(['10.200.0.0/28', '10.96.0.0/24'])] } }),
  IPAddress: (draw) => ({
    metadata: { name: draw.pick(['10.96.0.77', '192.0.2.1']) },
    spec: { parentRef: { resource: 'services', namespace: 'default', name: draw.pick(names) } },
  }),
};

const emptyObject: JsonObject = {};

function event(draw: Draw): JsonObject {
  return {
    involvedObject: { apiVersion: 'v1', kind: 'Pod', name: draw.pick(names), namespace: 'default' },
    reason: 'Tested',
    message: 'a test',
    type: draw.pick(['Normal', 'Warning']),
    source: { component: 'soak' },
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:00Z',
    count: draw.between(1, 3),
  };
}

export const namespaces = ['default', 'team'] as const;

export function soundObject(draw: Draw, kind: Kind, name: string = draw.pick(names)): JsonObject {
  const info = resources[kind];
  const { metadata, ...rest } = makers[kind]?.(draw) ?? emptyObject;
  return {
    apiVersion: apiVersionOf(info),
    kind,
    metadata: {
      name,
      ...(info.namespaced ? { namespace: draw.percent(85) ? 'default' : draw.pick(namespaces) } : {}),
      ...(isJsonObject(metadata) ? metadata : {}),
      ...draw.maybe(5, () => ({ finalizers: ['example.com/hold'] })),
      ...draw.maybe(5, () => ({ annotations: { 'example.com/a': 'b' } })),
    },
    ...rest,
  };
}
