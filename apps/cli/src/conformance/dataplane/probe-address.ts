import type { Probe, VantagePoint } from '@kubedrill/cluster-sim';
import type { Pod } from '@kubedrill/kube-model';
import { numberOf } from '../recorded-json.ts';
import type { RecordedProbe } from './case-file.ts';
import type { Lab } from './lab.ts';

/** The recorded probe as one of the simulation, whose addresses and node ports may be others. */
export function probeOf(recorded: RecordedProbe, lab: Lab): Probe {
  const { from, to, protocol, timeout } = recorded;
  const { host, port } = destinationOf(recorded, lab);
  const http = to.healthCheckNodePort === undefined ? {} : { http: { method: 'GET', path: '/' } };
  return { from: vantagePointOf(from, lab), host, port, protocol, timeout, ...http };
}

function vantagePointOf(from: string, lab: Lab): VantagePoint {
  if (from.startsWith('node/')) return { kind: 'node', name: from.slice('node/'.length) };
  if (!from.includes('/')) return { kind: 'external', name: from };
  const pod = podNamed(from, lab);
  return { kind: 'pod', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
}

function podNamed(name: string, lab: Lab): Pod {
  const pod = lab.pods.find(lab.cluster.view, name);
  if (!pod) throw new Error(`the simulated cluster has no ${name}`);
  return pod;
}

interface Destination {
  readonly host: string;
  /** 0 for ICMP. */
  readonly port: number;
}

function destinationOf({ to, resolved, protocol }: RecordedProbe, lab: Lab): Destination {
  const port = to.port === undefined ? 0 : numberOf(to.port, 'port');
  if (typeof to.service === 'string') return { host: lab.services.clusterIP(to.service), port };
  if (typeof to.podIP === 'string') return { host: podNamed(to.podIP, lab).status.podIP ?? '', port };
  // The addresses of nodes and load balancers are the recorded ones.
  const host = /^[\d.]+/.exec(resolved)?.[0] ?? '';
  if (typeof to.nodePort === 'string') return { host, port: lab.services.nodePort(to.nodePort, port, protocol) };
  if (typeof to.healthCheckNodePort === 'string')
    return { host, port: lab.services.healthCheckNodePort(to.healthCheckNodePort) };
  return { host, port };
}
