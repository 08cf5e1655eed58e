import type { DnsQueryType } from '../cluster.ts';
import { withDot, withoutDot } from '../dns/domain-name.ts';
import type { AskNameServer, DnsMessage } from '../dns/message.ts';
import { parseResolvConf, type ResolvConf } from '../dns/resolv-conf.ts';
import { resolve, type ResolverAnswer } from '../dns/resolver.ts';
import type { Duration } from '../engine/time.ts';
import { feltOutcome } from '../network/felt-outcome.ts';
import type { Outcome, Probe } from '../network/flow.ts';
import type { ExecEnvironment } from './program.ts';

/** How long a SYN is repeated before connect(2) gives up: net.ipv4.tcp_syn_retries 6, then ETIMEDOUT. */
export const connectTimeout: Duration = 134_000;
/** ARP gives up after three requests, a second apart: EHOSTUNREACH. */
export const hostUnreachableDelay: Duration = 3_060;

export type HostAddress =
  | {
      readonly kind: 'address';
      readonly address: string;
      readonly all: readonly string[];
      readonly canonicalName: string;
      readonly elapsed: Duration;
    }
  | { readonly kind: 'notFound' | 'noAddress' | 'noServer'; readonly elapsed: Duration };

const ipv4Pattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

export function isAddress(host: string): boolean {
  return ipv4Pattern.test(host);
}

/** getaddrinfo(3) for IPv4: an address, /etc/hosts, then the resolver. */
export function hostAddress(host: string, environment: ExecEnvironment): HostAddress {
  if (isAddress(host)) return { kind: 'address', address: host, all: [host], canonicalName: host, elapsed: 0 };
  const listed = hostsEntry(host, environment);
  if (listed !== undefined) return { kind: 'address', address: listed, all: [listed], canonicalName: host, elapsed: 0 };
  const { answers, code, name, elapsed } = query(host, 'A', environment);
  const all = answers.filter(({ type }) => type === 'A').map(({ data }) => data);
  const [address] = all;
  const canonicalName = withoutDot(answers.find(({ type }) => type === 'A')?.name ?? name);
  if (address !== undefined) return { kind: 'address', address, all, canonicalName, elapsed };
  if (code === 'NOERROR') return { kind: 'noAddress', elapsed };
  return { kind: code === 'NXDOMAIN' ? 'notFound' : 'noServer', elapsed };
}

/** gai_strerror(3). */
export function lookupError({ kind }: Exclude<HostAddress, { kind: 'address' }>, { libc }: ExecEnvironment): string {
  switch (kind) {
    case 'notFound':
      return libc === 'musl' ? 'Name does not resolve' : 'Name or service not known';
    case 'noAddress':
      return libc === 'musl' ? 'Name has no usable address' : 'No address associated with hostname';
    case 'noServer':
      return libc === 'musl' ? 'Try again' : 'Temporary failure in name resolution';
  }
}

/** The address that /etc/hosts gives a name. */
export function hostsEntry(host: string, { files }: ExecEnvironment): string | undefined {
  if (host === 'localhost') return '127.0.0.1';
  const wanted = host.toLowerCase();
  for (const line of files.read('/etc/hosts').split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (address !== undefined && isAddress(address) && names.some((name) => name.toLowerCase() === wanted))
      return address;
  }
  return undefined;
}

/** Asks the resolver, search path included. */
export function query(name: string, type: DnsQueryType, environment: ExecEnvironment): ResolverAnswer {
  const ask: AskNameServer = (server, question) => environment.network?.ask(server, question);
  return resolve(resolverConfiguration(environment), ask, name, type, environment.libc);
}

/** Asks a name server for exactly this name, as `dig` does; by default the first of resolv.conf. */
export function queryExactly(
  name: string,
  type: DnsQueryType,
  environment: ExecEnvironment,
  server = resolverConfiguration(environment).nameservers[0] ?? '',
): DnsMessage | undefined {
  return environment.network?.ask(server, { name: withDot(name), type });
}

/** Opens a connection to an address that is already known. */
export function connect(probe: Omit<Probe, 'from'>, { network }: ExecEnvironment): Outcome {
  return network ? feltOutcome(network.connect(probe).outcome) : { kind: 'unreachable', errno: 'ENETUNREACH' };
}

/** resolv.conf(5); without a name server the resolver asks its own host. */
export function resolverConfiguration({ files }: ExecEnvironment): ResolvConf {
  const conf = parseResolvConf(files.read('/etc/resolv.conf'));
  return conf.nameservers.length > 0 ? conf : { ...conf, nameservers: ['127.0.0.1'] };
}

/** strerror(3) of an outcome that is not a connection. */
export function connectError(outcome: Outcome): { readonly text: string; readonly elapsed: Duration } {
  switch (outcome.kind) {
    case 'refused':
      return { text: 'Connection refused', elapsed: 0 };
    case 'unreachable':
      return outcome.errno === 'ENETUNREACH'
        ? { text: 'Network is unreachable', elapsed: 0 }
        : { text: 'Host is unreachable', elapsed: hostUnreachableDelay };
    default:
      return { text: 'Connection timed out', elapsed: connectTimeout };
  }
}

export interface ParsedUrl {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** Path with query, '/' at least. */
  readonly path: string;
  /** As in the Host header: with the port unless it is the scheme's own. */
  readonly authority: string;
}

const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
]);

/** A URL as command line tools take it: the scheme may be missing. */
export function parseUrl(text: string): ParsedUrl | undefined {
  const match =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:[^@/?#]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d{0,6}))?([/?][^#]*)?(?:#.*)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, scheme = 'http', host = '', portText, path = '/'] = match;
  const standard = defaultPorts.get(scheme.toLowerCase());
  const port = portText === undefined || portText === '' ? standard : Number(portText);
  if (host === '' || port === undefined || port < 1 || port > 65_535) return undefined;
  const authority = port === standard ? host : `${host}:${port}`;
  return { scheme: scheme.toLowerCase(), host, port, path: path.startsWith('?') ? `/${path}` : path, authority };
}
