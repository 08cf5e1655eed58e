import type { DnsAnswer, DnsQueryType } from '../cluster.ts';
import type { Duration } from '../engine/time.ts';
import { reverseName, withDot } from './domain-name.ts';
import type { AskNameServer, DnsMessage } from './message.ts';
import { ndotsOf, numberOption, type ResolvConf } from './resolv-conf.ts';

/** Which C library resolves: they search differently. */
export type Libc = 'glibc' | 'musl';

export interface ResolverAnswer extends DnsAnswer {
  /** What the client waited for name servers that do not answer. */
  readonly elapsed: Duration;
}

/** A stub resolver with a search path, as a program of that C library has it. */
export function resolve(
  conf: ResolvConf,
  ask: AskNameServer,
  name: string,
  type: DnsQueryType,
  libc: Libc = 'glibc',
): ResolverAnswer {
  const wanted = (type === 'PTR' && reverseName(name)) || name;
  const candidates = libc === 'musl' ? muslCandidates(conf, wanted) : glibcCandidates(conf, wanted);
  const attempts: Attempt[] = [];
  let elapsed = 0;
  for (const candidate of candidates) {
    // glibc takes silence for a reason to ask for the bare name and then to stop; musl stops at once.
    const isLost = attempts.some(({ code }) => code === 'timeout');
    if (isLost && (libc === 'musl' || candidate !== withDot(wanted))) continue;
    const exchange = exchangeWith(conf, ask, candidate, type, libc);
    elapsed += exchange.elapsed;
    const { message } = exchange;
    if (message && message.answers.length > 0)
      return { code: message.code, name: candidate, answers: message.answers, tried: attempts.map(triedOf), elapsed };
    const code = message?.code ?? 'timeout';
    attempts.push({ name: candidate, code });
    // musl's name_from_dns_search goes on after NXDOMAIN alone.
    if (libc === 'musl' && code !== 'NXDOMAIN') break;
  }
  return { ...failureOf(attempts, withDot(wanted), libc), elapsed };
}

interface Attempt {
  readonly name: string;
  readonly code: DnsAnswer['code'];
}

function triedOf({ name, code }: Attempt): { name: string; code: string } {
  return { name, code: code === 'NOERROR' ? 'NODATA' : code };
}

/**
 * glibc's res_search: what the bare name gave decides if it was asked first; else one empty answer among the name errors makes
 * the whole "no data", and a failing server a failure; else the last attempt decides. The deciding one is not in `tried`.
 */
function failureOf(attempts: readonly Attempt[], bareName: string, libc: Libc): DnsAnswer {
  const [first] = attempts;
  const deciding =
    (libc === 'glibc' && first?.name === bareName ? first : undefined) ??
    (libc === 'glibc' ? attempts.find(({ code }) => code === 'NOERROR') : undefined) ??
    (libc === 'glibc' ? attempts.find(({ code }) => code === 'SERVFAIL') : undefined) ??
    attempts.at(-1);
  const tried = attempts.filter((attempt) => attempt !== deciding).map(triedOf);
  return { code: deciding?.code ?? 'NXDOMAIN', name: deciding?.name ?? bareName, answers: [], tried };
}

interface Exchange {
  readonly message?: DnsMessage;
  readonly elapsed: Duration;
}

function exchangeWith(conf: ResolvConf, ask: AskNameServer, name: string, type: DnsQueryType, libc: Libc): Exchange {
  if (!isSendable(name)) return { message: nameError, elapsed: 0 };
  const timeout = Math.min(30, numberOption(conf, 'timeout') ?? 5) * 1_000;
  const rounds = Math.min(5, numberOption(conf, 'attempts') ?? 2);
  let elapsed = 0;
  for (const [index, server] of conf.nameservers.entries()) {
    const message = ask(server, { name, type });
    // musl asks all of its servers at once.
    if (message) return { message, elapsed: libc === 'musl' ? 0 : elapsed };
    elapsed += serverTimeout(timeout, index, conf.nameservers.length);
  }
  // musl repeats the question within its one timeout (res_msend.c); glibc goes round the servers again.
  return { elapsed: libc === 'musl' ? timeout : elapsed * rounds };
}

/** glibc resolv/res_send.c send_dg: later servers get a share of a doubled time. */
function serverTimeout(timeout: Duration, index: number, servers: number): Duration {
  return index === 0 ? timeout : Math.max(1_000, Math.floor((timeout * 2 ** index) / servers / 1_000) * 1_000);
}

const nameError: DnsMessage = {
  code: 'NXDOMAIN',
  answers: [],
  authority: [],
  additional: [],
  authoritative: false,
  recursionAvailable: false,
};

/** RFC 1035: 63 octets a label, 253 characters a name; a resolver does not send more. */
function isSendable(name: string): boolean {
  return (
    name.length <= 254 &&
    name
      .slice(0, -1)
      .split('.')
      .every((label) => label.length > 0 && label.length <= 63)
  );
}

/** Names with a final dot as they are; with at least `ndots` dots the bare name first, others last. */
function glibcCandidates(conf: ResolvConf, name: string): readonly string[] {
  if (name.endsWith('.')) return [name];
  const searched = conf.search.map((path) => withDot(`${name}.${path}`));
  return dotsOf(name) >= ndotsOf(conf) ? [withDot(name), ...searched] : [...searched, withDot(name)];
}

/** musl src/network/lookup_name.c: no search at all for names with enough dots, and only 255 characters of a search line. */
function muslCandidates(conf: ResolvConf, name: string): readonly string[] {
  if (name.endsWith('.')) return [name];
  const isSearched = dotsOf(name) < ndotsOf(conf) && conf.search.join(' ').length < 256;
  return isSearched ? [...conf.search.map((path) => withDot(`${name}.${path}`)), withDot(name)] : [withDot(name)];
}

function dotsOf(name: string): number {
  return name.split('.').length - 1;
}
