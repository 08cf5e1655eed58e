import type { DnsRecord, ExternalHost } from '../cluster.ts';
import { parseIp } from '../api/validation/ip-address.ts';
import { withoutDot } from './domain-name.ts';
import type { DnsMessage, DnsQuestion } from './message.ts';

/** The root zone's SOA record, with which a resolver denies what no zone below has. */
const rootAuthority: DnsRecord = {
  name: '.',
  type: 'SOA',
  ttl: 86_400,
  data: 'a.root-servers.net. nstld.verisign-grs.com. 2026010100 1800 900 604800 86400',
};

/** What a name server does with questions. */
export interface NameServer {
  query(question: DnsQuestion): DnsMessage;
}

/** The world's DNS as far as the cluster's options know it: the external hosts' names, from a recursive resolver. */
export class UpstreamNameServer implements NameServer {
  private readonly hosts: readonly ExternalHost[];

  constructor(hosts: readonly ExternalHost[]) {
    this.hosts = hosts;
  }

  query({ name, type }: DnsQuestion): DnsMessage {
    const plain = withoutDot(name).toLowerCase();
    const hosts = this.hosts.filter(({ dnsNames }) =>
      dnsNames?.some((known) => withoutDot(known).toLowerCase() === plain),
    );
    const answers = hosts.flatMap(({ address }): DnsRecord[] =>
      addressType(address) === type ? [{ name, type, ttl: 300, data: address }] : [],
    );
    return {
      code: hosts.length === 0 && plain !== '' ? 'NXDOMAIN' : 'NOERROR',
      answers,
      authority: answers.length > 0 ? [] : [rootAuthority],
      additional: [],
      authoritative: false,
      recursionAvailable: true,
    };
  }
}

function addressType(address: string): 'A' | 'AAAA' | undefined {
  switch (parseIp(address)?.family) {
    case 'IPv4':
      return 'A';
    case 'IPv6':
      return 'AAAA';
    case undefined:
      return undefined;
  }
}
