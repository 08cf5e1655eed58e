import type { DnsQueryType } from '../../cluster.ts';
import { reverseName, withDot, withoutDot } from '../../dns/domain-name.ts';
import { fitted } from '../../dns/message-size.ts';
import type { DnsMessage } from '../../dns/message.ts';
import { queryExactly, resolverConfiguration } from '../networking.ts';
import { fail } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';
import { authorityText } from './bind/nslookup.ts';

/** In the order in which several types of one command line are asked. */
const types: readonly DnsQueryType[] = ['SOA', 'NS', 'A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV', 'PTR', 'ANY'];
/** Its whole patience with one server: 5 s, whatever resolv.conf says. */
const patience = 5_000;
/** It reads datagrams only. */
const buffer = 512;
const usage = 'Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n';

/**
 * nslookup of busybox since 1.29 (networking/nslookup.c): a name without a dot is asked under *every* domain of the search list, one
 * with a dot only as it is; each answer is printed, and any NXDOMAIN makes the exit code 1.
 */
export const busyboxNslookup: Program = {
  name: 'nslookup',
  run(argv, _stdin, environment) {
    const options = argv.slice(1).filter((argument) => argument.startsWith('-'));
    const [name, server] = argv.slice(1).filter((argument) => !argument.startsWith('-'));
    if (name === undefined) return fail(1, usage);
    const named = options.flatMap((option) => /^-(?:ty?p?e?|querytype)=(\w+)$/i.exec(option)?.[1] ?? []);
    const unknown = named.find((text) => !types.includes(text.toUpperCase() as DnsQueryType));
    if (unknown !== undefined) return fail(1, `nslookup: invalid query type "${unknown}"\n`);
    const wanted = types.filter((type) => named.some((text) => text.toUpperCase() === type));
    const asked = questions(name, wanted, environment);
    let elapsed = 0;
    for (const address of server === undefined ? resolverConfiguration(environment).nameservers : [server]) {
      const answers = asked.map((question) => answerText(question, address, environment));
      if (answers.some((answer) => answer === undefined)) {
        elapsed += patience;
        continue;
      }
      const stdout = `Server:\t\t${address}\nAddress:\t${address}:53\n\n${answers.map((answer) => `${answer?.text ?? ''}\n`).join('')}`;
      const exitCode = answers.some((answer) => answer?.failed === true) ? 1 : 0;
      return { stdout, stderr: '', exitCode, elapsed: elapsed + 1 };
    }
    return fail(1, '', elapsed, ';; connection timed out; no servers could be reached\n\n');
  },
};

interface Question {
  readonly name: string;
  readonly type: DnsQueryType;
}

function questions(name: string, wanted: readonly DnsQueryType[], environment: ExecEnvironment): readonly Question[] {
  const reverse = wanted.length === 0 ? reverseName(name) : undefined;
  if (reverse) return [{ name: withoutDot(reverse), type: 'PTR' }];
  const { search } = resolverConfiguration(environment);
  return (wanted.length > 0 ? wanted : (['A', 'AAAA'] as const)).flatMap((type) => {
    const isSearched = type !== 'PTR' && !name.includes('.') && search.length > 0;
    return isSearched ? search.map((domain) => ({ name: `${name}.${domain}`, type })) : [{ name, type }];
  });
}

function answerText(
  { name, type }: Question,
  server: string,
  environment: ExecEnvironment,
): { readonly text: string; readonly failed: boolean } | undefined {
  const whole = queryExactly(name, type, environment, server);
  if (!whole) return undefined;
  const { message } = fitted({ name: withDot(name), type }, whole, buffer);
  if (message.code !== 'NOERROR') return { text: `** server can't find ${name}: ${message.code}\n`, failed: true };
  const note = message.authoritative ? '' : 'Non-authoritative answer:\n';
  return { text: note + recordsText(message), failed: false };
}

function recordsText({ answers }: DnsMessage): string {
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
        case 'NS':
          return `${owner}\tnameserver = ${data}\n`;
        case 'PTR':
          return `${owner}\tname = ${data}\n`;
        case 'MX':
          return `${owner}\tmail exchanger = ${data}\n`;
        case 'TXT':
          return `${owner}\ttext = ${data}\n`;
        case 'SRV':
          return `${owner}\tservice = ${data}\n`;
        case 'SOA':
          return authorityText(record.name, record.data);
        case 'ANY':
          return '';
      }
    })
    .join('');
}
