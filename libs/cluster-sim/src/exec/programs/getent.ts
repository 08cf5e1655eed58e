import type { DnsQueryType } from '../../cluster.ts';
import { reverseName, withoutDot } from '../../dns/domain-name.ts';
import { hostAddress, hostsEntry, isAddress, query, queryExactly } from '../networking.ts';
import { fail, succeed } from '../program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../program.ts';
import { joinLines } from '../text.ts';

const notFound = 2;
const databases = new Set(['hosts', 'ahosts', 'ahostsv4', 'ahostsv6']);

/** getent hosts|ahosts|ahostsv4|ahostsv6 NAME ...; exit code 2 when one of them is not there. */
export const getent: Program = {
  name: 'getent',
  run(argv, _stdin, environment) {
    const [, database, ...keys] = argv;
    if (database === undefined) return fail(1, 'getent: wrong number of arguments\n');
    if (!databases.has(database)) return fail(1, `Unknown database: ${database}\n`);
    if (keys.length === 0) return database === 'hosts' ? succeed(listedHosts(environment)) : fail(notFound, '');
    let [stdout, exitCode, elapsed] = ['', 0, 0];
    for (const key of keys) {
      const result = database === 'hosts' ? hosts(key, environment) : allHosts(database, key, environment);
      stdout += result.stdout;
      elapsed += result.elapsed;
      exitCode = Math.max(exitCode, result.exitCode);
    }
    return { stdout, stderr: '', exitCode, elapsed };
  },
};

/** Without a key: what /etc/hosts has. */
function listedHosts({ files }: ExecEnvironment): string {
  const rows = files
    .read('/etc/hosts')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(([address = '']) => address.includes('.'));
  return joinLines(rows.map(([address = '', ...names]) => `${address.padEnd(15)} ${names.join(' ')}`));
}

/** gethostbyname2(3) for IPv6, then for IPv4; an address is looked up backwards. */
function hosts(key: string, environment: ExecEnvironment): ProgramResult {
  if (environment.libc === 'musl') return muslHosts(key, environment);
  const reverse = reverseName(key);
  if (reverse) {
    const name = queryExactly(reverse, 'PTR', environment)?.answers[0]?.data;
    return name === undefined ? fail(notFound, '') : succeed(`${key.padEnd(15)} ${withoutDot(name)}\n`);
  }
  const sixes = hostsEntry(key, environment) === undefined ? addressesOf(key, 'AAAA', environment) : [];
  if (sixes.length > 0) return succeed(joinLines(sixes.map(({ data, name }) => `${data.padEnd(15)} ${name}`)));
  const found = hostAddress(key, environment);
  if (found.kind !== 'address') return fail(notFound, '', found.elapsed);
  return succeed(joinLines(found.all.map((address) => `${address.padEnd(15)} ${found.canonicalName}`)), found.elapsed);
}

/** Alpine's getent shows the first address, the name, and as aliases the name again and what was asked for (musl's gethostbyname). */
function muslHosts(key: string, environment: ExecEnvironment): ProgramResult {
  const reverse = reverseName(key);
  if (reverse) {
    const data = queryExactly(reverse, 'PTR', environment)?.answers[0]?.data;
    const name = data === undefined ? key : withoutDot(data);
    return succeed(`${key.padEnd(16)}  ${name}  ${name}\n`);
  }
  const found = hostAddress(key, environment);
  if (found.kind !== 'address') return fail(notFound, '', found.elapsed);
  const { address, canonicalName, elapsed } = found;
  const aliases = canonicalName === key ? [key] : [canonicalName, key];
  return succeed(`${address.padEnd(16)}  ${canonicalName}  ${aliases.join(' ')}\n`, elapsed);
}

/** getaddrinfo(3): a row for each kind of socket, the canonical name on the first. */
function allHosts(database: string, key: string, environment: ExecEnvironment): ProgramResult {
  const found = database === 'ahostsv6' ? undefined : hostAddress(key, environment);
  const sixes =
    database === 'ahostsv4' || isAddress(key) ? [] : addressesOf(key, 'AAAA', environment).map(({ data }) => data);
  const four = found?.kind === 'address' ? found.all : [];
  const all = [...sixes, ...four];
  if (all.length === 0) return fail(notFound, '', found?.elapsed ?? 0);
  const canonicalName = found?.kind === 'address' ? found.canonicalName : key;
  const rows = all.flatMap((address, index) => [
    `${address.padEnd(15)} STREAM ${index === 0 ? canonicalName : ''}`,
    `${address.padEnd(15)} DGRAM  `,
    `${address.padEnd(15)} RAW    `,
  ]);
  return succeed(joinLines(rows), found?.elapsed ?? 0);
}

function addressesOf(key: string, type: DnsQueryType, environment: ExecEnvironment) {
  return query(key, type, environment)
    .answers.filter((record) => record.type === type)
    .map(({ name, data }) => ({ name: withoutDot(name), data }));
}
