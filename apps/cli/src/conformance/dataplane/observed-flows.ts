import type { Outcome, Probe, Ratio, Trace } from '@kubedrill/cluster-sim';
import type { Pod } from '@kubedrill/kube-model';
import type { Lab } from './lab.ts';
import type { RecordedPods } from './recorded-pods.ts';

/** Probabilities by the recordings' words for what happened. */
export type Distribution = ReadonlyMap<string, number>;

export interface ObservedFlows {
  /** "delivered pod/web-0", "unreachable ENETUNREACH", "refused". */
  readonly outcomes: Distribution;
  /** Source addresses by the names that the recordings give them, as servers see them. */
  readonly sources: Distribution;
  readonly ports: ReadonlySet<string>;
  readonly sourcesPerServer: ReadonlyMap<string, ReadonlySet<string>>;
}

export function observedFlows({ probe, outcomes }: Trace, lab: Lab): ObservedFlows {
  const byOutcome = new Map<string, number>();
  const bySource = new Map<string, number>();
  const ports = new Set<string>();
  const sourcesPerServer = new Map<string, Set<string>>();
  for (const { outcome, probability } of outcomes) {
    add(byOutcome, outcomeName(outcome, probe, lab), probability);
    if (outcome.kind !== 'delivered' || !namesServer(probe)) continue;
    const source = sourceName(outcome.source, lab);
    const server = serverName(outcome, lab);
    add(bySource, source, probability);
    ports.add(`${outcome.server.port}`);
    sourcesPerServer.set(server, (sourcesPerServer.get(server) ?? new Set()).add(source));
  }
  return { outcomes: byOutcome, sources: bySource, ports, sourcesPerServer };
}

function add(distribution: Map<string, number>, name: string, { numerator, denominator }: Ratio): void {
  distribution.set(name, (distribution.get(name) ?? 0) + numerator / denominator);
}

/** Echo replies and health checks come from no Pod's process. */
function namesServer({ protocol, http }: Probe): boolean {
  return protocol !== 'ICMP' && http === undefined;
}

export function outcomeName(outcome: Outcome, probe: Probe, lab: Lab): string {
  switch (outcome.kind) {
    case 'delivered':
      if (probe.protocol === 'ICMP') return 'reply';
      if (probe.http) return `http:${outcome.response?.status ?? 'none'}`;
      return `delivered ${serverName(outcome, lab)}`;
    case 'timedOut':
    case 'deniedByPolicy':
      return 'timeout';
    case 'unreachable':
      return `unreachable ${outcome.errno}`;
    default:
      return outcome.kind;
  }
}

/** What a kept connection answers: the server's name alone. */
export function answerName(outcome: Outcome, probe: Probe, lab: Lab): string {
  return outcomeName(outcome, probe, lab).replace(/^delivered /, '');
}

function serverName({ server }: Extract<Outcome, { kind: 'delivered' }>, { cluster, pods }: Lab): string {
  if (server.kind === 'external') return `host/${server.name}`;
  if (server.kind !== 'pod') return `${server.kind}/${server.name}`;
  const pod = cluster.view.get('Pod', server.namespace ?? '', server.name);
  return pod ? nameOfPod(pod, pods) : `pod/${server.name}`;
}

/** A Pod that the recording does not have shows under its own name. */
function nameOfPod(pod: Pod, pods: RecordedPods): string {
  return pods.nameOf(pod) ?? `pod/${pod.metadata.name}`;
}

/** "node/node-1:podgw" is the address that a node has towards its own Pods. */
function sourceName(address: string, { cluster, pods }: Lab): string {
  const pod = cluster.view.indexed('Pod', 'ip', address).find(({ spec }) => spec.hostNetwork !== true);
  if (pod) return nameOfPod(pod, pods);
  for (const { metadata, spec, status } of cluster.view.list('Node')) {
    if (status.addresses?.some((own) => own.address === address)) return `node/${metadata.name}`;
    if (spec.podCIDR?.replace(/\.0\/24$/, '.1') === address) return `node/${metadata.name}:podgw`;
  }
  return cluster.options.externalHosts.find((host) => host.address === address)?.name ?? address;
}
