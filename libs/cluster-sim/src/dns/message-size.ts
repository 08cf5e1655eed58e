import type { DnsRecord } from '../cluster.ts';
import { withDot, withoutDot } from './domain-name.ts';
import type { DnsMessage, DnsQuestion } from './message.ts';

/** A message as it comes over the wire: what fits, and its length. */
export interface WireMessage {
  readonly message: DnsMessage;
  readonly size: number;
}

const headerSize = 12;
/** Type, class, time to live and length of a record. */
const recordOverhead = 10;

/**
 * What CoreDNS sends into a buffer of that size (miekg/dns msg_truncate.go): names are compressed only if it does not fit otherwise, and
 * what does not fit then is left out. `pseudo`: the length of the OPT record.
 */
export function fitted(question: DnsQuestion, message: DnsMessage, limit: number, pseudo = 0): WireMessage {
  const records = [...message.answers, ...message.authority, ...message.additional];
  const base = headerSize + nameLength(question.name) + 4 + pseudo;
  const plain = records.reduce((size, record) => size + plainLength(record), base);
  if (plain <= limit) return { message, size: plain };
  const known = new Set<string>();
  let size = headerSize + compressedLength(question.name, known) + 4 + pseudo;
  const fits = (record: DnsRecord): boolean => {
    const next = size + recordLength(record, (name) => compressedLength(name, known));
    // Once full, nothing smaller is squeezed in.
    size = next > limit ? Infinity : next;
    return next <= limit;
  };
  const sections = [message.answers, message.authority, message.additional].map((section) => {
    const kept: DnsRecord[] = [];
    for (const record of section) if (size < limit && fits(record)) kept.push(record);
    return kept;
  });
  const [answers = [], authority = [], additional = []] = sections;
  const isCut = answers.length + authority.length + additional.length < records.length;
  return {
    message: { ...message, answers, authority, additional, ...(isCut && { truncated: true as const }) },
    size: Math.min(size, limit),
  };
}

/** Length bytes, labels and the root. */
function nameLength(name: string): number {
  return name === '.' ? 1 : withDot(name).length + 1;
}

function plainLength(record: DnsRecord): number {
  return recordLength(record, nameLength);
}

function recordLength({ name, type, data }: DnsRecord, lengthOf: (name: string) => number): number {
  const owner = lengthOf(name) + recordOverhead;
  const words = data.split(' ');
  switch (type) {
    case 'A':
      return owner + 4;
    case 'AAAA':
      return owner + 16;
    case 'CNAME':
    case 'PTR':
    case 'NS':
      return owner + lengthOf(data);
    case 'SRV':
      // Never compressed.
      return owner + 6 + nameLength(words[3] ?? '');
    case 'MX':
      return owner + 2 + lengthOf(words[1] ?? '');
    case 'SOA':
      return owner + lengthOf(words[0] ?? '') + lengthOf(words[1] ?? '') + 20;
    case 'TXT':
    case 'ANY':
      return owner + data.length - 1;
  }
}

/** Labels up to the longest ending that the message has already, and a pointer of two bytes to it. */
function compressedLength(name: string, known: Set<string>): number {
  const labels = withoutDot(name).split('.');
  let length = 0;
  for (let index = 0; index < labels.length; index += 1) {
    const ending = labels.slice(index).join('.').toLowerCase();
    if (known.has(ending)) return length + 2;
    known.add(ending);
    length += (labels[index]?.length ?? 0) + 1;
  }
  return length + 1;
}
