import type { Cluster, Duration } from '@kubedrill/cluster-sim';
import { resources, type EndpointSlice, type Json } from '@kubedrill/kube-model';
import { describePodSet, podsOf } from '../observe/pods.ts';
import { killNode, losePod, stopProcess } from './actions.ts';
import type { Step } from './step.ts';

/** One thing that may fail. */
export interface Loss {
  /** "Pod api-1", "node node-2", "endpoint 10.244.1.5 (Pod api-1)". */
  readonly what: string;
  /** Brings it about in a cluster that is a copy. */
  readonly strike: (cluster: Cluster) => void;
}

/** All losses that a step tries one by one. */
export interface Losses {
  readonly losses: readonly Loss[];
  /** Whom they are taken from, for the case that there is nobody. */
  readonly of: string;
  readonly after: Duration | undefined;
  readonly check: 'all' | readonly string[];
}

export function lossesOf(cluster: Cluster, step: Step): Losses | undefined {
  const { everyPodLoss, everyNodeLoss, everyEndpointLoss } = step;
  if (everyPodLoss) {
    const { of, after, check } = everyPodLoss;
    const losses = podsOf(cluster, of).map((pod): Loss => ({
      what: `Pod ${pod.metadata.name}`,
      strike: (fork) => losePod(fork, pod),
    }));
    return { losses, of: describePodSet(of), after, check };
  }
  if (everyNodeLoss) {
    const { nodes = cluster.options.nodes.map(({ name }) => name), after, check } = everyNodeLoss;
    const losses = nodes.map((node): Loss => ({ what: `node ${node}`, strike: (fork) => killNode(fork, node) }));
    return { losses, of: 'nodes', after, check };
  }
  if (!everyEndpointLoss) return undefined;
  const { service, namespace, after, check } = everyEndpointLoss;
  const losses = endpointLosses(cluster, namespace, service);
  return { losses, of: `ready endpoints of Service ${service}`, after, check };
}

function endpointLosses(cluster: Cluster, namespace: string, service: string): readonly Loss[] {
  const losses = new Map<string, Loss>();
  for (const slice of cluster.view.indexed('EndpointSlice', 'service', `${namespace}/${service}`))
    for (const { addresses, conditions, targetRef } of slice.endpoints ?? []) {
      const [address = ''] = addresses;
      if (conditions?.ready === false) continue;
      const pod = targetRef?.kind === 'Pod' ? cluster.view.get('Pod', namespace, targetRef.name ?? '') : undefined;
      const loss: Loss = pod
        ? { what: `endpoint ${address} (Pod ${pod.metadata.name})`, strike: (fork) => stopProcess(fork, pod) }
        : { what: `endpoint ${address}`, strike: (fork) => unlist(fork, slice, address) };
      losses.set(address, loss);
    }
  return [...losses.values()];
}

/** Somebody has written the slice by hand: whoever looks after the address takes it out. */
function unlist(cluster: Cluster, slice: EndpointSlice, address: string): void {
  const { namespace = '', name } = slice.metadata;
  const endpoints = (slice.endpoints ?? []).filter(({ addresses }) => !addresses.includes(address));
  cluster.api.handle({
    ...{ verb: 'patch', patchType: 'merge', resource: resources.EndpointSlice, namespace, name },
    body: { endpoints: JSON.parse(JSON.stringify(endpoints)) as Json },
  });
}
