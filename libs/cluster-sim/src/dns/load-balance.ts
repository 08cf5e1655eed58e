import type { DnsRecord } from '../cluster.ts';
import type { Random } from '../engine/random.ts';
import type { DnsMessage } from './message.ts';

/** coredns plugin/loadbalance: aliases first, then what is no address, then the addresses in an order drawn anew for each answer. */
export function loadBalanced(message: DnsMessage, random: Random): DnsMessage {
  if (message.code !== 'NOERROR') return message;
  if (message.answers.length < 2 && message.additional.length < 2) return message;
  return {
    ...message,
    answers: balancedSection(message.answers, random),
    additional: balancedSection(message.additional, random),
  };
}

function balancedSection(records: readonly DnsRecord[], random: Random): readonly DnsRecord[] {
  if (records.length < 2) return records;
  const aliases = records.filter(({ type }) => type === 'CNAME');
  const others = records.filter(({ type }) => type !== 'CNAME' && !isAddressType(type));
  return [
    ...aliases,
    ...others,
    ...shuffled(
      records.filter(({ type }) => isAddressType(type)),
      random,
    ),
  ];
}

function isAddressType(type: DnsRecord['type']): boolean {
  return type === 'A' || type === 'AAAA';
}

function shuffled(records: readonly DnsRecord[], random: Random): readonly DnsRecord[] {
  const rest = [...records];
  const order: DnsRecord[] = [];
  while (rest.length > 0) order.push(...rest.splice(random.below(rest.length), 1));
  return order;
}
