import type { JsonObject, KubeObject, LabelSelector, PodSpec, StringMap } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, sendCreated } from '../created-object.ts';
import type { Fault } from '../fault.ts';
import { fault, faultText } from '../fault.ts';
import type { Flags } from '../flags.ts';
import type { KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { parseLabelSpec } from '../label-spec.ts';
import { filenameFlags } from '../manifest-files.ts';
import { overridden } from '../overrides.ts';
import { recordFlag } from '../record-flag.ts';
import type { VisitedObject } from '../resource-visit.ts';
import { findVisits, visitAll } from '../resource-visit.ts';

const text = { value: 'required' } as const;

/** kubectl/pkg/cmd/expose/expose.go. */
export const expose: KubectlCommand = {
  name: 'expose',
  flags: {
    ...creationFlags,
    ...filenameFlags,
    ...recordFlag,
    'cluster-ip': text,
    'external-ip': text,
    labels: { short: 'l', value: 'required' },
    'load-balancer-ip': text,
    name: text,
    'override-type': text,
    overrides: text,
    port: text,
    protocol: text,
    selector: text,
    'session-affinity': text,
    'target-port': text,
    type: text,
  },
  run(invocation) {
    const visits = findVisits(invocation, {});
    // What the first object leaves open holds for the others, too.
    let settled: Exposed | undefined;
    const problem = visitAll(invocation, visits, {}, (target) => {
      const exposed = settled ?? exposedOf(target, invocation.flags);
      if ('kind' in exposed) return exposed;
      settled = exposed;
      const protocols = protocolsOf(target);
      const service = serviceFor(target.name, { ...exposed, protocols }, invocation.flags);
      sendCreated(invocation, resources.Service, overridden(invocation, resources.Service, service), {
        done: 'exposed',
        fieldManager: 'kubectl-expose',
      });
      return undefined;
    });
    if (problem) invocation.console.fail(faultText(problem));
  },
};

/** What kubectl reads off the exposed object, where no flag says it. */
interface Exposed {
  readonly selector: StringMap;
  readonly ports: readonly string[];
  readonly labels: StringMap | undefined;
}

type Protocols = ReadonlyMap<string, readonly string[]>;

function exposedOf(target: VisitedObject, flags: Flags): Exposed | Fault {
  const { resource } = target;
  if (!exposable.includes(resource.kind))
    return fault(`cannot expose a ${resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`}`);
  const object = target.object as unknown as KubeObject;
  const selector = flags.text('selector') === '' ? selectorOf(object) : parseLabelSpec(flags.text('selector'));
  if (typeof selector === 'string')
    return fault(`couldn't retrieve selectors via --selector flag or introspection: ${selector}`);
  const ports = flags.text('port') === '' ? [...protocolsOf(target).keys()] : flags.text('port').split(',');
  if (ports.length === 0 && flags.text('cluster-ip') !== 'None')
    return fault("couldn't find port via --port flag or introspection");
  if (Object.keys(selector).length === 0) return fault('selector must be specified');
  const labels = flags.text('labels') === '' ? object.metadata.labels : parseLabelSpec(flags.text('labels'));
  return { selector, ports, labels };
}

const exposable: readonly string[] = ['Service', 'Pod', 'Deployment', 'ReplicaSet', 'ReplicationController'];

/** polymorphichelpers/mapbasedselectorforobject.go: the selector, or why there is none. */
function selectorOf(object: KubeObject): StringMap | string {
  switch (object.kind) {
    case 'Deployment':
      return mapBased(object.spec.selector, 'deployment');
    case 'ReplicaSet':
      return mapBased(object.spec.selector, 'replicaset');
    case 'ReplicationController':
      return object.spec.selector;
    case 'Pod':
      return nonEmpty(object.metadata.labels) ?? 'the pod has no labels and cannot be exposed';
    case 'Service':
      return object.spec.selector ?? 'the service has no pod selector set';
    default:
      return `cannot extract pod selector from ${object.kind}`;
  }
}

function mapBased(selector: LabelSelector | undefined, kind: string): StringMap | string {
  const { matchLabels, matchExpressions = [] } = selector ?? {};
  const labels = nonEmpty(matchLabels);
  if (!labels) return `invalid ${kind}: no selectors, therefore cannot be exposed`;
  if (matchExpressions.length === 0) return labels;
  const shown = matchExpressions.map(
    ({ key, operator, values = [] }) => `{Key:${key} Operator:${operator} Values:[${values.join(' ')}]}`,
  );
  return `couldn't convert expressions - "[${shown.join(' ')}]" to map-based selector format`;
}

function nonEmpty(labels: StringMap | undefined): StringMap | undefined {
  return labels && Object.keys(labels).length > 0 ? labels : undefined;
}

/** By port, in their order: portsforobject.go, multiprotocolsforobject.go. */
function protocolsOf({ object }: VisitedObject): Protocols {
  const protocols = new Map<string, string[]>();
  for (const { port, protocol } of portsOf(object as unknown as KubeObject)) {
    const known = protocols.get(String(port)) ?? [];
    protocols.set(String(port), known);
    if (!known.includes(protocol)) known.push(protocol);
  }
  return protocols;
}

interface ExposedPort {
  readonly port: number;
  readonly protocol: string;
}

function portsOf(object: KubeObject): readonly ExposedPort[] {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
      return containerPorts(object.spec.template.spec);
    case 'Pod':
      return containerPorts(object.spec);
    case 'Service':
      return (object.spec.ports ?? []).map((port) => ({ port: port.port, protocol: protocolOf(port) }));
    default:
      return [];
  }
}

