import type { Cluster } from '@kubedrill/cluster-sim';
import type { Pod } from '@kubedrill/kube-model';
import { isAlive } from '../observe/pods.ts';

/** "Deployment web" in a changed submission -> "web" in the one that it is compared with. */
export type Renamings = ReadonlyMap<string, string>;

/**
 * What Pods and addresses are called in two clusters that are compared: after who made them and in which order, since their own
 * names and addresses are a matter of chance.
 */
export class Identities {
  /** The Pods that live, by identity. */
  readonly pods = new Map<string, Pod>();
  private readonly cluster: Cluster;
  private readonly renamings: Renamings;
  private readonly byName = new Map<string, string>();
  private readonly byAddress = new Map<string, string>();

  constructor(cluster: Cluster, renamings: Renamings) {
    this.cluster = cluster;
    this.renamings = renamings;
    const counts = new Map<string, number>();
    const pods = cluster.view.list('Pod').filter(isAlive);
    // What was replaced begins later than its neighbours, wherever it runs: the node tells Pods apart, not their age.
    for (const pod of pods.toSorted((a, b) => compared(a.spec.nodeName, b.spec.nodeName))) {
      const maker = this.makerOf(pod);
      const count = (counts.get(maker) ?? 0) + 1;
      counts.set(maker, count);
      this.add(pod, identityOf(pod, maker, count));
    }
    for (const { metadata, spec, status } of cluster.view.list('Service')) {
      const service = `${metadata.namespace ?? ''}/${metadata.name}`;
      for (const address of spec.clusterIPs ?? []) this.byAddress.set(address, `the cluster IP of ${service}`);
      for (const { ip } of status.loadBalancer.ingress ?? [])
        if (ip !== undefined) this.byAddress.set(ip, `the load balancer of ${service}`);
    }
  }

  private add(pod: Pod, identity: string): void {
    this.pods.set(identity, pod);
    this.byName.set(pod.metadata.name, identity);
    const { podIP, hostIP } = pod.status;
    if (podIP !== undefined && podIP !== hostIP) this.byAddress.set(podIP, identity);
  }

  /** "Deployment default/web", "Pod default/db-0". */
  makerOf({ metadata }: Pod): string {
    const { namespace = '', name, ownerReferences = [] } = metadata;
    let owner = ownerReferences.find(({ controller }) => controller === true);
    if (!owner) return this.named('Pod', namespace, name);
    if (owner.kind === 'ReplicaSet') {
      const replicaSet = this.cluster.view.get('ReplicaSet', namespace, owner.name);
      owner = replicaSet?.metadata.ownerReferences?.find(({ controller }) => controller === true) ?? owner;
    }
    return this.named(owner.kind, namespace, owner.name);
  }

  private named(kind: string, namespace: string, name: string): string {
    return `${kind} ${namespace}/${this.renamings.get(`${kind} ${name}`) ?? name}`;
  }

  /** The identity of the Pod of that name, or the name itself. */
  ofPod(name: string): string {
    return this.byName.get(name) ?? name;
  }

  /** A text with identities in place of the names and addresses in it. */
  in(text: string): string {
    return text
      .replace(/\d{1,3}(?:\.\d{1,3}){3}/g, (address) => this.byAddress.get(address) ?? address)
      .replace(/[a-z0-9]+(?:-[a-z0-9]+)+/g, (name) => this.ofPod(name));
  }
}

/** "Deployment default/web #2", "StatefulSet default/db #0", "Pod default/client". */
function identityOf({ metadata: { name } }: Pod, maker: string, count: number): string {
  if (maker.startsWith('Pod ')) return maker;
  return `${maker} #${maker.startsWith('StatefulSet ') ? name.slice(name.lastIndexOf('-') + 1) : count}`;
}

function compared(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
