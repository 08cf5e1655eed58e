import type { DnsRecord } from '../../../cluster.ts';
import { isWithin, withDot, withoutDot } from '../../../dns/domain-name.ts';
import type { DnsMessage } from '../../../dns/message.ts';
import type { ExecEnvironment } from '../../program.ts';
import { joinLines } from '../../text.ts';
import type { DigCommand, DigFlags, DigQuestion } from './dig-options.ts';
import { grouped, type BindReply, type BindServer } from './lookup.ts';

export const version = '9.18.33';

type Answered = Extract<BindReply, { kind: 'answered' }>;

/** bin/dig/dig.c printmessage and received. */
export function answerText(
  { type }: DigQuestion,
  reply: Answered,
  server: BindServer,
  { flags, buffer }: DigCommand,
  environment: ExecEnvironment,
): string {
  const { message, name } = reply;
  const id = pseudoRandom(`${environment.now} ${name} ${type}`);
  const lines: string[] = [];
  if (flags.comments) lines.push(...headerLines(name, message, id, flags), '');
  if (flags.comments && flags.edns) {
    lines.push(';; OPT PSEUDOSECTION:', `; EDNS: version: 0, flags:; udp: ${buffer}`);
    if (flags.cookie) lines.push(`; COOKIE: ${hex(id)}${hex(pseudoRandom(String(id)))} (echoed)`);
  }
  if (flags.question) {
    const question = `;${indented(`${indented(withDot(name), columns[1])}IN`, columns[2])}${type}`;
    lines.push(...section('QUESTION', [question], flags));
  }
  for (const [title, wanted, records] of [
    ['ANSWER', flags.answer, message.answers],
    ['AUTHORITY', flags.authority, message.authority],
    ['ADDITIONAL', flags.additional, message.additional],
  ] as const) {
    if (wanted && records.length > 0)
      lines.push(
        ...section(
          title,
          grouped(records).map((record) => recordLine(record, flags)),
          flags,
        ),
      );
  }
  if (flags.stats) lines.push(...statistics(reply, server, flags, environment));
  return joinLines(lines);
}

function section(title: string, lines: readonly string[], { comments }: DigFlags): readonly string[] {
  return comments ? [`;; ${title} SECTION:`, ...lines, ''] : lines;
}

function headerLines(name: string, message: DnsMessage, id: number, flags: DigFlags): readonly string[] {
  const set = [
    'qr',
    ...(message.authoritative ? ['aa'] : []),
    ...(message.truncated ? ['tc'] : []),
    ...(flags.recurse ? ['rd'] : []),
    ...(message.recursionAvailable ? ['ra'] : []),
  ];
  const additional = message.additional.length + (flags.edns ? 1 : 0);
  const counts = `QUERY: 1, ANSWER: ${message.answers.length}, AUTHORITY: ${message.authority.length}, ADDITIONAL: ${additional}`;
  return [
    ';; Got answer:',
    ...(isWithin(withoutDot(name).toLowerCase(), 'local')
      ? [
          ';; WARNING: .local is reserved for Multicast DNS',
          ';; You are currently testing what happens when an mDNS query is leaked to DNS',
        ]
      : []),
    `;; ->>HEADER<<- opcode: QUERY, status: ${message.code}, id: ${id & 0xffff}`,
    `;; flags: ${set.join(' ')}; ${counts}`,
    ...(flags.recurse && !message.recursionAvailable ? [';; WARNING: recursion requested but not available'] : []),
  ];
}

function statistics(
  { size, wasTruncated }: Answered,
  { address, shown }: BindServer,
  { tcp }: DigFlags,
  { now }: ExecEnvironment,
): readonly string[] {
  const when = new Date(now).toUTCString();
  return [
    ';; Query time: 1 msec',
    `;; SERVER: ${address}#53(${shown}) (${tcp || wasTruncated ? 'TCP' : 'UDP'})`,
    `;; WHEN: ${when.slice(0, 3)} ${when.slice(8, 11)} ${when.slice(5, 7)} ${when.slice(17, 25)} UTC ${when.slice(12, 16)}`,
    `;; MSG SIZE  rcvd: ${size}`,
    '',
  ];
}

/** The columns of time to live, class, type and data (bin/dig/dig.c: dns_master_stylecreate). */
const columns = [24, 32, 40, 48] as const;
const tabWidth = 8;

function recordLine({ name, ttl, type, data }: DnsRecord, flags: DigFlags): string {
  const fields = [...(flags.ttlid ? [String(ttl)] : []), ...(flags.class ? ['IN'] : []), type, data];
  // Without time to live or class the rest moves to the left.
  const stops = fields.length === 4 ? columns : fields.length === 3 ? [24, 32, 40] : [24, 32];
  return fields.reduce((line, field, index) => indented(line, stops[index] ?? 0) + field, withDot(name));
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

/** Ids and cookies are drawn by chance; here they follow from the question, so that runs repeat. */
function pseudoRandom(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return state >>> 0;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
