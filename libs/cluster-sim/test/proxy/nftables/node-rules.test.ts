import { describe, expect, it } from '@jest/globals';
import { parseRange } from '../../../src/network/ipv4.ts';
import { nftablesBackend } from '../../../src/proxy/nftables/node-rules.ts';
import type { ProxyNode } from '../../../src/proxy/proxy-backend.ts';
import { service, slice } from '../../network/small-cluster.ts';

const podRange = parseRange('10.244.0.0/16');
if (!podRange) throw new Error('not a range');
const node: ProxyNode = {
  name: 'node-1',
  zone: '',
  address: '192.168.49.2',
  podRange,
  serviceRanges: [parseRange('10.96.0.0/16') ?? podRange],
};

/** Before them in the chain is what has been rejected for its port. */
function unallocated(...ranges: readonly string[]): readonly string[] {
  const serviceRanges = ranges.flatMap((text) => parseRange(text) ?? []);
  return nftablesBackend
    .compile({ ...node, serviceRanges }, [])
    .print()
    .split('\n')
    .filter((line) => line.includes('unallocated'))
    .map((line) => line.trim());
}

describe('what goes to addresses that no Service has', () => {
  const comment = 'comment "Drop traffic to unallocated ClusterIPs"';
  it.each<[string, readonly string[], readonly string[]]>([
    ['is let pass where no range is known', [], []],
    ['is dropped in the range', ['10.96.0.0/16'], [`ip daddr 10.96.0.0/16 drop ${comment}`]],
    [
      'is dropped in all ranges',
      ['10.96.0.0/16', '10.200.0.0/24'],
      [`ip daddr { 10.96.0.0/16, 10.200.0.0/24 } drop ${comment}`],
    ],
  ])('%s', (_what, ranges, lines) => {
    expect(unallocated(...ranges)).toEqual(lines);
  });
});

function linesOf(spec: Parameters<typeof service>[1], addresses: readonly string[]): readonly string[] {
  const slices = [
    slice(
      'web',
      addresses.map((address) => ({ addresses: [address], nodeName: 'node-1' })),
    ),
  ];
  const rules = nftablesBackend.compile(node, [{ key: 'default/web', service: service('web', spec), slices }]);
  return rules
    .print()
    .split('\n')
    .map((line) => line.trim());
}

const clusterIP = '10.96.73.60';
const sticky = {
  clusterIP,
  sessionAffinity: 'ClientIP',
  sessionAffinityConfig: { clientIP: { timeoutSeconds: 5400 } },
} as const;

// Lines of a real `nft list table ip kube-proxy`, with the addresses of these Services.
const cases: readonly { title: string; lines: readonly string[]; expected: readonly string[] }[] = [
  {
    title: 'chooses by a map of endpoints',
    lines: linesOf({ clusterIP }, ['10.244.1.12', '10.244.2.165']),
    expected: [
      'elements = { 10.96.73.60 . tcp . 80 : goto service-PFISGYVC-default/web/tcp/ }',
      'chain service-PFISGYVC-default/web/tcp/ {',
      'meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : 10.244.1.12 . 8080, 1 : 10.244.2.165 . 8080 }',
      'ip daddr 10.96.0.0/16 drop comment "Drop traffic to unallocated ClusterIPs"',
    ],
  },
  {
    title: 'refuses for a Service without endpoints',
    lines: linesOf({ clusterIP }, []),
    expected: ['elements = { 10.96.73.60 . tcp . 80 comment "default/web" : goto reject-chain }'],
  },
  {
    title: 'remembers clients in one set per endpoint',
    lines: linesOf(sticky, ['10.244.1.8']),
    expected: [
      'set affinity-CPTDTUOZ-default/web/tcp/__10.244.1.8/8080 {',
      'timeout 1h30m',
      'ip saddr @affinity-CPTDTUOZ-default/web/tcp/__10.244.1.8/8080 goto endpoint-CPTDTUOZ-default/web/tcp/__10.244.1.8/8080',
      'numgen random mod 1 vmap { 0 : goto endpoint-CPTDTUOZ-default/web/tcp/__10.244.1.8/8080 }',
      'update @affinity-CPTDTUOZ-default/web/tcp/__10.244.1.8/8080 { ip saddr }',
      'meta l4proto tcp dnat to 10.244.1.8:8080',
    ],
  },
];

describe('the table of a node', () => {
  it.each(cases)('$title', ({ lines, expected }) => {
    expect(lines).toEqual(expect.arrayContaining([...expected]));
  });
});
