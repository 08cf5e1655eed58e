import { describe, expect, it } from '@jest/globals';
import { parseRange } from '../../../src/network/ipv4.ts';
import { ipvsBackend } from '../../../src/proxy/ipvs/node-rules.ts';
import type { ProxiedService, ProxyNode } from '../../../src/proxy/proxy-backend.ts';
import { service, slice } from '../../network/small-cluster.ts';

const podRange = parseRange('10.244.0.0/16');
if (!podRange) throw new Error('not a range');
const node: ProxyNode = {
  name: 'node-1',
  zone: '',
  address: '192.168.49.2',
  podGateway: '10.244.1.1',
  podRange,
  serviceRanges: [],
};

function proxied(spec: Parameters<typeof service>[1], addresses: readonly string[]): ProxiedService {
  const endpoints = addresses.map((address) => ({ addresses: [address] }));
  return { key: 'default/web', service: service('web', spec), slices: [slice('web', endpoints)] };
}

function printed(given: ProxiedService, changes: Partial<ProxyNode> = {}): readonly string[] {
  return ipvsBackend
    .compile({ ...node, ...changes }, [given])
    .print()
    .split('\n')
    .slice(3, -1);
}

const clusterIP = '10.96.73.60';

// The layout is that of ipvsadm 1.31 (ipvsadm.c print_service_entry), which sorts addresses as signed differences.
describe('ipvsadm -Ln', () => {
  it('has a head', () => {
    expect(ipvsBackend.compile(node, []).print()).toBe(
      [
        'IP Virtual Server version 1.2.1 (size=4096)',
        'Prot LocalAddress:Port Scheduler Flags',
        '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
        '',
      ].join('\n'),
    );
  });

  it('lists the addresses of a Service, the real servers in numerical order', () => {
    const ports = [{ port: 80, targetPort: 8080, nodePort: 30080, protocol: 'TCP' as const }];
    const given = proxied({ clusterIP, type: 'NodePort', ports }, ['10.244.2.165', '10.244.10.2']);
    const servers = [
      '  -> 10.244.2.165:8080            Masq    1      0          0         ',
      '  -> 10.244.10.2:8080             Masq    1      0          0         ',
    ];
    expect(printed(given)).toEqual([
      'TCP  192.168.49.2:30080 rr',
      ...servers,
      'TCP  10.96.73.60:80 rr',
      ...servers,
      'TCP  10.244.1.1:30080 rr',
      ...servers,
    ]);
  });

  it.each<[string, Parameters<typeof service>[1], Partial<ProxyNode>, readonly string[]]>([
    ['a Service without endpoints', { clusterIP }, {}, ['TCP  10.96.73.60:80 rr']],
    [
      'affinity',
      { clusterIP, sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } } },
      {},
      ['TCP  10.96.73.60:80 rr persistent 10800'],
    ],
    ['a scheduler', { clusterIP }, { ipvsScheduler: 'lc' }, ['TCP  10.96.73.60:80 lc']],
    ['a scheduler with flags', { clusterIP }, { ipvsScheduler: 'mh' }, ['TCP  10.96.73.60:80 mh (mh-port)']],
    [
      'UDP behind TCP',
      {
        clusterIP,
        ports: [
          { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' },
          { name: 'dns-tcp', port: 53, targetPort: 53, protocol: 'TCP' },
          { name: 'metrics', port: 9153, targetPort: 9153, protocol: 'TCP' },
        ],
      },
      {},
      ['TCP  10.96.73.60:53 rr', 'TCP  10.96.73.60:9153 rr', 'UDP  10.96.73.60:53 rr'],
    ],
  ])('shows %s', (_title, spec, changes, expected) => {
    expect(printed(proxied(spec, []), changes)).toEqual(expected);
  });

  it('keeps what has not changed', () => {
    const given = proxied({ clusterIP }, ['10.244.1.12']);
    const before = ipvsBackend.compile(node, [given]);
    expect(ipvsBackend.compile(node, [{ ...given }], before)).toBe(before);
    expect(ipvsBackend.compile(node, [{ ...given, slices: [] }], before)).not.toBe(before);
  });
});
