import type { DnsQueryType } from '../../src/cluster.ts';

/** A question to CoreDNS's kubernetes plugin with its answer; `additional` where the case says something of it. */
export interface HandlerCase {
  readonly name: string;
  readonly type: DnsQueryType;
  readonly code?: 'NXDOMAIN';
  readonly answers?: readonly string[];
  readonly additional?: readonly string[];
}

/** The situation and the cases of coredns plugin/kubernetes/handler_test.go, in the namespace testns. */
export const handlerCases: readonly HandlerCase[] = [
  { name: 'svc1.testns.svc', type: 'A', answers: ['A 10.0.0.1'] },
  {
    name: 'svc1.testns.svc',
    type: 'SRV',
    answers: ['SRV 0 100 80 svc1.testns.svc.cluster.local.'],
    additional: ['svc1.testns.svc.cluster.local. A 10.0.0.1'],
  },
  {
    name: 'svc6.testns.svc',
    type: 'SRV',
    answers: ['SRV 0 100 80 svc6.testns.svc.cluster.local.'],
    additional: ['svc6.testns.svc.cluster.local. AAAA 1234:abcd::1'],
  },
  {
    name: '_http._tcp.svc1.testns.svc',
    type: 'SRV',
    answers: ['SRV 0 100 80 svc1.testns.svc.cluster.local.'],
    additional: ['svc1.testns.svc.cluster.local. A 10.0.0.1'],
  },
  {
    name: 'hdls1.testns.svc',
    type: 'A',
    answers: ['A 172.0.0.2', 'A 172.0.0.3', 'A 172.0.0.4', 'A 172.0.0.5'],
  },
  { name: 'hdlsprtls.testns.svc', type: 'A', answers: ['A 172.0.0.20'] },
  { name: 'svc1.testns.svc', type: 'AAAA' },
  { name: 'svc0.testns.svc', type: 'AAAA', code: 'NXDOMAIN' },
  { name: 'svc0.testns.svc', type: 'A', code: 'NXDOMAIN' },
  { name: 'svc0.svc-nons.svc', type: 'A', code: 'NXDOMAIN' },
  { name: 'svc1.testns.svc', type: 'TXT' },
  { name: 'svc0.svc-nons.svc', type: 'TXT', code: 'NXDOMAIN' },
  { name: 'bogusendpoint.hdls1.testns.svc', type: 'A', code: 'NXDOMAIN' },
  { name: 'bogusendpoint.svc0.testns.svc', type: 'A', code: 'NXDOMAIN' },
  { name: 'svc6.testns.svc', type: 'AAAA', answers: ['AAAA 1234:abcd::1'] },
  { name: 'hdls1.testns.svc', type: 'AAAA', answers: ['AAAA 5678:abcd::1', 'AAAA 5678:abcd::2'] },
  { name: 'svc', type: 'A' },
  { name: 'pod', type: 'A' },
  { name: 'testns.svc', type: 'A' },
  { name: 'svc', type: 'NS' },
  { name: 'testns.svc', type: 'NS' },
  { name: 'foo', type: 'NS', code: 'NXDOMAIN' },
  { name: 'foo.svc', type: 'NS', code: 'NXDOMAIN' },
  { name: 'svc-dual-stack.testns.svc', type: 'A', answers: ['A 10.0.0.3'] },
  { name: 'svc-dual-stack.testns.svc', type: 'AAAA', answers: ['AAAA 10::3'] },
  {
    name: 'svc-dual-stack.testns.svc',
    type: 'SRV',
    answers: ['SRV 0 50 80 svc-dual-stack.testns.svc.cluster.local.'],
    additional: [
      'svc-dual-stack.testns.svc.cluster.local. A 10.0.0.3',
      'svc-dual-stack.testns.svc.cluster.local. AAAA 10::3',
    ],
  },
  { name: 'svc1.testns.svc', type: 'SOA' },
  { name: 'endpoint.external.testns.svc', type: 'CNAME', code: 'NXDOMAIN' },
  { name: 'subdomain.subdomain.external.testns.svc', type: 'CNAME', code: 'NXDOMAIN' },
  {
    name: '_http._tcp.hdls1.testns.svc',
    type: 'SRV',
    answers: [
      'SRV 0 16 80 172-0-0-2.hdls1.testns.svc.cluster.local.',
      'SRV 0 16 80 172-0-0-3.hdls1.testns.svc.cluster.local.',
      'SRV 0 16 80 5678-abcd--1.hdls1.testns.svc.cluster.local.',
      'SRV 0 16 80 5678-abcd--2.hdls1.testns.svc.cluster.local.',
      'SRV 0 16 80 dup-name.hdls1.testns.svc.cluster.local.',
    ],
    additional: [
      '172-0-0-2.hdls1.testns.svc.cluster.local. A 172.0.0.2',
      '172-0-0-3.hdls1.testns.svc.cluster.local. A 172.0.0.3',
      '5678-abcd--1.hdls1.testns.svc.cluster.local. AAAA 5678:abcd::1',
      '5678-abcd--2.hdls1.testns.svc.cluster.local. AAAA 5678:abcd::2',
      'dup-name.hdls1.testns.svc.cluster.local. A 172.0.0.4',
      'dup-name.hdls1.testns.svc.cluster.local. A 172.0.0.5',
    ],
  },
  { name: '5678-abcd--2.hdls1.testns.svc', type: 'AAAA', answers: ['AAAA 5678:abcd::2'] },
  { name: '172-0-0-20.hdlsprtls.testns.svc', type: 'A', answers: ['A 172.0.0.20'] },
  { name: '172-0-0-2.hdls1.testns.svc', type: 'A', answers: ['A 172.0.0.2'] },
  { name: 'dup-name.hdls1.testns.svc', type: 'A', answers: ['A 172.0.0.4', 'A 172.0.0.5'] },
  { name: 'external.testns.svc', type: 'CNAME', answers: ['CNAME ext.interwebs.test.'] },
  {
    name: 'external-to-service.testns.svc',
    type: 'A',
    answers: ['CNAME svc1.testns.svc.cluster.local.', 'A 10.0.0.1'],
  },
];
