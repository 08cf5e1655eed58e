import type { Pod } from '@kubedrill/kube-model';
import type { Evidence, Hop } from '../network/flow.ts';
import type { EndpointInfo } from './endpoint-map.ts';
import type { ServicePortInfo } from './service-map.ts';

/** What a rule stands for, whatever mode wrote it: from this the words and the evidence of a hop are made. */
export type RuleOrigin =
  /** An address and port of a Service was recognized. */
  | {
      readonly kind: 'address';
      readonly port: ServicePortInfo;
      readonly by: ServiceAddressKind;
      readonly address: string;
    }
  /** One endpoint of several was chosen, by chance or by affinity. */
  | { readonly kind: 'choice'; readonly by: 'chance' | 'affinity'; readonly count: number }
  | { readonly kind: 'endpoint'; readonly port: ServicePortInfo; readonly endpoint: EndpointInfo }
  | { readonly kind: 'noEndpoints'; readonly port: ServicePortInfo; readonly endpoints: readonly EndpointInfo[] }
  | {
      readonly kind: 'noLocalEndpoints';
      readonly port: ServicePortInfo;
      readonly traffic: 'internal' | 'external';
      readonly verdict: 'dropped' | 'refused';
    }
  | { readonly kind: 'sourceRanges'; readonly port: ServicePortInfo }
  | { readonly kind: 'hairpin'; readonly port: ServicePortInfo }
  /** An address of a Service without that port; the ports are by address. */
  | { readonly kind: 'undeclaredPort'; readonly ports: ReadonlyMap<string, ServicePortInfo> }
  | { readonly kind: 'unallocated' };

export type ServiceAddressKind = 'clusterIP' | 'externalIP' | 'loadBalancerIP' | 'nodePort';

export function evidenceOfService(port: ServicePortInfo, ...path: (string | number)[]): Evidence {
  const { namespace, name } = port.service.metadata;
  return { kind: 'Service', namespace: namespace ?? '', name, path };
}

/** The field of the Service that gives the address. */
function addressEvidence(port: ServicePortInfo, by: ServiceAddressKind, address: string): Evidence {
  switch (by) {
    case 'clusterIP':
      return evidenceOfService(port, 'spec', 'ports', port.index, 'port');
    case 'nodePort':
      return evidenceOfService(port, 'spec', 'ports', port.index, 'nodePort');
    case 'externalIP':
      return evidenceOfService(port, 'spec', 'externalIPs', (port.service.spec.externalIPs ?? []).indexOf(address));
    case 'loadBalancerIP':
      return evidenceOfService(port, 'status', 'loadBalancer', 'ingress');
  }
}

const addressWords: { readonly [K in ServiceAddressKind]: string } = {
  clusterIP: 'cluster IP',
  nodePort: 'node port',
  externalIP: 'external IP',
  loadBalancerIP: 'load balancer address',
};

/** What the walk knows when it comes to the rule. */
export interface HopContext {
  readonly at: string;
  readonly rule: string;
  readonly destination: string;
  /** How the endpoint was chosen, when a choice came before. */
  readonly choice: { readonly by: 'chance' | 'affinity'; readonly count: number } | undefined;
}

/** The hop that tells a person what the rule did. A choice alone says nothing: the chosen endpoint's hop tells of it. */
export function hopOf(origin: Exclude<RuleOrigin, { kind: 'choice' }>, context: HopContext): Hop {
  const { at, rule } = context;
  switch (origin.kind) {
    case 'address': {
      const { port, by, address } = origin;
      const evidence = [addressEvidence(port, by, address)];
      return { kind: 'service', at, text: addressText(port, by, address), rule, evidence };
    }
    case 'endpoint':
      return { kind: 'endpoint', at, text: endpointText(origin, context), rule, evidence: endpointEvidence(origin) };
    case 'noEndpoints':
      return { kind: 'rule', at, rule, ...noEndpoints(origin.port, origin.endpoints) };
    case 'noLocalEndpoints':
      return { kind: 'rule', at, rule, ...noLocalEndpoints(origin) };
    case 'sourceRanges':
      return {
        kind: 'policy',
        at,
        rule,
        text: `The source address is in none of the loadBalancerSourceRanges of Service ${origin.port.name}: dropped.`,
        evidence: [evidenceOfService(origin.port, 'spec', 'loadBalancerSourceRanges')],
      };
    case 'hairpin':
      return {
        kind: 'nat',
        at,
        rule,
        text: 'The pod reaches itself through its Service, so the answer has to come back by the node: source rewritten.',
      };
    case 'undeclaredPort': {
      const port = origin.ports.get(context.destination);
      const what = port?.clusterIP === context.destination ? 'the cluster IP' : 'an address';
      const text = `${context.destination} is ${what} of a Service that does not declare this port: refused.`;
      return { kind: 'rule', at, rule, text, evidence: port ? [evidenceOfService(port, 'spec', 'ports')] : [] };
    }
    case 'unallocated':
      return { kind: 'rule', at, rule, text: `No Service has the cluster IP ${context.destination}: dropped.` };
  }
}

