import { describe, expect, it } from '@jest/globals';
import type { DnsQueryType } from '../../src/cluster.ts';
import type { VantagePoint } from '../../src/network/flow.ts';
import { endpoint, fromPod, pod, service, slice, SmallCluster } from '../network/small-cluster.ts';

const clusterIP = '10.96.0.20';
const web0 = pod('web-0', 'node-1', '10.244.1.3', { hostname: 'zero', subdomain: 'nest' });
const web1 = pod('web-1', 'node-2', '10.244.2.2');
const headless = { clusterIP: 'None', ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' as const }] };
const httpPort = { ports: [{ name: 'http', port: 8080, protocol: 'TCP' as const }] };

function arranged(): SmallCluster {
  const cluster = new SmallCluster();
  const { store } = cluster;
  for (const each of [pod('client', 'node-1', '10.244.1.2'), web0, web1]) store.put(each);
  store.put(service('web', { clusterIP, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] }));
  store.put(slice('web', [endpoint(web1)], httpPort));
  store.put(service('nest', headless));
  store.put(
    slice(
      'nest',
      [{ ...endpoint(web0), hostname: 'zero' }, endpoint(web1), endpoint(web1, { ready: false })],
      httpPort,
    ),
  );
  store.put(service('empty', headless));
  store.put(slice('empty', [endpoint(web1, { ready: false })], httpPort));
  for (const [name, externalName] of [
    ['out', 'www.example.com'],
    ['dead', 'no.such.example'],
    ['alias', 'web.default.svc.cluster.local'],
    ['nowhere', 'no.default.svc.cluster.local'],
    ['number', '10.0.0.1'],
    ['loop', 'loop.default.svc.cluster.local'],
  ] as const) {
    store.put(service(name, { clusterIP: undefined, type: 'ExternalName', externalName, selector: undefined }));
  }
  return cluster;
}

const cluster = arranged();

function ask(name: string, type: DnsQueryType, from: VantagePoint = fromPod('client')): string {
  const { code, answers } = cluster.plane.resolve(from, name, type);
  return answers.length > 0 ? answers.map((record) => `${record.type} ${record.data}`).join(', ') : code;
}

describe('answers of the cluster DNS', () => {
  it.each<[string, DnsQueryType, string]>([
    ['web', 'A', `A ${clusterIP}`],
    ['web.default', 'A', `A ${clusterIP}`],
    ['WEB.default.svc', 'A', `A ${clusterIP}`],
    ['web.default.svc.cluster.local.', 'A', `A ${clusterIP}`],
    ['web', 'AAAA', 'NOERROR'],
    ['web', 'CNAME', 'NOERROR'],
    ['_http._tcp.web', 'SRV', 'SRV 0 100 80 web.default.svc.cluster.local.'],
    ['web', 'SRV', 'SRV 0 100 80 web.default.svc.cluster.local.'],
    ['_http._udp.web', 'SRV', 'NXDOMAIN'],
    ['_other._tcp.web', 'SRV', 'NXDOMAIN'],
    ['10-244-2-2.web', 'A', 'A 10.244.2.2'],
    ['10-244-9-9.web', 'A', 'NXDOMAIN'],
    ['nest', 'A', 'A 10.244.1.3, A 10.244.2.2'],
    ['zero.nest', 'A', 'A 10.244.1.3'],
    ['web-0.nest', 'A', 'NXDOMAIN'],
    [
      '_http._tcp.nest',
      'SRV',
      'SRV 0 50 8080 zero.nest.default.svc.cluster.local., SRV 0 50 8080 10-244-2-2.nest.default.svc.cluster.local.',
    ],
    ['empty', 'A', 'NXDOMAIN'],
    ['out', 'A', 'CNAME www.example.com., A 198.51.100.7'],
    ['out', 'CNAME', 'CNAME www.example.com.'],
    ['out', 'SRV', 'NOERROR'],
    ['dead', 'A', 'CNAME no.such.example.'],
    ['alias', 'A', `CNAME web.default.svc.cluster.local., A ${clusterIP}`],
    ['nowhere', 'A', 'NOERROR'],
    ['number', 'A', 'NXDOMAIN'],
    ['loop', 'A', 'NOERROR'],
    ['www.example.com', 'A', 'A 198.51.100.7'],
    ['10-0-0-9.default.pod', 'A', 'A 10.0.0.9'],
    ['10-0-0-9.default.pod.cluster.local', 'A', 'A 10.0.0.9'],
    ['pod-9.default.pod.cluster.local', 'A', 'NXDOMAIN'],
    ['default.svc.cluster.local', 'A', 'NOERROR'],
    ['other.svc.cluster.local', 'A', 'NXDOMAIN'],
    ['svc.cluster.local', 'A', 'NOERROR'],
    ['cluster.local', 'A', 'NOERROR'],
    ['a.b.c.web.default.svc.cluster.local', 'A', 'NXDOMAIN'],
    ['web.other', 'A', 'NXDOMAIN'],
    [clusterIP, 'PTR', 'PTR web.default.svc.cluster.local.'],
    ['3.1.244.10.in-addr.arpa', 'PTR', 'PTR zero.nest.default.svc.cluster.local.'],
    ['10.9.9.9', 'PTR', 'NXDOMAIN'],
    [`${'x'.repeat(64)}.default.svc.cluster.local`, 'A', 'NXDOMAIN'],
    ['', 'A', 'NXDOMAIN'],
    ['__proto__', 'A', 'NXDOMAIN'],
  ])('%s %s -> %s', (name, type, expected) => {
    expect(ask(name, type)).toBe(expected);
  });

  it('are not there for nodes and the world outside', () => {
    expect(ask('web.default.svc.cluster.local', 'A', { kind: 'node', name: 'node-1' })).toBe('NXDOMAIN');
    expect(ask('www.example.com', 'A', { kind: 'external', name: 'internet' })).toBe('A 198.51.100.7');
  });

  it('come with the names that were tried before', () => {
    const { name, tried } = cluster.plane.resolve(fromPod('client'), 'www.example.com', 'A');
    expect(name).toBe('www.example.com.');
    expect(tried.map((attempt) => `${attempt.name} ${attempt.code}`)).toEqual([
      'www.example.com.default.svc.cluster.local. NXDOMAIN',
      'www.example.com.svc.cluster.local. NXDOMAIN',
      'www.example.com.cluster.local. NXDOMAIN',
    ]);
  });
});
