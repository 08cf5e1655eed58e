import type { Evidence, TracedOutcome } from '@kubedrill/cluster-sim';
import type { EndpointSlice, Service, ServicePort } from '@kubedrill/kube-model';
import { diagnoseService } from '../../feedback/service-diagnosis.ts';
import { describeOutcome } from '../../observe/outcomes.ts';
import { defineCheckKind, type CheckContext, type Finding } from '../check-kind.ts';
import type { PortMappingParameters } from './schema.ts';

/** The first station of the mapping that is not as it should be. */
type Fault =
  | { readonly station: 'service' }
  | { readonly station: 'port'; readonly declared: readonly ServicePort[] }
  | {
      readonly station: 'field';
      readonly index: number;
      readonly field: 'name' | 'targetPort' | 'nodePort';
      readonly actual: unknown;
    }
  | { readonly station: 'endpoint'; readonly index: number; readonly actual: readonly number[] }
  | {
      readonly station: 'process';
      readonly index: number;
      readonly address: string;
      readonly port: number;
      readonly traced: TracedOutcome;
    };

export const portMapping = defineCheckKind({
  kind: 'portMapping',
  evaluate(parameters, context) {
    const fault = findFault(parameters, context);
    return { credit: fault ? 0 : 1, fault };
  },
  explain(parameters, { fault }, { cluster }): Finding {
    const { service, namespace, port } = parameters;
    const expected = describeMapping(parameters);
    const evidence = (...path: readonly (string | number)[]): readonly Evidence[] => [
      { kind: 'Service', namespace, name: service, path },
    ];
    switch (fault?.station) {
      case undefined:
      case 'service': {
        const why = diagnoseService(cluster, namespace, service);
        return { expected, observed: why?.text ?? `there is no Service "${service}"`, evidence: why?.evidence ?? [] };
      }
      case 'port': {
        const ports = fault.declared.map((declared) => `${declared.port}/${declared.protocol}`).join(', ');
        return {
          expected,
          observed: `Service ${service} has port ${ports || '(none)'}`,
          evidence: evidence('spec', 'ports', 0, 'port'),
        };
      }
      case 'field': {
        const observed = `${fault.field} of port ${port} is ${JSON.stringify(fault.actual) ?? 'not set'}`;
        return { expected, observed, evidence: evidence('spec', 'ports', fault.index, fault.field) };
      }
      case 'endpoint': {
        const why = fault.actual.length === 0 ? diagnoseService(cluster, namespace, service) : undefined;
        const observed =
          fault.actual.length === 0 ? 'no ready endpoint' : `the endpoints have port ${fault.actual.join(', ')}`;
        return {
          expected,
          observed: why ? `${observed}; ${why.text}` : observed,
          evidence: why?.evidence ?? evidence('spec', 'ports', fault.index, 'targetPort'),
        };
      }
      case 'process': {
        const observed = `nothing accepts at ${fault.address}:${fault.port}: ${describeOutcome(fault.traced.outcome)}`;
        return {
          expected,
          observed,
          hops: fault.traced.hops,
          evidence: evidence('spec', 'ports', fault.index, 'targetPort'),
        };
      }
    }
  },
});

function findFault(parameters: PortMappingParameters, context: CheckContext): Fault | undefined {
  const service = context.cluster.view.get('Service', parameters.namespace, parameters.service);
  if (!service) return { station: 'service' };
  const ports = service.spec.ports ?? [];
  const index = ports.findIndex(({ port, protocol }) => port === parameters.port && protocol === parameters.protocol);
  const declared = ports[index];
  if (!declared) return { station: 'port', declared: ports };
  return wrongField(parameters, declared, index) ?? wrongEndpoint(parameters, service, declared, index, context);
}

function wrongField(
  { name, targetPort, nodePort }: PortMappingParameters,
  declared: ServicePort,
  index: number,
): Fault | undefined {
  const wrong = (field: 'name' | 'targetPort' | 'nodePort'): Fault => ({
    station: 'field',
    index,
    field,
    actual: declared[field],
  });
  if (name !== undefined && declared.name !== name) return wrong('name');
  if (targetPort !== undefined && declared.targetPort !== targetPort) return wrong('targetPort');
  if (nodePort === 'any' ? declared.nodePort === undefined : nodePort !== undefined && declared.nodePort !== nodePort) {
    return wrong('nodePort');
  }
  return undefined;
}

function wrongEndpoint(
  { podPort, listening, protocol }: PortMappingParameters,
  service: Service,
  declared: ServicePort,
  index: number,
  context: CheckContext,
): Fault | undefined {
  if (podPort === undefined && !listening) return undefined;
  const { namespace = '', name } = service.metadata;
  const slices = context.cluster.view.indexed('EndpointSlice', 'service', `${namespace}/${name}`);
  const reached = slices.flatMap((slice) => socketsOf(slice, declared));
  const actual = [...new Set(reached.map(({ port }) => port))];
  if (reached.length === 0 || (podPort !== undefined && actual.some((port) => port !== podPort))) {
    return { station: 'endpoint', index, actual };
  }
  if (!listening) return undefined;
  const [someNode] = context.cluster.view.list('Node');
  for (const { address, port, nodeName } of reached) {
    // Asked of the process, not of policies: they let a Pod's own node through.
    const from = { kind: 'node', name: nodeName ?? someNode?.metadata.name ?? '' } as const;
    const { outcomes } = context.trace({ from, host: address, port, protocol });
    const traced = outcomes.find(({ outcome }) => outcome.kind !== 'delivered');
    if (traced) return { station: 'process', index, address, port, traced };
  }
  return undefined;
}

interface EndpointSocket {
  readonly address: string;
  readonly port: number;
  readonly nodeName: string | undefined;
}

/** The ready endpoints that a port of the Service leads to. */
function socketsOf(slice: EndpointSlice, { name = '', protocol }: ServicePort): readonly EndpointSocket[] {
  const port = slice.ports?.find(
    (entry) => (entry.name ?? '') === name && (entry.protocol ?? 'TCP') === protocol,
  )?.port;
  if (port === undefined) return [];
  const ready = (slice.endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
  return ready.flatMap(({ addresses, nodeName }) => addresses.map((address) => ({ address, port, nodeName })));
}

function describeMapping({
  service,
  port,
  name,
  targetPort,
  podPort,
  nodePort,
  listening,
}: PortMappingParameters): string {
  const entry = nodePort === undefined ? '' : `node port ${nodePort === 'any' ? '(any)' : nodePort} -> `;
  const called = name === undefined ? '' : ` named "${name}"`;
  const target = targetPort === undefined ? '' : ` -> target port ${targetPort}`;
  const pod = podPort === undefined ? '' : ` -> port ${podPort} of the Pods`;
  return `${entry}port ${port}${called} of Service ${service}${target}${pod}${listening ? ', where a process listens' : ''}`;
}
