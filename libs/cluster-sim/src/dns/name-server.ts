import type { DnsQueryType, DnsRecord, ExternalHost } from '../cluster.ts';
import { parseAddress } from '../network/ipv4.ts';
import type { KubernetesZone, ZoneEntry } from './kubernetes-zone.ts';

/** A name server's answer to one question. NODATA: NOERROR without records. */
export interface NameServerAnswer {
  readonly code: 'NOERROR' | 'NXDOMAIN';
  readonly answers: readonly DnsRecord[];
}

export interface NameServer {
  /** `name`: fully qualified, with final dot. */
  query(name: string, type: DnsQueryType): NameServerAnswer;
}

const nameError: NameServerAnswer = { code: 'NXDOMAIN', answers: [] };
const noData: NameServerAnswer = { code: 'NOERROR', answers: [] };

/** The world's DNS as far as the cluster's options know it: the external hosts' names. */
export class UpstreamNameServer implements NameServer {
  private readonly hosts: readonly ExternalHost[];

  constructor(hosts: readonly ExternalHost[]) {
    this.hosts = hosts;
  }

  query(name: string, type: DnsQueryType): NameServerAnswer {
    const plain = withoutDot(name).toLowerCase();
    const hosts = this.hosts.filter(({ dnsNames }) =>
      dnsNames?.some((known) => withoutDot(known).toLowerCase() === plain),
    );
    if (hosts.length === 0) return nameError;
    if (type !== 'A') return noData;
    return { code: 'NOERROR', answers: hosts.map(({ address }) => ({ name, type: 'A', ttl: 300, data: address })) };
  }
}

/** plugin/backend_lookup.go maxCnameChainLength: how many aliases may come before the last one. */
const maxAliases = 10;
const ttl = 30;

/**
 * CoreDNS with kubeadm's Corefile: the cluster's zone and its reverse names from the objects, everything else upstream.
 * It answers without being reached: whether its Service, pods and the packets to them work is not asked. A lookup that
 * goes through the data plane would start at `Resolver`, which chooses the name server by its address.
 */
export class ClusterNameServer implements NameServer {
  private readonly zone: KubernetesZone;
  private readonly upstream: NameServer;

  constructor(zone: KubernetesZone, upstream: NameServer) {
    this.zone = zone;
    this.upstream = upstream;
  }

  query(name: string, type: DnsQueryType): NameServerAnswer {
    const plain = withoutDot(name).toLowerCase();
    if (plain.endsWith('.in-addr.arpa')) return this.reverse(name, plain, type);
    if (!this.zone.covers(plain)) return this.upstream.query(name, type);
    const entries = this.zone.lookup(plain);
    if (entries === 'absent') return nameError;
    return { code: 'NOERROR', answers: this.records(name, type, entries, []) };
  }

  private records(
    name: string,
    type: DnsQueryType,
    entries: readonly ZoneEntry[],
    before: readonly string[],
  ): DnsRecord[] {
    switch (type) {
      case 'A':
      case 'AAAA':
        return entries
          .flatMap((entry) =>
            entry.isAddress ? addressRecords(name, type, entry) : this.alias(name, type, entry.host, before),
          )
          .filter(isFirst);
      case 'CNAME': {
        const [first] = entries;
        return first && !first.isAddress ? [aliasRecord(name, first.host)] : [];
      }
      case 'SRV':
        return serviceRecords(
          name,
          entries.filter(({ isAddress }) => isAddress),
        );
      case 'PTR':
        return [];
    }
  }

  /** The alias and what its target resolves to. An alias within the zone that leads nowhere is left out. */
  private alias(name: string, type: 'A' | 'AAAA', host: string, before: readonly string[]): DnsRecord[] {
    const target = withDot(host);
    const plain = withoutDot(target).toLowerCase();
    if (plain === withoutDot(name).toLowerCase() || before.length > maxAliases || before.includes(plain)) return [];
    const own = aliasRecord(name, host);
    if (!this.zone.covers(plain)) return [own, ...this.upstream.query(target, type).answers];
    const entries = this.zone.lookup(plain);
    const next = entries === 'absent' ? [] : this.records(target, type, entries, [...before, plain]);
    return next.length > 0 ? [own, ...next] : [];
  }

  private reverse(name: string, plain: string, type: DnsQueryType): NameServerAnswer {
    const address = plain.slice(0, -'.in-addr.arpa'.length).split('.').reverse().join('.');
    const names = parseAddress(address) === undefined ? [] : this.zone.reverse(address);
    if (names.length === 0) return this.upstream.query(name, type);
    if (type !== 'PTR') return noData;
    const answers = [...new Set(names)].map((data): DnsRecord => ({ name, type, ttl, data }));
    return { code: 'NOERROR', answers };
  }
}

function addressRecords(name: string, type: 'A' | 'AAAA', { host }: ZoneEntry): DnsRecord[] {
  const family = host.includes(':') ? 'AAAA' : 'A';
  return family === type ? [{ name, type, ttl, data: host }] : [];
}

function aliasRecord(name: string, host: string): DnsRecord {
  return { name, type: 'CNAME', ttl, data: withDot(host) };
}

/** All of one priority; the weights share 100 and are at least 1. */
function serviceRecords(name: string, entries: readonly ZoneEntry[]): DnsRecord[] {
  const weight = Math.max(1, Math.floor(100 / Math.max(1, entries.length)));
  return entries
    .filter(({ port }) => port !== -1)
    .map(({ port, target }): DnsRecord => ({ name, type: 'SRV', ttl, data: `0 ${weight} ${port} ${target}` }))
    .filter(isFirst);
}

function isFirst(record: DnsRecord, index: number, all: readonly DnsRecord[]): boolean {
  return all.findIndex((other) => other.name === record.name && other.data === record.data) === index;
}

export function withDot(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

export function withoutDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}