function addressText(port: ServicePortInfo, by: ServiceAddressKind, address: string): string {
  const number = by === 'nodePort' ? port.nodePort : port.port;
  const where = by === 'nodePort' ? `${number}` : `${address}:${number}`;
  return `${where}/${port.protocol.toUpperCase()} is a ${addressWords[by]} of Service ${port.name}.`;
}

function endpointText(origin: { port: ServicePortInfo; endpoint: EndpointInfo }, context: HopContext): string {
  const { port, endpoint } = origin;
  const count = context.choice?.count ?? 1;
  const how =
    context.choice?.by === 'affinity'
      ? 'as before, by ClientIP affinity'
      : count === 1
        ? 'the only one'
        : `1 of ${count}`;
  return `DNAT to ${endpoint.key} (${how}${count > 1 && context.choice?.by !== 'affinity' ? ' endpoints' : ''} of ${port.name}).`;
}

function endpointEvidence({ port, endpoint }: { port: ServicePortInfo; endpoint: EndpointInfo }): Evidence[] {
  const { metadata, endpoints } = endpoint.slice;
  const namespace = metadata.namespace ?? '';
  const evidence: Evidence[] = [
    evidenceOfService(port, 'spec', 'ports', port.index, 'targetPort'),
    { kind: 'EndpointSlice', namespace, name: metadata.name, path: ['endpoints', endpoint.index] },
  ];
  const target = endpoints?.[endpoint.index]?.targetRef;
  if (target?.kind === ('Pod' satisfies Pod['kind']) && target.name) {
    evidence.push({ kind: 'Pod', namespace: target.namespace ?? namespace, name: target.name, path: [] });
  }
  return evidence;
}

function noEndpoints(port: ServicePortInfo, endpoints: readonly EndpointInfo[]): Pick<Hop, 'text' | 'evidence'> {
  if (endpoints.length > 0) {
    return {
      text: `Service ${port.name} has ${endpoints.length} endpoint(s), but none is ready: refused.`,
      evidence: endpoints.flatMap((endpoint) => endpointEvidence({ port, endpoint }).slice(1)),
    };
  }
  const selector = port.service.spec.selector;
  if (selector && Object.keys(selector).length > 0) {
    const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
    return {
      text: `Service ${port.name} has no endpoints: no pod with the labels ${labels.join(',')} serves this port. Refused.`,
      evidence: [
        evidenceOfService(port, 'spec', 'selector'),
        evidenceOfService(port, 'spec', 'ports', port.index, 'targetPort'),
      ],
    };
  }
  return {
    text: `Service ${port.name} has no selector and nobody has given it endpoints for this port. Refused.`,
    evidence: [evidenceOfService(port, 'spec'), evidenceOfService(port, 'spec', 'ports', port.index)],
  };
}

function noLocalEndpoints({
  port,
  traffic,
  verdict,
}: Extract<RuleOrigin, { kind: 'noLocalEndpoints' }>): Pick<Hop, 'text' | 'evidence'> {
  const field = `${traffic}TrafficPolicy`;
  return {
    text: `Service ${port.name} has ${field} Local and no endpoint on this node: ${verdict}.`,
    evidence: [evidenceOfService(port, 'spec', field)],
  };
}
