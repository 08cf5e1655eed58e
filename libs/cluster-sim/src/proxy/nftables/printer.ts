import type { AddressRange } from '../../network/ipv4.ts';
import type { Action, AffinitySet, Chain, MapElement, Match, Rule } from './rule.ts';

/** The table as `nft list table ip kube-proxy` prints it. */

export function printRule({ matches, action, comment }: Rule): string {
  const words = [...matches.map(printMatch), printAction(action)];
  if (comment) words.push(`comment "${comment}"`);
  return words.join(' ');
}

export function printChain({ name, base, comment, rules }: Chain): string {
  const lines = [...(base ? [base] : []), ...(comment ? [`comment "${comment}"`] : []), ...rules.map(printRule)];
  return block(`chain ${name}`, lines);
}

export function printElement({ key, verdict, comment }: MapElement): string {
  const to = verdict.kind === 'goto' ? `goto ${verdict.chain.name}` : verdict.kind;
  return `${key}${comment ? ` comment "${comment}"` : ''} : ${to}`;
}

/** A named set or map; `perLine`: how many elements stand in a line. */
export function printSet(
  head: string,
  type: string,
  comment: string,
  elements: readonly string[],
  perLine: number,
): string {
  return block(head, [`type ${type}`, `comment "${comment}"`, ...elementLines(elements, perLine)]);
}

export function printAffinitySet({ name, seconds }: AffinitySet): string {
  return block(`set ${name}`, [
    'type ipv4_addr',
    'size 65535',
    'flags dynamic,timeout',
    `timeout ${duration(seconds)}`,
  ]);
}

function block(head: string, lines: readonly string[]): string {
  return [`\t${head} {`, ...lines.map((line) => `\t\t${line}`), '\t}'].join('\n');
}

function elementLines(elements: readonly string[], perLine: number): string[] {
  if (elements.length === 0) return [];
  const lines: string[] = [];
  for (let index = 0; index < elements.length; index += perLine)
    lines.push(elements.slice(index, index + perLine).join(', '));
  return [`elements = { ${lines.join(',\n\t\t\t     ')} }`];
}

/** nft's units: days, hours, minutes, seconds, those that are not nought. */
function duration(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 86400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ];
  return parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('');
}

function printMatch(match: Match): string {
  switch (match.kind) {
    case 'new':
      return 'ct state new';
    case 'destinationInSet':
      return `ip daddr @${match.set}`;
    case 'destinationIn':
      return `ip daddr ${rangesText(match.ranges)}`;
    case 'source':
      return `ip saddr ${match.negated ? '!= ' : ''}${rangeText(match.range)}`;
    case 'sourceNotAmong':
      return `ip saddr != ${rangesText(match.ranges)}`;
    case 'localSource':
      return 'fib saddr type local';
    case 'marked':
      return 'meta mark & 0x00004000 != 0x00000000';
    case 'hairpin':
      return 'ct status dnat ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections';
    case 'protocol':
      return `meta l4proto ${match.protocol}`;
    case 'remembered':
      return `ip saddr @${match.set}`;
  }
}

/** A set of one element is printed as the element. */
function rangesText(ranges: readonly AddressRange[]): string {
  const texts = ranges.map(rangeText);
  return texts.length === 1 ? texts.join() : `{ ${texts.join(', ')} }`;
}

/** A range of one address is printed as the address. */
function rangeText({ mask, text }: AddressRange): string {
  return mask === 0xffffffff ? text.slice(0, -'/32'.length) : text;
}

function printAction(action: Action): string {
  switch (action.kind) {
    case 'jump':
    case 'goto':
      return `${action.kind} ${action.chain.name}`;
    case 'setMark':
      return 'meta mark set meta mark | 0x00004000';
    case 'masquerade':
      return 'masquerade fully-random';
    case 'clearMarkAndMasquerade':
      return 'meta mark set meta mark ^ 0x00004000 masquerade fully-random';
    case 'drop':
    case 'reject':
      return action.kind;
    case 'lookup':
      return `${action.by === 'address' ? 'ip daddr . ' : ''}meta l4proto . th dport vmap @${action.map}`;
    case 'dnatToOneOf': {
      const entries = action.targets.map(({ address, port }, index) => `${index} : ${address} . ${port}`);
      return `dnat ip to numgen random mod ${entries.length} map { ${entries.join(', ')} }`;
    }
    case 'gotoOneOf': {
      const entries = action.chains.map(({ name }, index) => `${index} : goto ${name}`);
      return `numgen random mod ${entries.length} vmap { ${entries.join(', ')} }`;
    }
    case 'remember':
      return `update @${action.set} { ip saddr }`;
    case 'dnat':
      return `dnat to ${action.target.address}:${action.target.port}`;
  }
}
