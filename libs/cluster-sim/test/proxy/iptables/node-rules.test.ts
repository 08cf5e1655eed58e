import { describe, expect, it } from '@jest/globals';
import { parseRange } from '../../../src/network/ipv4.ts';
import { iptablesBackend } from '../../../src/proxy/iptables/node-rules.ts';
import type { ProxiedService, ProxyNode } from '../../../src/proxy/proxy-backend.ts';
import { service, slice } from '../../network/small-cluster.ts';

const podRange = parseRange('10.244.0.0/16');
if (!podRange) throw new Error('not a range');
const node: ProxyNode = { name: 'node-1', zone: '', address: '192.168.49.2', podRange, serviceRanges: [] };

function proxied(
  spec: Parameters<typeof service>[1],
  addresses: readonly string[],
  ingress?: readonly { ip: string }[],
): ProxiedService {
  const made = service('web', spec);
  const endpoints = addresses.map((address) => ({ addresses: [address] }));
  return {
    key: 'default/web',
    service: ingress ? { ...made, status: { loadBalancer: { ingress } } } : made,
    slices: [slice('web', endpoints)],
  };
}

function linesOf(given: ProxiedService): readonly string[] {
  return iptablesBackend.compile(node, [given]).print().split('\n');
}

const clusterIP = '10.96.73.60';

// Lines of a real iptables-save, with the addresses of these Services.
const cases: readonly { title: string; given: ProxiedService; lines: readonly string[] }[] = [
  {
    title: 'gives the last endpoint what chance leaves',
    given: proxied({ clusterIP }, ['10.244.1.12', '10.244.2.165', '10.244.3.124']),
    lines: [
      '-A KUBE-SERVICES -d 10.96.73.60/32 -p tcp -m comment --comment "default/web cluster IP" -m tcp --dport 80 -j KUBE-SVC-LOLE4ISW44XBNF3G',
      '-A KUBE-SVC-LOLE4ISW44XBNF3G ! -s 10.244.0.0/16 -d 10.96.73.60/32 -p tcp -m comment --comment "default/web cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ',
      '-A KUBE-SVC-LOLE4ISW44XBNF3G -m comment --comment "default/web -> 10.244.1.12:8080" -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-5OCWPZKODR2CLL6E',
      '-A KUBE-SVC-LOLE4ISW44XBNF3G -m comment --comment "default/web -> 10.244.2.165:8080" -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-VMSZF7YGOIHA4NDT',
      '-A KUBE-SVC-LOLE4ISW44XBNF3G -m comment --comment "default/web -> 10.244.3.124:8080" -j KUBE-SEP-SOBUD2EHJES3HRNL',
      '-A KUBE-SEP-SOBUD2EHJES3HRNL -s 10.244.3.124/32 -m comment --comment "default/web" -j KUBE-MARK-MASQ',
      '-A KUBE-SEP-SOBUD2EHJES3HRNL -p tcp -m comment --comment "default/web" -m tcp -j DNAT --to-destination 10.244.3.124:8080',
    ],
  },
  {
    title: 'refuses for a Service without endpoints',
    given: proxied({ clusterIP }, []),
    lines: [
      '-A KUBE-SERVICES -d 10.96.73.60/32 -p tcp -m comment --comment "default/web has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
    ],
  },
  {
    title: 'guards load balancer addresses by source range',
    given: proxied(
      { clusterIP, type: 'LoadBalancer', loadBalancerSourceRanges: ['192.168.49.100/32'] },
      ['10.244.1.12'],
      [{ ip: '203.0.113.10' }],
    ),
    lines: [
      '-A KUBE-SERVICES -d 203.0.113.10/32 -p tcp -m comment --comment "default/web loadbalancer IP" -m tcp --dport 80 -j KUBE-FW-LOLE4ISW44XBNF3G',
      '-A KUBE-FW-LOLE4ISW44XBNF3G -s 192.168.49.100/32 -m comment --comment "default/web loadbalancer IP" -j KUBE-EXT-LOLE4ISW44XBNF3G',
      '-A KUBE-FW-LOLE4ISW44XBNF3G -m comment --comment "other traffic to default/web will be dropped by KUBE-PROXY-FIREWALL"',
      '-A KUBE-PROXY-FIREWALL -d 203.0.113.10/32 -p tcp -m comment --comment "default/web traffic not accepted by KUBE-FW-LOLE4ISW44XBNF3G" -m tcp --dport 80 -j DROP',
    ],
  },
];

describe('the rules of a node', () => {
  it.each(cases)('$title', ({ given, lines }) => {
    expect(linesOf(given)).toEqual(expect.arrayContaining([...lines]));
  });

  it('keeps what has not changed', () => {
    const given = proxied({ clusterIP }, ['10.244.1.12']);
    const before = iptablesBackend.compile(node, [given]);
    expect(iptablesBackend.compile(node, [{ ...given }], before)).toBe(before);
    const after = iptablesBackend.compile(node, [{ ...given, slices: [] }], before);
    expect(after).not.toBe(before);
    expect(after.print()).toContain('has no endpoints');
  });
});
