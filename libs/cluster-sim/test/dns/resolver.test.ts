import { describe, expect, it } from '@jest/globals';
import type { DnsMessage, DnsQuestion } from '../../src/dns/message.ts';
import { parseResolvConf } from '../../src/dns/resolv-conf.ts';
import { resolve, type Libc } from '../../src/dns/resolver.ts';

/** Names that exist: with an address, or without. */
const addresses: ReadonlyMap<string, string> = new Map([
  ['web.default.svc.cluster.local.', '10.96.0.20'],
  ['www.example.com.', '198.51.100.7'],
  ['a.b.c.d.e.example.com.', '198.51.100.8'],
]);
const empty = new Set(['six.svc.cluster.local.']);

function answer({ name, type }: DnsQuestion): DnsMessage {
  const data = addresses.get(name);
  const section = { authority: [], additional: [], authoritative: true, recursionAvailable: false };
  if (data !== undefined) return { code: 'NOERROR', answers: [{ name, type, ttl: 30, data }], ...section };
  return { code: empty.has(name) ? 'NOERROR' : 'NXDOMAIN', answers: [], ...section };
}

const podFile =
  'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n';

function lookUp(name: string, libc: Libc, file = podFile): string {
  const asked: string[] = [];
  const result = resolve(
    parseResolvConf(file),
    (server, question) => {
      if (server !== '10.96.0.10') return undefined;
      asked.push(question.name);
      return answer(question);
    },
    name,
    'A',
    libc,
  );
  const data = result.answers.map((record) => record.data).join(',');
  return `${data || result.code} after ${asked.length} in ${result.elapsed / 1_000} s`;
}

describe('the search of a resolver', () => {
  it.each<[string, string, string]>([
    ['web', '10.96.0.20 after 1 in 0 s', '10.96.0.20 after 1 in 0 s'],
    ['nosuch', 'NXDOMAIN after 4 in 0 s', 'NXDOMAIN after 4 in 0 s'],
    // Four questions for a name of the world outside: the price of ndots:5.
    ['www.example.com', '198.51.100.7 after 4 in 0 s', '198.51.100.7 after 4 in 0 s'],
    ['www.example.com.', '198.51.100.7 after 1 in 0 s', '198.51.100.7 after 1 in 0 s'],
    // Enough dots: as it is first. glibc still searches after that, musl does not.
    ['a.b.c.d.e.example.com', '198.51.100.8 after 1 in 0 s', '198.51.100.8 after 1 in 0 s'],
    ['a.b.c.d.e.nosuch', 'NXDOMAIN after 4 in 0 s', 'NXDOMAIN after 1 in 0 s'],
    // A name without an address ends musl's search; glibc goes on and remembers it.
    ['six', 'NOERROR after 4 in 0 s', 'NOERROR after 2 in 0 s'],
  ])('%s: glibc %s, musl %s', (name, glibc, musl) => {
    expect([lookUp(name, 'glibc'), lookUp(name, 'musl')]).toEqual([glibc, musl]);
  });

  it.each<[string, string, string, string]>([
    ['nobody answers', podFile.replace('10.96.0.10', '10.0.0.1'), 'timeout after 0 in 20 s', 'timeout after 0 in 5 s'],
    [
      'nobody answers, and options say how long to wait',
      `nameserver 10.0.0.1\noptions timeout:1 attempts:1\n`,
      'timeout after 0 in 1 s',
      'timeout after 0 in 1 s',
    ],
    [
      'the first of two does not answer',
      'nameserver 10.0.0.1\nnameserver 10.96.0.10\nsearch default.svc.cluster.local\n',
      '10.96.0.20 after 1 in 5 s',
      '10.96.0.20 after 1 in 0 s',
    ],
  ])('%s', (_title, file, glibc, musl) => {
    expect([lookUp('web', 'glibc', file), lookUp('web', 'musl', file)]).toEqual([glibc, musl]);
  });

  it('reads the last search line and all options', () => {
    expect(
      parseResolvConf(
        'domain a.b\nsearch c.d\n# nameserver 1.1.1.1\nnameserver 2.2.2.2\noptions edns0\noptions ndots:2\n',
      ),
    ).toEqual({ nameservers: ['2.2.2.2'], search: ['c.d'], options: ['edns0', 'ndots:2'] });
  });
});
