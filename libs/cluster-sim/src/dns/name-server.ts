import type { DnsQueryType, DnsRecord } from '../cluster.ts';
import { isWithin, reversedAddress, withDot, withoutDot } from './domain-name.ts';
import type { KubernetesZone, ZoneAnswer, ZoneEntry } from './kubernetes-zone.ts';
import type { DnsMessage, DnsQuestion } from './message.ts';
import { serviceRecords } from './service-records.ts';
import type { NameServer } from './upstream-name-server.ts';

/** plugin/backend_lookup.go maxCnameChainLength: how many aliases may come before the last one. */
const maxAliases = 10;
/** The Corefile's `ttl 30` and `cache 30`, which caps what comes from elsewhere too. */
const ttl = 30;
/** Zones that the Corefile gives to the kubernetes plugin besides the cluster's own, with fallthrough. */
const reverseZones = ['in-addr.arpa', 'ip6.arpa'];
/** kubernetes.go DNSSchemaVersion. */
const schemaVersion = '"1.1.0"';

interface Section {
  readonly answers: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
}

/** What the plugin has for a question; 'absent' is NXDOMAIN. */
type Found = Section | 'absent';

const nothing: Section = { answers: [], additional: [] };

/** Where the cluster's DNS is to be found: its Service, which it names as its zone's name server. */
export interface DnsServiceIdentity {
  readonly address: string;
  /** With final dot. */
  readonly name: string;
}

/**
 * CoreDNS with kubeadm's Corefile: the cluster's zone and its reverse names from the objects, everything else upstream.
 * It answers without being reached: whether its Service, pods and the packets to them work is not asked. A lookup that
 * goes through the data plane would start at `AskNameServer`, which chooses the name server by its address.
 */
export class ClusterNameServer implements NameServer {
  private readonly zone: KubernetesZone;
  private readonly upstream: NameServer;
  private readonly identity: DnsServiceIdentity;
  private readonly serial: number;

  /** `serial`: when the objects last changed, in seconds; the plugin starts with its own start. */
  constructor(zone: KubernetesZone, upstream: NameServer, identity: DnsServiceIdentity, serial: number) {
    this.zone = zone;
    this.upstream = upstream;
    this.identity = identity;
    this.serial = serial;
  }

  /** plugin/kubernetes/handler.go ServeDNS. */
  query({ name, type }: DnsQuestion): DnsMessage {
    const plain = withoutDot(name).toLowerCase();
    const reverseZone = reverseZones.find((zone) => isWithin(plain, zone));
    if (!reverseZone && !this.zone.covers(plain)) return this.forwarded({ name, type });
    const found = reverseZone
      ? this.reverse(name, plain, type, plain === reverseZone)
      : this.find(name, plain, type, plain === this.zone.domain);
    if (found === 'absent' && reverseZone) return this.forwarded({ name, type });
    const { answers, additional } = found === 'absent' ? nothing : found;
    return {
      code: found === 'absent' ? 'NXDOMAIN' : 'NOERROR',
      answers,
      authority: answers.length > 0 ? [] : [this.authority(withDot(reverseZone ?? this.zone.domain))],
      additional,
      authoritative: true,
      recursionAvailable: false,
    };
  }

  private forwarded(question: DnsQuestion): DnsMessage {
    const message = this.upstream.query(question);
    const capped = (records: readonly DnsRecord[]): DnsRecord[] =>
      records.map((record) => ({ ...record, ttl: Math.min(record.ttl, ttl) }));
    return { ...message, answers: capped(message.answers), authority: capped(message.authority) };
  }

  /** plugin/backend_lookup.go SOA. */
  private authority(zone: string): DnsRecord {
    const data = `ns.dns.${zone} hostmaster.${zone} ${this.serial} 7200 1800 86400 ${ttl}`;
    return { name: zone, type: 'SOA', ttl, data };
  }

