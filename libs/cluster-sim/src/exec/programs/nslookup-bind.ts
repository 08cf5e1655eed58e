import type { DnsAnswer, DnsQueryType } from '../../cluster.ts';
import { isAddress, query, queryExactly, resolverConfiguration, withoutDot } from '../networking.ts';
import { fail } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';

/** nslookup of BIND 9.18: the search list as resolv.conf says, "can't find" with the name as typed when nothing is found. */
export const bindNslookup: Program = {
  name: 'nslookup',
  run(argv, _stdin, environment) {
    const type = argv
      .map((argument) => /^-(?:type|querytype|q|ty)=(\w+)$/i.exec(argument)?.[1]?.toUpperCase())
      .find((found) => found !== undefined);
    const [name, server] = argv.slice(1).filter((argument) => !argument.startsWith('-'));
    if (name === undefined) return fail(1, '');
    const wanted = queryTypes.get(type ?? 'A');
    if (!wanted) return fail(1, '', 0, `unknown query type: ${type ?? ''}\n`);
    const answers = isAddress(name)
      ? [reverse(name, environment)]
      : askAll(name, wanted, type === undefined, environment);
    const [first] = answers;
    if (!first || first.code === 'timeout')
      return fail(1, '', 15_000, ';; connection timed out; no servers could be reached\n\n');
    const address = server ?? resolverConfiguration(environment).servers[0] ?? '';
    const heading = isAddress(name) ? '' : `Server:\t\t${address}\nAddress:\t${address}#53\n\n`;
    if (first.code !== 'NOERROR') {
      const shown = isAddress(name) ? first.name : name;
      return fail(1, '', 0, `${heading}** server can't find ${withoutDot(shown)}: ${first.code}\n\n`);
    }
    if (answers.every((answer) => answer.answers.length === 0))
      return { stdout: `${heading}*** Can't find ${name}: No answer\n\n`, stderr: '', exitCode: 0, elapsed: 0 };
    return { stdout: `${heading}${answers.map(recordsText).join('')}\n`, stderr: '', exitCode: 0, elapsed: 1 };
  },
};

const queryTypes: ReadonlyMap<string, DnsQueryType> = new Map([
  ['A', 'A'],
  ['AAAA', 'AAAA'],
  ['CNAME', 'CNAME'],
  ['SRV', 'SRV'],
  ['PTR', 'PTR'],
]);

/** Without a type A is asked, then AAAA of the name that was found. */
function askAll(name: string, type: DnsQueryType, both: boolean, environment: ExecEnvironment): DnsAnswer[] {
  const first = query(name, type, environment);
  if (!both || first.code !== 'NOERROR') return [first];
  const second = queryExactly(first.name, 'AAAA', environment);
  return [first, { ...second, answers: second.answers.filter((record) => record.type === 'AAAA') }];
}

function reverse(address: string, environment: ExecEnvironment): DnsAnswer {
  return queryExactly(`${address.split('.').reverse().join('.')}.in-addr.arpa`, 'PTR', environment);
}

function recordsText({ answers }: DnsAnswer): string {
  return answers
    .map(({ name, type, data }) => {
      const owner = withoutDot(name);
      if (type === 'A' || type === 'AAAA') return `Name:\t${owner}\nAddress: ${data}\n`;
      if (type === 'PTR') return `${owner}\tname = ${data}\n`;
      return `${owner}\t${type === 'SRV' ? 'service' : 'canonical name'} = ${data}\n`;
    })
    .join('');
}
