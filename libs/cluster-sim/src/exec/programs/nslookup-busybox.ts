import type { DnsAnswer, DnsQueryType } from '../../cluster.ts';
import { isAddress, queryExactly, resolverConfiguration, resolverTimeout, withoutDot } from '../networking.ts';
import { fail } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';

const types: ReadonlyMap<string, DnsQueryType> = new Map([
  ['a', 'A'],
  ['aaaa', 'AAAA'],
  ['cname', 'CNAME'],
  ['srv', 'SRV'],
  ['ptr', 'PTR'],
]);

/**
 * nslookup of busybox 1.36 (networking/nslookup.c): a name without a dot is asked under *every* domain of the search list, one with
 * a dot only as it is; each answer is printed, and any NXDOMAIN makes the exit code 1.
 */
export const busyboxNslookup: Program = {
  name: 'nslookup',
  run(argv, _stdin, environment) {
    const options = argv.slice(1).filter((argument) => argument.startsWith('-'));
    const [name, server] = argv.slice(1).filter((argument) => !argument.startsWith('-'));
    if (name === undefined) return fail(1, 'Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n');
    const type = options
      .map((option) => /^-(?:type|querytype|ty?)=(\w+)$/i.exec(option)?.[1])
      .find((found) => found !== undefined);
    const wanted = type === undefined ? undefined : types.get(type.toLowerCase());
    if (type !== undefined && !wanted) return fail(1, `nslookup: invalid query type "${type}"\n`);
    const asked = questions(name, wanted, environment);
    const answers = asked.map((question) => ({
      ...question,
      answer: queryExactly(question.name, question.type, environment),
    }));
    if (answers.every(({ answer }) => answer.code === 'timeout')) {
      return fail(1, '', resolverTimeout, ';; connection timed out; no servers could be reached\n\n');
    }
    const address = server ?? resolverConfiguration(environment).servers[0] ?? '';
    const heading = `Server:\t\t${address}\nAddress:\t${address}:53\n\n`;
    const stdout = heading + answers.map(({ name: asName, answer }) => `${answerText(asName, answer)}\n`).join('');
    const failed = answers.some(({ answer }) => answer.code !== 'NOERROR');
    return { stdout, stderr: '', exitCode: failed ? 1 : 0, elapsed: 1 };
  },
};

function questions(name: string, type: DnsQueryType | undefined, environment: ExecEnvironment) {
  if (isAddress(name)) return [{ name: `${name.split('.').reverse().join('.')}.in-addr.arpa`, type: 'PTR' as const }];
  const { search } = resolverConfiguration(environment);
  const names = name.includes('.') || search.length === 0 ? [name] : search.map((domain) => `${name}.${domain}`);
  const wanted: readonly DnsQueryType[] = type ? [type] : ['A', 'AAAA'];
  return wanted.flatMap((each) => names.map((full) => ({ name: full, type: each })));
}

function answerText(name: string, { code, answers }: DnsAnswer): string {
  if (code !== 'NOERROR') return `** server can't find ${withoutDot(name)}: ${code}\n`;
  return answers
    .map((record) => {
      const owner = withoutDot(record.name);
      const data = withoutDot(record.data);
      switch (record.type) {
        case 'A':
        case 'AAAA':
          return `Name:\t${owner}\nAddress: ${data}\n`;
        case 'CNAME':
          return `${owner}\tcanonical name = ${data}\n`;
        case 'PTR':
          return `${owner}\tname = ${data}\n`;
        case 'SRV':
          return `${owner}\tservice = ${data}\n`;
      }
    })
    .join('');
}