  private find(name: string, plain: string, type: DnsQueryType, isApex: boolean): Found {
    // kubernetes.go isDefaultNS: the name that the SOA record gives to the name server.
    const isOwnName = plain === `ns.dns.${this.zone.domain}`;
    switch (type) {
      case 'A':
      case 'AAAA':
        if (isOwnName) return this.ownAddresses(name, type);
        return sectionOf(this.zone.lookup(plain), (entries) => this.addresses(name, type, entries, []));
      case 'CNAME':
        if (isOwnName) return nothing;
        return sectionOf(this.zone.lookup(plain), ([first]) =>
          first?.type === 'CNAME' ? [aliasRecord(name, first.host)] : [],
        );
      case 'SRV': {
        const entries = isOwnName ? [] : this.zone.lookup(plain);
        return entries === 'absent' ? entries : serviceRecords(name, entries, ttl);
      }
      case 'TXT':
        return this.text(name, plain);
      case 'SOA':
        // Not asked for any other name, so that none is denied.
        return isApex ? { answers: [this.authority(name)], additional: [] } : nothing;
      case 'NS':
        if (isApex) return this.nameServers(name);
        return sectionOf(this.zone.lookup(plain), () => []);
      case 'PTR':
      case 'MX':
      case 'ANY':
        if (isOwnName) return nothing;
        return sectionOf(this.zone.lookup(plain), () => []);
    }
  }

  /** The only text of the zone; other names are denied unless they have records of another type. */
  private text(name: string, plain: string): Found {
    if (plain === `dns-version.${this.zone.domain}`)
      return { answers: [{ name, type: 'TXT', ttl, data: schemaVersion }], additional: [] };
    const entries = this.zone.lookup(plain);
    return entries === 'absent' || entries.length === 0 ? 'absent' : nothing;
  }

  private ownAddresses(name: string, type: 'A' | 'AAAA'): Section {
    const { address } = this.identity;
    return type === 'A' ? { answers: [{ name, type, ttl, data: address }], additional: [] } : nothing;
  }

  private nameServers(name: string): Section {
    const { name: data, address } = this.identity;
    return {
      answers: [{ name, type: 'NS', ttl, data }],
      additional: [{ name: data, type: 'A', ttl, data: address }],
    };
  }

  /** plugin/backend_lookup.go A and AAAA. `before`: the targets of the aliases that led here. */
  private addresses(
    name: string,
    type: 'A' | 'AAAA',
    entries: readonly ZoneEntry[],
    before: readonly string[],
  ): readonly DnsRecord[] {
    const records = entries.flatMap((entry): readonly DnsRecord[] => {
      if (entry.type === 'CNAME') return this.alias(name, type, entry.host, before);
      return entry.type === type ? [{ name, type, ttl, data: entry.host }] : [];
    });
    if (records.length < 2) return records;
    return [...new Map(records.map((record) => [`${record.name} ${record.data}`, record])).values()];
  }

  /** The alias and what its target resolves to. An alias within the zone that leads nowhere is left out. */
  private alias(name: string, type: 'A' | 'AAAA', host: string, before: readonly string[]): readonly DnsRecord[] {
    const target = withDot(host);
    const plain = withoutDot(target).toLowerCase();
    // A name that is an alias of itself or of what would be below it.
    if (isWithin(plain, withoutDot(name).toLowerCase())) return [];
    if (before.length > maxAliases || before.includes(target)) return [];
    const own = aliasRecord(name, host);
    if (!this.zone.covers(plain)) return [own, ...this.forwarded({ name: target, type }).answers];
    const entries = this.zone.lookup(plain);
    const next = entries === 'absent' ? [] : this.addresses(target, type, entries, [...before, target]);
    return next.length > 0 ? [own, ...next] : [];
  }

  /** Only PTR has records here; for all other types a reverse name is none of the cluster's. */
  private reverse(name: string, plain: string, type: DnsQueryType, isApex: boolean): Found {
    if (isApex) {
      if (type === 'SOA') return { answers: [this.authority(name)], additional: [] };
      if (type === 'NS') return this.nameServers(name);
      return type === 'TXT' ? 'absent' : nothing;
    }
    if (type === 'SOA') return nothing;
    const address = type === 'PTR' ? reversedAddress(plain) : undefined;
    const names = address === undefined ? [] : this.zone.reverse(address);
    if (names.length === 0) return 'absent';
    return { answers: names.map((data): DnsRecord => ({ name, type, ttl, data })), additional: [] };
  }
}

function sectionOf(
  entries: ZoneAnswer,
  recordsOf: (entries: readonly ZoneEntry[]) => readonly DnsRecord[],
): Section | 'absent' {
  return entries === 'absent' ? entries : { answers: recordsOf(entries), additional: [] };
}

function aliasRecord(name: string, host: string): DnsRecord {
  return { name, type: 'CNAME', ttl, data: withDot(host) };
}
