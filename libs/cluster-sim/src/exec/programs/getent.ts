import { hostAddress, hostsEntry, isAddress, queryExactly, withoutDot } from '../networking.ts';
import { fail, succeed } from '../program.ts';
import type { Program } from '../program.ts';
import { joinLines } from '../text.ts';

/** getent hosts|ahosts|ahostsv4 NAME; exit code 2 when there is none. */
export const getent: Program = {
  name: 'getent',
  run(argv, _stdin, environment) {
    const [, database, key] = argv;
    if (database === undefined) return fail(1, 'getent: wrong number of arguments\n');
    if (key === undefined || !['hosts', 'ahosts', 'ahostsv4'].includes(database))
      return fail(1, `Unknown database: ${database}\n`);
    if (database === 'hosts' && isAddress(key)) {
      const name = queryExactly(`${key.split('.').reverse().join('.')}.in-addr.arpa`, 'PTR', environment).answers[0]
        ?.data;
      return name === undefined ? fail(2, '') : succeed(`${key.padEnd(15)} ${withoutDot(name)}\n`);
    }
    const found = hostAddress(key, environment);
    if (found.kind !== 'address') return fail(2, '', found.elapsed);
    const { all, canonicalName } = found;
    if (database === 'hosts') {
      const name = hostsEntry(key, environment) === undefined ? canonicalName : key;
      return succeed(joinLines(all.map((address) => `${address.padEnd(15)} ${name}`)));
    }
    const rows = all.map((address, index) => [
      `${address.padEnd(15)} STREAM ${index === 0 ? canonicalName : ''}`,
      `${address.padEnd(15)} DGRAM  `,
      `${address.padEnd(15)} RAW    `,
    ]);
    return succeed(joinLines(rows.flat()));
  },
};
