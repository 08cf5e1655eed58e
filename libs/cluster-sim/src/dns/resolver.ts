import type { DnsAnswer, DnsQueryType } from '../cluster.ts';
import { parseAddress } from '../network/ipv4.ts';
import { withDot, type NameServer, type NameServerAnswer } from './name-server.ts';
import { ndotsOf, type ResolvConf } from './resolv-conf.ts';

/** Finds the name server behind an address; undefined: nobody answers there. */
export type NameServers = (address: string) => NameServer | undefined;

/**
 * A stub resolver with a search path, as glibc's res_search: names with a final dot are taken as they are; names with at least
 * `ndots` dots are tried as they are first and with the search path then, others the other way round.
 */
export function resolve(conf: ResolvConf, servers: NameServers, name: string, type: DnsQueryType): DnsAnswer {
  const server = conf.nameservers.map(servers).find((candidate) => candidate !== undefined);
  const candidates = candidateNames(conf, name, type);
  const tried: { name: string; code: string }[] = [];
  let sawNoData: string | undefined;
  let last = withDot(name);
  for (const candidate of candidates) {
    if (!server) return { code: 'timeout', name: candidate, answers: [], tried };
    const { code, answers } = query(server, candidate, type);
    last = candidate;
    if (answers.length > 0) return { code, name: candidate, answers, tried };
    tried.push({ name: candidate, code: code === 'NOERROR' ? 'NODATA' : code });
    if (code === 'NOERROR') sawNoData ??= candidate;
  }
  // One empty answer among the name errors makes the whole "no data"; the last name tried is not in `tried`.
  const final = sawNoData ?? last;
  const before = tried.filter((attempt) => attempt.name !== final);
  return { code: sawNoData === undefined ? 'NXDOMAIN' : 'NOERROR', name: final, answers: [], tried: before };
}

function query(server: NameServer, name: string, type: DnsQueryType): NameServerAnswer {
  // RFC 1035: 63 octets a label, 253 characters a name; a resolver does not send more.
  const labels = name.slice(0, -1).split('.');
  const isSendable = name.length <= 254 && labels.every((label) => label.length > 0 && label.length <= 63);
  return isSendable ? server.query(name, type) : { code: 'NXDOMAIN', answers: [] };
}

function candidateNames(conf: ResolvConf, name: string, type: DnsQueryType): string[] {
  if (type === 'PTR' && parseAddress(name) !== undefined)
    return [`${name.split('.').reverse().join('.')}.in-addr.arpa.`];
  if (name.endsWith('.')) return [name];
  const searched = conf.search.map((path) => withDot(`${name}.${path}`));
  const dots = name.split('.').length - 1;
  return dots >= ndotsOf(conf) ? [withDot(name), ...searched] : [...searched, withDot(name)];
}
