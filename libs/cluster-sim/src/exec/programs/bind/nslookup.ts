import type { DnsQueryType, DnsRecord } from '../../../cluster.ts';
import { reverseName, withoutDot } from '../../../dns/domain-name.ts';
import { fail } from '../../program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../../program.ts';
import { bindLookup, bindServer, endOfAliases, grouped, queryTypeOf, silenceText, tryTimeout } from './lookup.ts';
import type { BindReply, BindServer } from './lookup.ts';

const tries = 3;

/** nslookup of BIND (bin/dig/nslookup.c): the search list as resolv.conf says; the last name tried stands in the refusal. */
export const bindNslookup: Program = {
  name: 'nslookup',
  run(argv, _stdin, environment) {
    const options = argv.slice(1).filter((argument) => argument.startsWith('-'));
    const [name, named] = argv.slice(1).filter((argument) => !argument.startsWith('-'));
    if (name === undefined) return fail(1, '', 0, '\n');
    const typeText = options
      .map((option) => /^-(?:type|querytype|query|qu|q|ty)=(\w+)$/i.exec(option)?.[1])
      .findLast((found) => found !== undefined);
    const type = queryTypeOf(typeText);
    const notice = typeText !== undefined && !type ? `unknown query type: ${typeText}\n` : '';
    const server = bindServer(named, environment);
    if (!server) return fail(1, `nslookup: couldn't get address for '${named ?? ''}': not found\n`);
    const reverse = reverseName(name);
    const result = reverse
      ? asked([{ name: reverse, type: 'PTR' }], type !== undefined, server, environment)
      : asked([{ name, type: type ?? 'A' }], type !== undefined, server, environment);
    return { ...result, stdout: `${notice}${result.stdout}\n` };
  },
};

interface Question {
  readonly name: string;
  readonly type: DnsQueryType;
}

/** `isTyped`: -type was given; without it an A lookup that succeeds is followed by one of AAAA. */
function asked(
  questions: readonly Question[],
  isTyped: boolean,
  server: BindServer,
  environment: ExecEnvironment,
): ProgramResult {
  const queue = [...questions];
  let [stdout, exitCode, elapsed, hadNoAddress] = ['', 0, 0, false];
  for (let question = queue.shift(); question; question = queue.shift()) {
    const reply = bindLookup({ ...question, server, isSearched: true, buffer: 512, pseudo: 0 }, environment);
    if (reply.kind === 'silent') {
      stdout += `${silenceText(server, tries)};; no servers could be reached\n`;
      return fail(1, '', elapsed + tries * tryTimeout * 1_000, stdout);
    }
    elapsed += 1;
    const { message, name } = reply;
    if (reply.wasTruncated) stdout += ';; Truncated, retrying in TCP mode.\n';
    stdout += headingOf(question, isTyped, server, reply);
    if (message.code !== 'NOERROR') {
      stdout += `** server can't find ${withoutDot(name)}: ${message.code}\n`;
      exitCode = 1;
      continue;
    }
    if (!isTyped && question.type === 'A') queue.push({ name: endOfAliases(name, message), type: 'AAAA' });
    if (message.answers.length > 0) stdout += grouped(message.answers).map(recordText).join('');
    else if (!isTyped && question.type === 'A') hadNoAddress = true;
    else if (isTyped || (question.type === 'AAAA' && hadNoAddress))
      stdout += `*** Can't find ${isTyped ? question.name : withoutDot(name)}: No answer\n`;
    if (!message.authoritative && question.type !== 'A' && question.type !== 'AAAA')
      stdout += `\nAuthoritative answers can be found from:\n${[...message.authority, ...message.additional].map(plainText).join('')}`;
  }
  return { stdout, stderr: '', exitCode, elapsed };
}

function headingOf(
  { type }: Question,
  isTyped: boolean,
  { address, shown }: BindServer,
  reply: Extract<BindReply, { kind: 'answered' }>,
): string {
  if (!isTyped && type !== 'A') return '';
  const isForeign = reply.message.code === 'NOERROR' && !reply.message.authoritative;
  return `Server:\t\t${shown}\nAddress:\t${address}#53\n\n${isForeign ? 'Non-authoritative answer:\n' : ''}`;
}

function recordText(record: DnsRecord): string {
  const { name, type, data } = record;
  if (type === 'A' || type === 'AAAA') return `Name:\t${withoutDot(name)}\nAddress: ${data}\n`;
  return plainText(record);
}

/** nslookup.c rtypetext. */
const phrases: { readonly [T in DnsQueryType]: string } = {
  A: 'internet address = ',
  AAAA: 'has AAAA address ',
  CNAME: 'canonical name = ',
  SRV: 'service = ',
  PTR: 'name = ',
  TXT: 'text = ',
  NS: 'nameserver = ',
  MX: 'mail exchanger = ',
  SOA: 'soa = ',
  ANY: 'rdata_255 = ',
};

function plainText({ name, type, data }: DnsRecord): string {
  return type === 'SOA' ? authorityText(name, data) : `${withoutDot(name)}\t${phrases[type]}${data}\n`;
}

/** The fields of a SOA record, one a line; busybox prints the same. */
export function authorityText(name: string, data: string): string {
  const [origin = '', mail = '', ...numbers] = data.split(' ');
  const titles = ['serial', 'refresh', 'retry', 'expire', 'minimum'];
  const lines = titles.map((title, index) => `\t${title} = ${numbers[index] ?? ''}\n`);
  return `${withoutDot(name) || '.'}\n\torigin = ${withoutDot(origin)}\n\tmail addr = ${withoutDot(mail)}\n${lines.join('')}`;
}
