import type { DnsAnswer, DnsQueryType, DnsRecord } from '../../cluster.ts';
import { isAddress, query, queryExactly, resolverConfiguration, withoutDot } from '../networking.ts';
import { fail, succeed } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';
import { joinLines } from '../text.ts';

const version = '9.18.33';
const queryTypes = new Set<string>(['A', 'AAAA', 'CNAME', 'SRV', 'PTR']);
/** No answer after three tries of five seconds. */
const timeout = 15_000;

interface Question {
  readonly name: string;
  readonly type: DnsQueryType;
  readonly server: string;
  readonly flags: ReadonlySet<string>;
}

/** dig [@SERVER] NAME [TYPE] [+short|+search|+noall +answer]: no search list unless +search. */
export const dig: Program = {
  name: 'dig',
  run(argv, _stdin, environment) {
    const question = questionOf(argv, environment);
    const answer = question.flags.has('search')
      ? query(question.name, question.type, environment)
      : queryExactly(question.name, question.type, environment);
    if (answer.code === 'timeout') {
      const failure = `;; communications error to ${question.server}#53: timed out\n`;
      return fail(
        9,
        '',
        timeout,
        `${failure.repeat(3)}\n; <<>> DiG ${version} <<>> ${argv.slice(1).join(' ')}\n;; global options: +cmd\n;; no servers could be reached\n`,
      );
    }
    if (question.flags.has('short')) return succeed(joinLines(answer.answers.map(({ data }) => data)), 1);
    const records = answer.answers.map(recordLine);
    if (question.flags.has('noall')) return succeed(question.flags.has('answer') ? joinLines(records) : '', 1);
    return succeed(fullText(argv, question, answer, records, environment), 1);
  },
};

function questionOf(argv: readonly string[], environment: ExecEnvironment): Question {
  let [name, type]: [string, string] = ['.', 'A'];
  let server = resolverConfiguration(environment).servers[0] ?? '';
  const flags = new Set<string>();
  for (let index = 1; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument.startsWith('+')) flags.add(argument.slice(1));
    else if (argument.startsWith('@')) server = argument.slice(1);
    else if (argument === '-x') {
      index += 1;
      [name, type] = [`${(argv[index] ?? '').split('.').reverse().join('.')}.in-addr.arpa`, 'PTR'];
    } else if (argument === '-t' || argument === '-p') {
      index += 1;
      if (argument === '-t') type = (argv[index] ?? 'A').toUpperCase();
    } else if (queryTypes.has(argument.toUpperCase())) type = argument.toUpperCase();
    else if (!argument.startsWith('-') && argument.toUpperCase() !== 'IN') name = argument;
  }
  return { name, type: queryTypes.has(type) ? (type as DnsQueryType) : 'A', server, flags };
}

/** The columns of time to live, class, type and data (bin/dig/dig.c: dns_master_stylecreate). */
const columns = [24, 32, 40, 48] as const;
const tabWidth = 8;

function recordLine({ name, ttl, type, data }: DnsRecord): string {
  const fields = [String(ttl), 'IN', type, data];
  return fields.reduce(
    (line, field, index) => indented(line, columns[index] ?? 0) + field,
    name.endsWith('.') ? name : `${name}.`,
  );
}

/** lib/dns/masterdump.c indent(): tabs up to the column, one blank where the text is already there. */
function indented(line: string, column: number): string {
  const from = shownWidth(line);
  const to = Math.max(column, from + 1);
  const tabs = Math.floor(to / tabWidth) - Math.floor(from / tabWidth);
  return line + '\t'.repeat(tabs) + ' '.repeat(tabs > 0 ? to % tabWidth : to - from);
}

function shownWidth(line: string): number {
  let width = 0;
  for (const character of line) width = character === '\t' ? (Math.floor(width / tabWidth) + 1) * tabWidth : width + 1;
  return width;
}

function fullText(
  argv: readonly string[],
  { type, server, name }: Question,
  answer: DnsAnswer,
  records: readonly string[],
  environment: ExecEnvironment,
): string {
  const owner = `${withoutDot(answer.name || name)}.`;
  const authority = answer.code === 'NXDOMAIN' || records.length === 0 ? 1 : 0;
  const when = new Date(environment.now).toUTCString();
  return joinLines([
    '',
    `; <<>> DiG ${version} <<>> ${argv.slice(1).join(' ')}`,
    ';; global options: +cmd',
    ';; Got answer:',
    `;; ->>HEADER<<- opcode: QUERY, status: ${answer.code}, id: 20736`,
    `;; flags: qr aa rd; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: ${authority}, ADDITIONAL: 1`,
    ';; WARNING: recursion requested but not available',
    '',
    ';; OPT PSEUDOSECTION:',
    '; EDNS: version: 0, flags:; udp: 1232',
    ';; QUESTION SECTION:',
    `;${indented(`${indented(owner, columns[1])}IN`, columns[2])}${type}`,
    '',
    ...(records.length > 0 ? [';; ANSWER SECTION:', ...records, ''] : []),
    ...(authority > 0
      ? [
          ';; AUTHORITY SECTION:',
          'cluster.local.\t\t30\tIN\tSOA\tns.dns.cluster.local. hostmaster.cluster.local. 1700000000 7200 1800 86400 30',
          '',
        ]
      : []),
    ';; Query time: 1 msec',
    `;; SERVER: ${server}#53(${server}) (UDP)`,
    `;; WHEN: ${when.slice(0, 3)} ${when.slice(8, 11)} ${when.slice(5, 7)} ${when.slice(17, 25)} UTC ${when.slice(12, 16)}`,
    `;; MSG SIZE  rcvd: ${owner.length + 33 + records.length * (owner.length + 15)}`,
    '',
  ]);
}

/** host NAME: one sentence a record. */
export const host: Program = {
  name: 'host',
  run(argv, _stdin, environment) {
    const type = argv.includes('-t') ? (argv[argv.indexOf('-t') + 1] ?? 'A').toUpperCase() : 'A';
    const name = argv.slice(1).find((argument, index) => !argument.startsWith('-') && argv[index] !== '-t') ?? '';
    const reversed = isAddress(name);
    const full = reversed ? `${name.split('.').reverse().join('.')}.in-addr.arpa` : name;
    const answer = reversed
      ? queryExactly(full, 'PTR', environment)
      : query(name, queryTypes.has(type) ? (type as DnsQueryType) : 'A', environment);
    if (answer.code === 'timeout')
      return fail(1, '', timeout, ';; connection timed out; no servers could be reached\n');
    if (answer.code !== 'NOERROR')
      return fail(1, '', 0, `Host ${full} not found: ${answer.code === 'NXDOMAIN' ? '3' : '2'}(${answer.code})\n`);
    if (answer.answers.length === 0) return succeed(`${name} has no ${type} record\n`);
    return succeed(joinLines(answer.answers.map(hostSentence)), 1);
  },
};

function hostSentence({ name, type, data }: DnsRecord): string {
  const owner = withoutDot(name);
  switch (type) {
    case 'A':
      return `${owner} has address ${data}`;
    case 'AAAA':
      return `${owner} has IPv6 address ${data}`;
    case 'CNAME':
      return `${owner} is an alias for ${data}`;
    case 'SRV':
      return `${owner} has SRV record ${data}`;
    case 'PTR':
      return `${owner} domain name pointer ${data}`;
  }
}
