import type { DnsAnswer } from '../cluster.ts';
import type { ClusterDns } from '../dns/cluster-dns.ts';
import type { ObjectView } from '../store/object-view.ts';
import type { HopTeller } from './flight.ts';
import type { Evidence, Outcome, Probe } from './flow.ts';
import { parseAddress } from './ipv4.ts';

/** The addresses that a client may connect to, or why there is none. */
export type NameLookup =
  | { readonly kind: 'found'; readonly addresses: readonly string[]; readonly hops: readonly HopTeller[] }
  | { readonly kind: 'failed'; readonly outcome: Outcome; readonly hops: readonly HopTeller[] };

/** As getaddrinfo: a literal address, else /etc/hosts, else the name server. */
export function lookUp(dns: ClusterDns, view: ObjectView, probe: Probe): NameLookup {
  const { host, from } = probe;
  if (parseAddress(host) !== undefined) return { kind: 'found', addresses: [host], hops: [] };
  if (host.includes(':')) {
    const text = `${host} is an IPv6 address, and the network has IPv4 only.`;
    const hop: HopTeller = () => ({ kind: 'route', at: 'client', text });
    return { kind: 'failed', outcome: { kind: 'unreachable', errno: 'ENETUNREACH' }, hops: [hop] };
  }
  const known = dns.hostsAddress(from, host);
  if (known) {
    const text = `${host} is ${known} in /etc/hosts.`;
    const hop: HopTeller = () => ({ kind: 'resolver', at: '/etc/hosts', text });
    return { kind: 'found', addresses: [known], hops: [hop] };
  }
  const answer = dns.resolve(from, host, 'A');
  const addresses = answer.answers.filter(({ type }) => type === 'A').map(({ data }) => data);
  if (addresses.length === 0) return failure(answer, dns, view, probe);
  const hop: HopTeller = () => {
    const text = `${host} is ${addresses.join(', ')} (${answer.name}).`;
    return { kind: 'resolver', at: 'DNS', text };
  };
  return { kind: 'found', addresses, hops: [hop] };
}

function failure(answer: DnsAnswer, dns: ClusterDns, view: ObjectView, { host, from }: Probe): NameLookup {
  const tried = [...answer.tried.map(({ name }) => name), answer.name].join(', ');
  const evidence = namesakes(view, host);
  const hop =
    (text: string): HopTeller =>
    () => ({ kind: 'resolver', at: 'DNS', text, ...evidence });
  switch (answer.code) {
    case 'NXDOMAIN':
      return {
        kind: 'failed',
        outcome: { kind: 'nameNotFound', name: host },
        hops: [hop(`No such name: ${host} (tried ${tried}).`)],
      };
    case 'NOERROR':
      return {
        kind: 'failed',
        outcome: { kind: 'noAddress', name: host },
        hops: [hop(`${answer.name} exists, but has no IPv4 address.`)],
      };
    case 'REFUSED':
    case 'SERVFAIL':
    case 'timeout':
      return {
        kind: 'failed',
        outcome: { kind: 'resolverFailed', name: host },
        hops: [hop(`No name server answered the question for ${host}.`), ...dns.denial(from)],
      };
  }
}

/** The Services that the name may have meant: of that name, in whatever namespace. */
function namesakes(view: ObjectView, host: string): { readonly evidence?: readonly Evidence[] } {
  const [name = ''] = host.split('.', 1);
  const services = view.list('Service').filter(({ metadata }) => metadata.name === name);
  if (services.length === 0) return {};
  return {
    evidence: services.map(({ metadata }) => ({
      kind: 'Service',
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      path: ['metadata', 'namespace'],
    })),
  };
}
