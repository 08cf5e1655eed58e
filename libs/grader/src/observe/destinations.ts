import type { Cluster, Probe, VantagePoint } from '@kubedrill/cluster-sim';
import type { Target } from '../exercise/target.ts';
import { describePodSet, podsOf } from './pods.ts';

/** One address or name that a target stands for at this moment. */
export interface Destination {
  readonly host: string;
  /** For people: "api:80", "node-2 (172.18.0.3:30080)". */
  readonly label: string;
}

export function destinationsOf(cluster: Cluster, target: Target): readonly Destination[] {
  const port = target.port === undefined ? '' : `:${target.port}`;
  const direct = (host: string): Destination => ({ host, label: `${host}${port}` });
  const named = (name: string, host: string): Destination => ({ host, label: `${name} (${host}${port})` });
  if (target.host !== undefined) return [direct(target.host)];
  if (target.service !== undefined) {
    const address = cluster.view.get('Service', target.namespace, target.service)?.spec.clusterIP;
    return address === undefined || address === 'None' ? [] : [named(`Service ${target.service}`, address)];
  }
  if (target.loadBalancer !== undefined) {
    const ingress =
      cluster.view.get('Service', target.namespace, target.loadBalancer)?.status.loadBalancer.ingress ?? [];
    return ingress.flatMap(({ ip, hostname }) => {
      const host = ip ?? hostname;
      return host === undefined ? [] : [named(`load balancer of ${target.loadBalancer ?? ''}`, host)];
    });
  }
  if (target.node !== undefined || target.nodes !== undefined) return nodes(cluster, target.node, named);
  return podsOf(cluster, target).flatMap(({ metadata, status }) =>
    status.podIP === undefined ? [] : [named(`Pod ${metadata.name}`, status.podIP)],
  );
}

function nodes(
  cluster: Cluster,
  name: string | undefined,
  named: (name: string, host: string) => Destination,
): readonly Destination[] {
  return cluster.view.list('Node').flatMap(({ metadata, status }) => {
    if (name !== undefined && metadata.name !== name) return [];
    const address = status.addresses?.find(({ type }) => type === 'InternalIP')?.address;
    return address === undefined ? [] : [named(metadata.name, address)];
  });
}

export function probeOf(from: VantagePoint, target: Target, destination: Destination): Probe {
  return {
    from,
    host: destination.host,
    port: target.port ?? 0,
    protocol: target.protocol,
    ...(target.http ? { http: target.http } : {}),
  };
}

export function describeTarget(target: Target): string {
  const port = target.port === undefined ? '' : `:${target.port}`;
  if (target.host !== undefined) return `${target.host}${port}`;
  if (target.service !== undefined) return `the cluster IP of Service ${target.service}${port}`;
  if (target.loadBalancer !== undefined) return `the load balancer of Service ${target.loadBalancer}${port}`;
  if (target.node !== undefined) return `node ${target.node}${port}`;
  if (target.nodes !== undefined) return `every node${port}`;
  return `${describePodSet(target)}${port}`;
}
