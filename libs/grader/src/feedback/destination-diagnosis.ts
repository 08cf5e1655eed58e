import type { Cluster, Outcome, Probe, TracedOutcome } from '@kubedrill/cluster-sim';
import type { Service } from '@kubedrill/kube-model';
import type { PodSet } from '../exercise/pod-set.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnosePolicy } from './policy-diagnosis.ts';
import { diagnoseService } from './service-diagnosis.ts';
import { diagnoseStranger } from './stranger-diagnosis.ts';

/**
 * What is wrong with the Service that a probe was sent to, or with the policies on the way; undefined when it was sent to none or
 * nothing is conspicuous.
 * `wanted`: who should have answered, where the author says so.
 */
export function diagnoseDestination(
  cluster: Cluster,
  probe: Probe,
  { outcome, hops }: TracedOutcome,
  wanted?: PodSet,
): Diagnosis | undefined {
  const policy =
    outcome.kind === 'deniedByPolicy' || outcome.kind === 'resolverFailed' ? diagnosePolicy(hops) : undefined;
  if (policy) return policy;
  const service = serviceOf(cluster, probe);
  if (outcome.kind === 'delivered') {
    const { name = '', namespace = '' } = service?.metadata ?? {};
    return wanted && diagnoseStranger(cluster, namespace, name, wanted);
  }
  if (service === undefined)
    return outcome.kind === 'nameNotFound' ? unknownName(cluster, probe) : unknownNodePort(cluster, probe);
  const { name, namespace = '' } = service.metadata;
  const { ports = [], type } = service.spec;
  const isNodePort = ports.some(({ nodePort }) => nodePort === probe.port);
  if (type !== 'ExternalName' && !isNodePort && !ports.some(({ port }) => port === probe.port)) {
    const declared = ports.map(({ port }) => port).join(', ');
    const text = `Service ${name} has no port ${probe.port} (it has ${declared})`;
    return { text, evidence: [{ kind: 'Service', namespace, name, path: ['spec', 'ports', 0, 'port'] }] };
  }
  return diagnoseService(cluster, namespace, name) ?? targetPortOf(service, probe, outcome);
}

/** The Service was found and has endpoints, yet the Pod refused: it is the target port that leads astray. */
function targetPortOf(service: Service, probe: Probe, outcome: Outcome): Diagnosis | undefined {
  if (outcome.kind !== 'refused') return undefined;
  const { name, namespace = '' } = service.metadata;
  const ports = service.spec.ports ?? [];
  const index = ports.findIndex(({ port, nodePort }) => port === probe.port || nodePort === probe.port);
  const targetPort = ports[index]?.targetPort;
  if (targetPort === undefined) return undefined;
  const text = `no process listens on target port ${targetPort} of the Pods behind Service ${name}`;
  return { text, evidence: [{ kind: 'Service', namespace, name, path: ['spec', 'ports', index, 'targetPort'] }] };
}

function serviceOf(cluster: Cluster, probe: Probe): Service | undefined {
  const [byAddress] = cluster.view.indexed('Service', 'ip', probe.host);
  if (byAddress) return byAddress;
  const isNode = cluster.view
    .list('Node')
    .some(({ status }) => status.addresses?.some(({ address }) => address === probe.host) ?? false);
  if (isNode) {
    const services = cluster.view.list('Service');
    return services.find(({ spec }) => spec.ports?.some(({ nodePort }) => nodePort === probe.port));
  }
  const [name = '', namespace = namespaceOf(probe)] = probe.host.split('.');
  return cluster.view.get('Service', namespace, name);
}

function namespaceOf({ from }: Probe): string {
  return from.kind === 'pod' ? from.namespace : 'default';
}

function unknownName(cluster: Cluster, probe: Probe): Diagnosis | undefined {
  const [name = '', namespace = namespaceOf(probe)] = probe.host.split('.');
  return diagnoseService(cluster, namespace, name);
}

/** A node port that nobody has: point at the Service that has another one. */
function unknownNodePort(cluster: Cluster, probe: Probe): Diagnosis | undefined {
  const isNode = cluster.view
    .list('Node')
    .some(({ status }) => status.addresses?.some(({ address }) => address === probe.host) ?? false);
  if (!isNode) return undefined;
  const text = `no Service has node port ${probe.port}`;
  const exposed = cluster.view
    .list('Service')
    .find(({ spec }) => spec.ports?.some(({ nodePort }) => nodePort !== undefined));
  const candidate = exposed ?? cluster.view.list('Service').find(({ metadata }) => metadata.name !== 'kubernetes');
  if (!candidate) return { text, evidence: [] };
  const { name, namespace = '' } = candidate.metadata;
  const path = exposed ? ['spec', 'ports', 0, 'nodePort'] : ['spec', 'type'];
  const nodePort = exposed?.spec.ports?.[0]?.nodePort;
  const other =
    nodePort === undefined
      ? ` (Service ${name} is of type ${candidate.spec.type})`
      : ` (Service ${name} has ${nodePort})`;
  return { text: `${text}${other}`, evidence: [{ kind: 'Service', namespace, name, path }] };
}
