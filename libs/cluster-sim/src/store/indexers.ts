import { kinds, type Kind, type KubeObject } from '@kubedrill/kube-model';
import type { IndexName } from './object-view.ts';

export interface Indexer {
  /** The values that the object is listed under. */
  readonly valuesOf: (object: KubeObject) => readonly string[];
  /** What they follow from: while it is the same, so are they. */
  readonly sourceOf: (object: KubeObject) => unknown;
}

const nothing: readonly string[] = [];

function owner(object: KubeObject): readonly string[] {
  return object.metadata.ownerReferences?.map((reference) => reference.uid) ?? nothing;
}

function node(object: KubeObject): readonly string[] {
  return object.kind === 'Pod' && object.spec.nodeName ? [object.spec.nodeName] : nothing;
}

function service(object: KubeObject): readonly string[] {
  const name = object.metadata.labels?.['kubernetes.io/service-name'];
  return name ? [`${object.metadata.namespace ?? ''}/${name}`] : nothing;
}

function ip(object: KubeObject): readonly string[] {
  if (object.kind === 'Pod') return object.status.podIPs?.map((entry) => entry.ip) ?? nothing;
  if (object.kind === 'Service') return object.spec.clusterIPs?.filter((address) => address !== 'None') ?? nothing;
  return nothing;
}

function nodePort(object: KubeObject): readonly string[] {
  if (object.kind !== 'Service' || (object.spec.type !== 'NodePort' && object.spec.type !== 'LoadBalancer'))
    return nothing;
  const ports = (object.spec.ports ?? []).flatMap((port) => (port.nodePort ? [String(port.nodePort)] : []));
  if (object.spec.healthCheckNodePort) ports.push(String(object.spec.healthCheckNodePort));
  return [...new Set(ports)];
}

function hostPort(object: KubeObject): readonly string[] {
  if (object.kind !== 'Pod' || object.spec.hostNetwork) return nothing;
  let values: string[] | undefined;
  for (const { ports } of object.spec.containers) {
    for (const port of ports ?? [])
      if (port.hostPort) (values ??= []).push(`${port.protocol ?? 'TCP'} ${port.hostPort}`);
  }
  return values ? [...new Set(values)] : nothing;
}

function label(object: KubeObject): readonly string[] {
  const labels = object.metadata.labels;
  if (!labels) return nothing;
  const namespace = object.metadata.namespace ?? '';
  return Object.keys(labels).map((key) => `${namespace}/${key}=${labels[key] ?? ''}`);
}

function orphan(object: KubeObject): readonly string[] {
  const { namespace = '', ownerReferences } = object.metadata;
  return ownerReferences?.some(({ controller }) => controller === true) ? nothing : [namespace];
}

/** The last pair in alphabetical order: "tier=web" tells Services apart better than "app=shop". */
function selector(object: KubeObject): readonly string[] {
  if (object.kind !== 'Service' || !object.spec.selector) return nothing;
  const key = Object.keys(object.spec.selector).sort().at(-1);
  return key === undefined ? nothing : [`${object.metadata.namespace ?? ''}/${key}=${object.spec.selector[key] ?? ''}`];
}

type Indexers = { readonly [I in IndexName]?: Indexer };

const byLabels = (valuesOf: Indexer['valuesOf']): Indexer => ({
  valuesOf,
  sourceOf: ({ metadata }) => metadata.labels,
});
const byOwners = (valuesOf: Indexer['valuesOf']): Indexer => ({
  valuesOf,
  sourceOf: ({ metadata }) => metadata.ownerReferences,
});
const bySpec = (valuesOf: Indexer['valuesOf']): Indexer => ({ valuesOf, sourceOf: specOf });

function specOf(object: KubeObject): unknown {
  return 'spec' in object ? object.spec : undefined;
}

const indexersOfKind: { readonly [K in Kind]?: Indexers } = {
  Pod: {
    node: bySpec(node),
    hostPort: bySpec(hostPort),
    ip: { valuesOf: ip, sourceOf: (pod) => pod.kind === 'Pod' && pod.status.podIPs },
    label: byLabels(label),
    orphan: byOwners(orphan),
  },
  ReplicaSet: { orphan: byOwners(orphan) },
  ControllerRevision: { orphan: byOwners(orphan) },
  EndpointSlice: { service: byLabels(service) },
  Service: { ip: bySpec(ip), nodePort: bySpec(nodePort), selector: bySpec(selector) },
};

/** Which indexes each kind keeps: its own, and that of owners, which the garbage collector asks of all. */
export const indexers: ReadonlyMap<Kind, Indexers> = new Map(
  kinds.map((kind) => [kind, { owner: byOwners(owner), ...indexersOfKind[kind] }]),
);