function containerPorts({ containers }: PodSpec): readonly ExposedPort[] {
  return containers.flatMap(({ ports = [] }) =>
    ports.map((port) => ({ port: port.containerPort, protocol: protocolOf(port) })),
  );
}

/** A manifest may leave it open. */
function protocolOf({ protocol }: { readonly protocol?: string }): string {
  return protocol ?? 'TCP';
}

const longestName = 63;

function serviceFor(
  exposedName: string,
  { selector, ports, labels, protocols }: Exposed & { readonly protocols: Protocols },
  flags: Flags,
): JsonObject {
  const name = flags.text('name') === '' ? exposedName.slice(0, longestName) : flags.text('name');
  const affinity = flags.text('session-affinity');
  const servicePorts = ports.flatMap((port, index) => servicePortsOf(port, index, ports.length, protocols, flags));
  if (!['', 'None', 'ClientIP'].includes(affinity))
    throw new CommandError(`error: unknown session affinity: ${affinity}`);
  return {
    metadata: { name, ...(labels && nonEmpty(labels) ? { labels } : {}) },
    spec: {
      ...(servicePorts.length > 0 ? { ports: servicePorts } : {}),
      selector,
      ...optional('type', flags.text('type')),
      ...optional('sessionAffinity', affinity),
      ...optional('clusterIP', flags.text('cluster-ip')),
      ...(flags.text('external-ip') === '' ? {} : { externalIPs: [flags.text('external-ip')] }),
      ...optional('loadBalancerIP', flags.text('type') === 'LoadBalancer' ? flags.text('load-balancer-ip') : ''),
    },
    status: { loadBalancer: {} },
  };
}

function optional(field: string, value: string): JsonObject {
  return value === '' ? {} : { [field]: value };
}

/** createService: a port that is used with several protocols becomes as many, unless --protocol says which one. */
function servicePortsOf(
  portText: string,
  index: number,
  total: number,
  known: Protocols,
  flags: Flags,
): readonly JsonObject[] {
  const port = Number(portText);
  if (!/^[-+]?\d+$/.test(portText))
    throw new CommandError(`error: strconv.Atoi: parsing ${JSON.stringify(portText)}: invalid syntax`);
  const asked = flags.text('protocol');
  const protocols = asked === '' ? (known.get(portText) ?? ['TCP']) : [asked];
  const target = flags.text('target-port');
  return protocols.map((protocol) => ({
    ...(protocols.length > 1
      ? { name: `port-${index + 1}-${protocol.toLowerCase()}` }
      : total > 1
        ? { name: `port-${index + 1}` }
        : {}),
    port,
    protocol,
    targetPort: target === '' ? port : numberOrText(target),
  }));
}

/** intstr.Parse. */
function numberOrText(value: string): number | string {
  return /^[-+]?\d+$/.test(value) ? Number(value) : value;
}
