import type { DnsQueryType, DnsRecord } from '../../../cluster.ts';
import { reverseName, withoutDot } from '../../../dns/domain-name.ts';
import { parseOptions } from '../../options.ts';
import { fail } from '../../program.ts';
import type { Program } from '../../program.ts';
import { joinLines, wholeNumber } from '../../text.ts';
import { bindLookup, bindServer, endOfAliases, grouped, queryTypeOf, silenceText, tryTimeout } from './lookup.ts';

const tries = 2;
const codes: ReadonlyMap<string, number> = new Map([
  ['NXDOMAIN', 3],
  ['SERVFAIL', 2],
  ['REFUSED', 5],
]);

/** host [-t TYPE] NAME [SERVER] (bin/dig/host.c): one sentence a record. Without a type A, AAAA and MX are asked for. */
export const host: Program = {
  name: 'host',
  run(argv, _stdin, environment) {
    const parsed = parseOptions(argv.slice(1), { short: 'aACdlnrsTvV46c:D:m:N:R:t:W:p:w', long: {} });
    if (!parsed.ok || parsed.operands.length === 0) return fail(1, 'Usage: host [-t type] hostname [server]\n');
    const [text = '', named] = parsed.operands;
    const { options } = parsed;
    const typed = queryTypeOf(options.last('t'));
    if (options.has('t') && !typed) return fail(1, `host: invalid type: ${options.last('t') ?? ''}\n`);
    const server = bindServer(named, environment);
    if (!server) return fail(1, `host: couldn't get address for '${named ?? ''}': not found\n`);
    const reverse = reverseName(text);
    const queue: { name: string; type: DnsQueryType }[] = [
      { name: reverse ?? text, type: reverse ? 'PTR' : (typed ?? 'A') },
    ];
    const isDefault = !typed && !reverse;
    const ndots = wholeNumber(options.last('N'));
    let stdout = '';
    let exitCode = 0;
    for (let question = queue.shift(); question; question = queue.shift()) {
      const lookup = { ...question, server, isSearched: !reverse, buffer: 512, pseudo: 0 };
      const reply = bindLookup({ ...lookup, ...(ndots !== undefined && { ndots }) }, environment);
      if (reply.kind === 'silent') {
        const waited = tries * Math.max(1, wholeNumber(options.last('W')) ?? tryTimeout) * 1_000;
        return fail(1, '', waited, `${stdout}${silenceText(server, tries)};; no servers could be reached\n`);
      }
      const { message, name } = reply;
      if (reply.wasTruncated) stdout += ';; Truncated, retrying in TCP mode.\n';
      if (named !== undefined && stdout === '')
        stdout = `Using domain server:\nName: ${server.shown}\nAddress: ${server.address}#53\nAliases: \n\n`;
      if (message.code !== 'NOERROR') {
        const shown = message.code === 'NXDOMAIN' ? question.name : withoutDot(name);
        stdout += `Host ${shown} not found: ${codes.get(message.code) ?? 2}(${message.code})\n`;
        exitCode = 1;
        continue;
      }
      if (isDefault && question.type === 'A') {
        const end = endOfAliases(name, message);
        queue.push({ name: end, type: 'AAAA' }, { name: end, type: 'MX' });
      }
      if (message.answers.length === 0 && !isDefault) stdout += `${withoutDot(name)} has no ${question.type} record\n`;
      stdout += joinLines(grouped(message.answers).map(sentence));
    }
    return { stdout, stderr: '', exitCode, elapsed: 1 };
  },
};

/** host.c rtypes. */
const phrases: { readonly [T in DnsQueryType]: string } = {
  A: 'has address',
  AAAA: 'has IPv6 address',
  CNAME: 'is an alias for',
  SRV: 'has SRV record',
  PTR: 'domain name pointer',
  TXT: 'descriptive text',
  NS: 'name server',
  MX: 'mail is handled by',
  SOA: 'has SOA record',
  ANY: 'has ANY record',
};

function sentence({ name, type, data }: DnsRecord): string {
  return `${withoutDot(name)} ${phrases[type]} ${data}`;
}
