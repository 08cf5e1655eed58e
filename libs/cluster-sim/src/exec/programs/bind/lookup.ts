import type { DnsQueryType, DnsRecord } from '../../../cluster.ts';
import { withDot } from '../../../dns/domain-name.ts';
import { fitted } from '../../../dns/message-size.ts';
import type { DnsMessage } from '../../../dns/message.ts';
import { ndotsOf } from '../../../dns/resolv-conf.ts';
import { hostAddress, queryExactly, resolverConfiguration } from '../../networking.ts';
import type { ExecEnvironment } from '../../program.ts';

/** Record types that BIND's tools know and a question may name. */
const queryTypes = new Set<string>(['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'TXT', 'NS', 'SOA', 'MX', 'ANY']);

export function queryTypeOf(text: string | undefined): DnsQueryType | undefined {
  const upper = text?.toUpperCase() ?? '';
  return queryTypes.has(upper) ? (upper as DnsQueryType) : undefined;
}

export interface BindLookup {
  readonly name: string;
  readonly type: DnsQueryType;
  readonly server: BindServer;
  /** With the search list of resolv.conf. */
  readonly isSearched: boolean;
  /** What a datagram may hold, and the length of the OPT record: 512 and none without EDNS. */
  readonly buffer: number;
  readonly pseudo: number;
  readonly ndots?: number;
  readonly useTcp?: boolean;
}

export interface BindServer {
  readonly address: string;
  /** As the user wrote it. */
  readonly shown: string;
}

export type BindReply =
  | {
      readonly kind: 'answered';
      /** The name that was asked for last, with final dot. */
      readonly name: string;
      readonly message: DnsMessage;
      readonly size: number;
      /** Over TCP because the datagram was too small. */
      readonly wasTruncated: boolean;
    }
  | { readonly kind: 'silent' };

/** bin/dig/dighost.c: each name of the search list and the bare name last; anything but NXDOMAIN ends the search. */
export function bindLookup(lookup: BindLookup, environment: ExecEnvironment): BindReply {
  let last: BindReply = { kind: 'silent' };
  for (const name of candidates(lookup, environment)) {
    const whole = queryExactly(name, lookup.type, environment, lookup.server.address);
    if (!whole) return { kind: 'silent' };
    const question = { name, type: lookup.type };
    const datagram = fitted(question, whole, lookup.useTcp ? maxMessage : lookup.buffer, lookup.pseudo);
    const wasTruncated = datagram.message.truncated === true;
    const wire = wasTruncated ? fitted(question, whole, maxMessage, lookup.pseudo) : datagram;
    last = { kind: 'answered', name, message: wire.message, size: wire.size, wasTruncated };
    if (whole.code !== 'NXDOMAIN') return last;
  }
  return last;
}

const maxMessage = 65_535;

function candidates(lookup: BindLookup, environment: ExecEnvironment): readonly string[] {
  const { name, isSearched } = lookup;
  const conf = resolverConfiguration(environment);
  const isBare = !isSearched || name.endsWith('.') || name.split('.').length - 1 >= (lookup.ndots ?? ndotsOf(conf));
  return isBare ? [withDot(name)] : [...conf.search.map((path) => withDot(`${name}.${path}`)), withDot(name)];
}

/** The server that the user named, or the first of resolv.conf; undefined: its name does not resolve. */
export function bindServer(named: string | undefined, environment: ExecEnvironment): BindServer | undefined {
  if (named === undefined) {
    const [address = ''] = resolverConfiguration(environment).nameservers;
    return { address, shown: address };
  }
  const found = hostAddress(named, environment);
  return found.kind === 'address' ? { address: found.address, shown: named } : undefined;
}

/** The records of a section as BIND keeps them: together by owner and type, in the order of their first appearance. */
export function grouped(records: readonly DnsRecord[]): readonly DnsRecord[] {
  const sets = new Map<string, DnsRecord[]>();
  for (const record of records) {
    const key = `${record.name.toLowerCase()} ${record.type}`;
    const set = sets.get(key);
    if (set) set.push(record);
    else sets.set(key, [record]);
  }
  return [...sets.values()].flat();
}

/** Where the chain of aliases that starts at the name ends. */
export function endOfAliases(name: string, { answers }: DnsMessage): string {
  let end = name;
  for (let count = 0; count < answers.length; count += 1) {
    const alias = answers.find((record) => record.type === 'CNAME' && sameName(record.name, end));
    if (!alias) break;
    end = alias.data;
  }
  return end;
}

function sameName(first: string, second: string): boolean {
  return withDot(first).toLowerCase() === withDot(second).toLowerCase();
}

/** Seconds that a try lasts. */
export const tryTimeout = 5;

/** What each unanswered try leaves on the terminal. */
export function silenceText({ address }: BindServer, tries: number): string {
  return `;; communications error to ${address}#53: timed out\n`.repeat(tries);
}
