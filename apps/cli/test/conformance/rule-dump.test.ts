import { describe, expect, it } from '@jest/globals';
import { compareDumps } from '../../src/conformance/dataplane/rule-dump.ts';

const iptables = (...rules: readonly string[]): string =>
  ['*nat', ':KUBE-SERVICES - [0:0]', ':KUBE-SVC-X - [0:0]', ...rules].join('\n');

const nftables = (...blocks: readonly string[]): string =>
  `table ip kube-proxy {\n${blocks.map((block) => `\t${block}\n`).join('\n')}}\n`;

interface DumpPair {
  readonly what: string;
  readonly mode: 'iptables' | 'nftables';
  readonly recorded: string;
  readonly observed: string;
  readonly paths: readonly string[];
}

const first = '-A KUBE-SERVICES -d 10.96.0.7/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-X';
const second = '-A KUBE-SERVICES -d 10.96.0.8/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-Y';

const pairs: readonly DumpPair[] = [
  {
    what: 'allocated addresses and node ports are translated',
    mode: 'iptables',
    recorded: iptables(first, '-A KUBE-SVC-X --dport 30001 -j A'),
    observed: iptables(first.replace('0.7', '9.9'), '-A KUBE-SVC-X --dport 31999 -j A'),
    paths: [],
  },
  {
    what: 'the order of Services is chance',
    mode: 'iptables',
    recorded: iptables(first, second),
    observed: iptables(second, first),
    paths: [],
  },
  {
    what: 'the order within a chain of a Service is not',
    mode: 'iptables',
    recorded: iptables('-A KUBE-SVC-X -j A', '-A KUBE-SVC-X -j B'),
    observed: iptables('-A KUBE-SVC-X -j B', '-A KUBE-SVC-X -j A'),
    paths: ['*nat KUBE-SVC-X.0', '*nat KUBE-SVC-X.1'],
  },
  {
    what: 'a chain that is only declared counts',
    mode: 'iptables',
    recorded: iptables(),
    observed: iptables(':KUBE-EXT-X - [0:0]'),
    paths: ['*nat KUBE-EXT-X'],
  },
  {
    what: 'elements in any order and on any number of lines, empty chains left aside',
    mode: 'nftables',
    recorded: nftables(
      'set s {\n\t\ttype ipv4_addr\n\t\telements = { 10.96.0.1,\n\t\t\t     10.96.0.7 }\n\t}',
      'chain old {\n\t}',
    ),
    observed: nftables('set s {\n\t\ttype ipv4_addr\n\t\telements = { 10.96.9.9, 10.96.0.1 }\n\t}'),
    paths: [],
  },
  {
    what: 'another rule',
    mode: 'nftables',
    recorded: nftables('chain c {\n\t\tdrop\n\t}'),
    observed: nftables('chain c {\n\t\treject\n\t}'),
    paths: ['chain c {.rules.0'],
  },
];

describe('dumps of rules', () => {
  it.each(pairs)('$mode: $what', ({ mode, recorded, observed, paths }) => {
    const translation = new Map([
      ['10.96.9.9', '10.96.0.7'],
      ['31999', '30001'],
    ]);
    expect(compareDumps(mode, recorded, observed, translation).map(({ path }) => path)).toEqual(paths);
  });
});
