import type { Pod } from '@kubedrill/kube-model';
import type { ClusterOptions, DnsAnswer, DnsQueryType } from '../cluster.ts';
import type { HopTeller } from '../network/flight.ts';
import type { VantagePoint } from '../network/flow.ts';
import { formatAddress, parseRange } from '../network/ipv4.ts';
import type { ObjectView } from '../store/object-view.ts';
import { addressInHosts } from './hosts-file.ts';
import { KubernetesZone } from './kubernetes-zone.ts';
import type { AskNameServer, DnsMessage, DnsQuestion } from './message.ts';
import { ClusterNameServer } from './name-server.ts';
import { resolvConfOfPod, type ResolvConf } from './resolv-conf.ts';
import { resolve } from './resolver.ts';
import { UpstreamNameServer, type NameServer } from './upstream-name-server.ts';

/** Resolvers of the internet that answer everybody. */
const publicResolvers = new Set(['1.1.1.1', '1.0.0.1', '8.8.8.8', '8.8.4.4', '9.9.9.9']);

/** The ways from Pods to name servers. */
export interface NameServerPaths {
  /** What has kept a question from getting there; undefined when nothing does. */
  denial(from: VantagePoint, server: string): readonly HopTeller[] | undefined;
}

/** kubeadm gives the tenth address of the range to kube-dns. */
export function clusterDnsAddress({ serviceRange }: ClusterOptions): string {
  return formatAddress((parseRange(serviceRange)?.base ?? 0) + 10);
}

/** Names as they resolve at each vantage point. */
export class ClusterDns {
  private readonly options: ClusterOptions;
  private readonly view: ObjectView;
  private readonly host: ResolvConf;
  private readonly address: string;
  private readonly cluster: NameServer;
  private readonly upstream: NameServer;
  private readonly paths: NameServerPaths | undefined;

  /** `hostNameserver`: where nodes and external hosts ask. Without `paths` all questions get through. */
  constructor(options: ClusterOptions, view: ObjectView, hostNameserver: string, paths?: NameServerPaths) {
    this.options = options;
    this.view = view;
    this.host = { nameservers: [hostNameserver], search: [], options: [] };
    this.address = clusterDnsAddress(options);
    this.paths = paths;
    this.upstream = new UpstreamNameServer(options.externalHosts);
    const zone = new KubernetesZone(options.clusterDomain, view);
    const identity = { address: this.address, name: `kube-dns.kube-system.svc.${zone.domain}.` };
    const serial = Math.floor(options.startTime / 1_000);
    this.cluster = new ClusterNameServer(zone, this.upstream, identity, serial);
  }

  resolvConf(pod: Pod): ResolvConf {
    const { clusterDomain } = this.options;
    return resolvConfOfPod(pod, { clusterDomain, clusterDns: this.address, host: this.host });
  }

  resolve(from: VantagePoint, name: string, type: DnsQueryType): DnsAnswer {
    const ask: AskNameServer = (server, question) => this.ask(from, server, question);
    return resolve(this.confAt(from), ask, name, type);
  }

  /** What the name server at the address answers; undefined: there is none, or no question gets there. */
  ask(from: VantagePoint, server: string, question: DnsQuestion): DnsMessage | undefined {
    return this.paths?.denial(from, server) ? undefined : this.nameServerAt(server)?.query(question);
  }

  /** What keeps the vantage point's questions from the first name server that is out of its reach; [] where all get through. */
  denial(from: VantagePoint): readonly HopTeller[] {
    const { paths } = this;
    if (!paths) return [];
    const denials = this.confAt(from).nameservers.map((server) => paths.denial(from, server));
    return denials.find((denial) => denial !== undefined) ?? [];
  }

  /** The address that /etc/hosts of the vantage point gives the name, which no name server is asked for. */
  hostsAddress(from: VantagePoint, name: string): string | undefined {
    const pod = from.kind === 'pod' ? this.view.get('Pod', from.namespace, from.name) : undefined;
    if (pod) return addressInHosts(pod, this.options.clusterDomain, name);
    return name.toLowerCase() === 'localhost' ? '127.0.0.1' : undefined;
  }

  private confAt(from: VantagePoint): ResolvConf {
    const pod = from.kind === 'pod' ? this.view.get('Pod', from.namespace, from.name) : undefined;
    return pod ? this.resolvConf(pod) : this.host;
  }

  private nameServerAt(address: string): NameServer | undefined {
    if (address === this.address) return this.cluster;
    const { externalHosts } = this.options;
    const isUpstream =
      publicResolvers.has(address) ||
      this.host.nameservers.includes(address) ||
      externalHosts.some((host) => host.address === address && host.listens?.some(({ port }) => port === 53));
    return isUpstream ? this.upstream : undefined;
  }
}
