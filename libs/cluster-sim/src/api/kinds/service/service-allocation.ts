import { resources, type Service } from '@kubedrill/kube-model';
import { done, refused, type Outcome, type Refusal } from '../../outcome.ts';
import { failure, internalError, invalid as invalidObject } from '../../status.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid } from '../../validation/field-error.ts';
import { goQuote } from '../../validation/go-quote.ts';
import { specPath } from '../../validation/path.ts';
import { parentRule } from '../ip-address/ip-address-definition.ts';
import type { Allocation, StrategyContext } from '../kind-definition.ts';
import { keepAllocatedValues, normalizeClusterIPs } from './carried-values.ts';
import { nextClusterIP, refusalOfClusterIP } from './cluster-ip-allocator.ts';
import { draftOf, type SpecDraft } from './service-draft.ts';
import { initIPFamilies } from './ip-families.ts';
import { NodePortOperation, type PortRange } from './node-port-pool.ts';
import { allocatesNodePorts, hasNodePorts, needsHealthCheck } from './service-traits.ts';

/** Cluster IPs and node ports: pkg/registry/core/service/storage/alloc.go. */
export class ServiceAllocation implements Allocation<'Service'> {
  private readonly ports: PortRange;

  constructor(ports: PortRange) {
    this.ports = ports;
  }

  onCreate(service: Service, context: StrategyContext): Outcome<Service> {
    const spec = draftOf(service.spec);
    normalizeClusterIPs(spec, undefined);
    return (
      refusedFor(service, initIPFamilies(service, spec, undefined)) ??
      takeClusterIP(service, spec, context) ??
      this.takeNodePorts(service, spec, undefined, context) ??
      done({ ...service, spec })
    );
  }

  onUpdate(service: Service, old: Service, context: StrategyContext): Outcome<Service> {
    const spec = draftOf(service.spec);
    keepAllocatedValues(service, spec, old);
    normalizeClusterIPs(spec, old);
    const getsAddress = old.spec.type === 'ExternalName' && service.spec.type !== 'ExternalName';
    return (
      refusedFor(service, initIPFamilies(service, spec, old)) ??
      (getsAddress ? takeClusterIP(service, spec, context) : undefined) ??
      this.takeNodePorts(service, spec, old, context) ??
      done({ ...service, spec })
    );
  }

  private takeNodePorts(
    service: Service,
    spec: SpecDraft,
    old: Service | undefined,
    context: StrategyContext,
  ): Refusal | undefined {
    const operation = new NodePortOperation(this.ports, context.view, context.dryRun);
    const complete: Service = { ...service, spec };
    if (hasNodePorts(complete)) {
      const refusal = old
        ? updateNodePorts(complete, spec, old, operation, context)
        : initNodePorts(complete, spec, operation, context);
      if (refusal) return refusal;
    }
    const needsPort = needsHealthCheck(complete) && !(old && needsHealthCheck(old));
    return needsPort ? takeHealthCheckPort(spec, operation, context) : undefined;
  }
}

function takeClusterIP(service: Service, spec: SpecDraft, context: StrategyContext): Refusal | undefined {
  if (spec.type === 'ExternalName' || spec.clusterIPs?.[0] === 'None') return undefined;
  const at = specPath.child('clusterIPs');
  const asked = spec.clusterIPs?.[0];
  const problem = asked === undefined ? undefined : refusalOfClusterIP(asked, context);
  const address = asked ?? nextClusterIP(context);
  if (address === undefined)
    return refused(
      internalError(`failed to allocate a serviceIP for Service ${goQuote(service.metadata.name)}: range is full`),
    );
  const registered = problem ?? (context.dryRun ? undefined : registrationProblem(service, address));
  if (registered !== undefined) {
    const words =
      asked === undefined ? `failed to allocate IP: ${registered}` : `failed to allocate IP ${asked}: ${registered}`;
    return refusedFor(service, [invalid(at, spec.clusterIPs ?? [''], words)]);
  }
  spec.clusterIP = address;
  spec.clusterIPs = [address];
  return undefined;
}

