import type { JsonObject, LabelSelector, PodSpec, ServicePort, StringMap } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, sendCreated } from '../created-object.ts';
import type { FoundObject } from '../found-objects.ts';
import { findObjects } from '../found-objects.ts';
import { Flags } from '../flags.ts';
import type { KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { readResourceArguments } from '../resource-arguments.ts';

/** kubectl/pkg/cmd/expose/expose.go. */
export const expose: KubectlCommand = {
  name: 'expose',
  flags: {
    ...creationFlags,
    ...Object.fromEntries(
      ['port', 'target-port', 'protocol', 'type', 'name', 'cluster-ip', 'external-ip', 'load-balancer-ip'].map(
        (name) => [name, { value: 'required' } as const],
      ),
    ),
    'session-affinity': { value: 'required' },
    selector: { value: 'required' },
    labels: { short: 'l', value: 'required' },
  },
  run(invocation) {
    for (const found of findObjects({ ...invocation, flags: noFlags }, readResourceArguments(invocation.operands)))
      sendCreated(invocation, resources.Service, serviceFor(found, invocation.flags), {
        done: 'exposed',
        fieldManager: 'kubectl-expose',
      });
  },
};

/** --selector is the new Service's here, and selects nothing among what is exposed. */
const noFlags = new Flags(new Map());

interface ExposedPort {
  readonly port: number;
  readonly protocol: string;
}

/** What kubectl reads off the exposed object. */
interface Exposed {
  readonly selector: StringMap;
  readonly ports: readonly ExposedPort[];
}

const longestName = 63;

function serviceFor(found: FoundObject, flags: Flags): JsonObject {
  const { selector, ports } = exposedOf(found, flags);
  const chosen = flags.has('port') ? flags.text('port').split(',') : ports.map(({ port }) => String(port));
  if (chosen.length === 0 && flags.text('cluster-ip') !== 'None')
    throw new CommandError("error: couldn't find port via --port flag or introspection");
  const labels = flags.has('labels') ? labelsOf(flags.text('labels')) : found.object.metadata.labels;
  const name = flags.has('name') ? flags.text('name') : found.object.metadata.name.slice(0, longestName);
  const affinity = flags.text('session-affinity');
  if (!['', 'None', 'ClientIP'].includes(affinity))
    throw new CommandError(`error: unknown session affinity: ${affinity}`);
  return {
    metadata: { name, ...(labels ? { labels } : {}) },
    spec: {
      ports: chosen.flatMap((port, index) => servicePorts(port, index, chosen.length, ports, flags)),
      selector,
      ...optional('type', flags.text('type')),
      ...optional('sessionAffinity', affinity),
      ...optional('clusterIP', flags.text('cluster-ip')),
      ...(flags.has('external-ip') ? { externalIPs: [flags.text('external-ip')] } : {}),
      ...optional('loadBalancerIP', flags.text('type') === 'LoadBalancer' ? flags.text('load-balancer-ip') : ''),
    },
    status: { loadBalancer: {} },
  };
}

function optional(field: string, value: string): JsonObject {
  return value === '' ? {} : { [field]: value };
}

/** createService: a port that is used with several protocols becomes as many, unless --protocol says which one. */
function servicePorts(
  text: string,
  index: number,
  total: number,
  exposed: readonly ExposedPort[],
  flags: Flags,
): readonly JsonObject[] {
  const port = Number(text);
  if (!/^[-+]?\d+$/.test(text))
    throw new CommandError(`error: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  const asked = flags.text('protocol');
  const found = [...new Set(exposed.filter((one) => one.port === port).map(({ protocol }) => protocol))];
  const protocols = asked === '' ? (found.length > 0 ? found : ['TCP']) : [asked];
  return protocols.map((protocol) => ({
    ...(protocols.length > 1
      ? { name: `port-${index + 1}-${protocol.toLowerCase()}` }
      : total > 1
        ? { name: `port-${index + 1}` }
        : {}),
    port,
    protocol,
    targetPort: targetPort(flags.text('target-port')) ?? port,
  }));
}

/** intstr.Parse. */
function targetPort(text: string): number | string | undefined {
  if (text === '') return undefined;
  return /^[-+]?\d+$/.test(text) ? Number(text) : text;
}

function exposedOf(found: FoundObject, flags: Flags): Exposed {
  const selector = flags.has('selector') ? labelsOf(flags.text('selector')) : selectorOf(found);
  return { selector, ports: portsOf(found) };
}

function selectorOf({ resource, object }: FoundObject): StringMap {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
      return mapBased(object.spec.selector);
    case 'Pod':
      return nonEmpty(object.metadata.labels, 'the pod has no labels and cannot be exposed');
    case 'Service':
      return nonEmpty(object.spec.selector, 'the service has no pod selector set');
    default:
      throw new CommandError(
        `error: cannot expose a ${resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`}`,
      );
  }
}

const noSelector = "error: couldn't retrieve selectors via --selector flag or introspection: ";

function mapBased({ matchLabels = {}, matchExpressions = [] }: LabelSelector): StringMap {
  if (matchExpressions.length > 0)
    throw new CommandError(
      `${noSelector}couldn't convert expressions - "${JSON.stringify(matchExpressions)}" to map-based selector format`,
    );
  return matchLabels;
}

function nonEmpty(labels: StringMap | undefined, complaint: string): StringMap {
  if (labels === undefined || Object.keys(labels).length === 0) throw new CommandError(noSelector + complaint);
  return labels;
}

function portsOf({ object }: FoundObject): readonly ExposedPort[] {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
      return containerPorts(object.spec.template.spec);
    case 'Pod':
      return containerPorts(object.spec);
    case 'Service':
      return (object.spec.ports ?? []).map(({ port, protocol }: ServicePort) => ({ port, protocol }));
    default:
      return [];
  }
}

function containerPorts({ containers }: PodSpec): readonly ExposedPort[] {
  return containers.flatMap(({ ports = [] }) =>
    ports.map(({ containerPort, protocol }) => ({ port: containerPort, protocol })),
  );
}

/** "a=b,c=d". */
function labelsOf(text: string): StringMap {
  const pairs = text.split(',').map((pair): [string, string] => {
    const [key = '', value, ...more] = pair.split('=');
    if (key === '' || value === undefined || more.length > 0)
      throw new CommandError(`error: unexpected label spec: ${pair}`);
    return [key, value];
  });
  return Object.fromEntries(pairs);
}
