import type { DnsAnswer, DnsQueryType } from '../cluster.ts';
import type { Duration } from '../engine/time.ts';
import type { Outcome, Probe } from '../network/flow.ts';
import type { ExecEnvironment } from './program.ts';

/** How long a SYN is repeated before connect(2) gives up: net.ipv4.tcp_syn_retries 6, then ETIMEDOUT. */
export const connectTimeout: Duration = 134_000;
/** ARP gives up after three requests, a second apart: EHOSTUNREACH. */
export const hostUnreachableDelay: Duration = 3_060;
/** resolv.conf's defaults: timeout 5 s, attempts 2. */
export const resolverTimeout: Duration = 10_000;

export type HostAddress =
  | {
      readonly kind: 'address';
      readonly address: string;
      readonly all: readonly string[];
      readonly canonicalName: string;
    }
  | { readonly kind: 'notFound'; readonly elapsed: Duration }
  | { readonly kind: 'noServer'; readonly elapsed: Duration };

const ipv4Pattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

export function isAddress(host: string): boolean {
  return ipv4Pattern.test(host);
}

/** getaddrinfo(3) for IPv4: an address, /etc/hosts, then the resolver. */
export function hostAddress(host: string, environment: ExecEnvironment): HostAddress {
  if (isAddress(host)) return { kind: 'address', address: host, all: [host], canonicalName: host };
  const listed = hostsEntry(host, environment);
  if (listed !== undefined) return { kind: 'address', address: listed, all: [listed], canonicalName: host };
  const answer = query(host, 'A', environment);
  const all = answer.answers.filter(({ type }) => type === 'A').map(({ data }) => data);
  const [address] = all;
  if (address !== undefined) return { kind: 'address', address, all, canonicalName: withoutDot(answer.name) };
  if (answer.code === 'timeout') return { kind: 'noServer', elapsed: resolverTimeout };
  return { kind: 'notFound', elapsed: 0 };
}

/** The address that /etc/hosts gives a name. */
export function hostsEntry(host: string, { files }: ExecEnvironment): string | undefined {
  if (host === 'localhost') return '127.0.0.1';
  if (!files.isFile('/etc/hosts')) return undefined;
  for (const line of files.read('/etc/hosts').split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (address !== undefined && isAddress(address) && names.includes(host)) return address;
  }
  return undefined;
}

/** Asks the resolver, search path included. */
export function query(name: string, type: DnsQueryType, { network }: ExecEnvironment): DnsAnswer {
  return network?.resolve(name, type) ?? { code: 'timeout', name, answers: [], tried: [] };
}

/** Asks for exactly this name, as `dig` does. */
export function queryExactly(name: string, type: DnsQueryType, environment: ExecEnvironment): DnsAnswer {
  return query(name.endsWith('.') ? name : `${name}.`, type, environment);
}

/** Opens a connection to an address that is already known. */
export function connect(probe: Omit<Probe, 'from'>, { network }: ExecEnvironment): Outcome {
  return network?.connect(probe).outcome ?? { kind: 'unreachable', errno: 'ENETUNREACH' };
}

export interface ResolverConfiguration {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
}

/** resolv.conf(5). */
export function resolverConfiguration({ files }: ExecEnvironment): ResolverConfiguration {
  const text = files.isFile('/etc/resolv.conf') ? files.read('/etc/resolv.conf') : '';
  const servers: string[] = [];
  let search: string[] = [];
  let ndots = 1;
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line.trim().split(/\s+/);
    if (keyword === 'nameserver') servers.push(...values.slice(0, 1));
    else if (keyword === 'search') search = values;
    else if (keyword === 'options')
      ndots = Number(values.find((value) => value.startsWith('ndots:'))?.slice(6) ?? ndots);
  }
  return { servers: servers.length > 0 ? servers : ['127.0.0.1'], search, ndots };
}

export function withoutDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name;
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