function refusedFor(service: Service, errors: readonly FieldError[]): Refusal | undefined {
  return errors.length === 0 ? undefined : refused(invalidObject(resources.Service, service.metadata.name, errors));
}

/** An address is registered as an IPAddress that refers to the Service, whose validation sees the name first. */
function registrationProblem({ metadata: { name, namespace } }: Service, address: string): string | undefined {
  const errors: FieldError[] = [];
  parentRule({ resource: 'services', namespace, name }, specPath.child('parentRef'), errors);
  if (errors.length === 0) return undefined;
  const texts = errors.map(({ field, body }) => `${field}: ${body}`);
  const list = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  return `IPAddress.networking.k8s.io ${goQuote(address)} is invalid: ${list}`;
}

/** On create, ports of one number (TCP and UDP) share one node port. */
function initNodePorts(
  service: Service,
  spec: SpecDraft,
  operation: NodePortOperation,
  context: StrategyContext,
): Refusal | undefined {
  const byNumber = new Map<number, number>();
  for (const [index, port] of (spec.ports ?? []).entries()) {
    if (!port.nodePort && !allocatesNodePorts(service)) continue;
    const shared = byNumber.get(port.port);
    if (shared === undefined) {
      const asked = spec.ports?.find((other) => other.port === port.port && other.nodePort)?.nodePort;
      const problem = asked === undefined ? undefined : operation.allocate(asked);
      if (problem !== undefined) return refusedPort(service, index, asked, problem);
      const nodePort = asked ?? operation.allocateNext(context.random);
      if (nodePort === undefined) return refused(internalError('failed to allocate a nodePort: range is full'));
      port.nodePort = nodePort;
      byNumber.set(port.port, nodePort);
    } else if (!port.nodePort) port.nodePort = shared;
    else if (port.nodePort !== shared) {
      const problem = operation.allocate(port.nodePort);
      if (problem !== undefined) return refusedPort(service, index, port.nodePort, problem);
    }
  }
  return undefined;
}

/** On update, every port without one gets a node port of its own. */
function updateNodePorts(
  service: Service,
  spec: SpecDraft,
  old: Service,
  operation: NodePortOperation,
  context: StrategyContext,
): Refusal | undefined {
  const held = new Set(old.spec.ports?.map(({ nodePort }) => nodePort));
  const seen = new Set<string>();
  for (const [index, port] of (spec.ports ?? []).entries()) {
    if (!port.nodePort && !allocatesNodePorts(service)) continue;
    if (!port.nodePort) {
      port.nodePort = operation.allocateNext(context.random);
      if (port.nodePort === undefined) return refused(internalError('failed to allocate a nodePort: range is full'));
    } else if (!held.has(port.nodePort)) {
      const problem = operation.allocate(port.nodePort);
      held.add(port.nodePort);
      if (problem !== undefined) return refusedPort(service, index, port.nodePort, problem);
    }
    const identity = `{${port.protocol} ${port.nodePort}}`;
    if (seen.has(identity)) return refused(failure(500, '', `duplicate nodePort: ${identity}`));
    seen.add(identity);
  }
  return undefined;
}

function refusedPort(service: Service, index: number, port: number | undefined, problem: string): Refusal {
  const error = invalid(specPath.child('ports').index(index).child('nodePort'), port, problem);
  return refused(invalidObject(resources.Service, service.metadata.name, [error]));
}

function takeHealthCheckPort(
  spec: SpecDraft,
  operation: NodePortOperation,
  { random }: StrategyContext,
): Refusal | undefined {
  const asked = spec.healthCheckNodePort;
  if (asked) {
    const problem = operation.allocate(asked);
    if (problem === undefined) return undefined;
    return refused(internalError(`failed to allocate requested HealthCheck NodePort ${asked}: ${problem}`));
  }
  const port = operation.allocateNext(random);
  if (port === undefined) return refused(internalError('failed to allocate a HealthCheck NodePort 0: range is full'));
  spec.healthCheckNodePort = port;
  return undefined;
}
