import { describe, expect, it } from '@jest/globals';
import type { EndpointSlice, Service } from '@kubedrill/kube-model';
import type { DnsQueryType } from '../../src/cluster.ts';
import { createRandom } from '../../src/engine/random.ts';
import { KubernetesZone } from '../../src/dns/kubernetes-zone.ts';
import { loadBalanced } from '../../src/dns/load-balance.ts';
import type { DnsMessage } from '../../src/dns/message.ts';
import { ClusterNameServer } from '../../src/dns/name-server.ts';
import { UpstreamNameServer } from '../../src/dns/upstream-name-server.ts';
import { ObjectStore } from '../../src/store/object-store.ts';
import { service as serviceIn, slice as sliceIn } from '../network/small-cluster.ts';
import { handlerCases } from './handler-cases.ts';

const http = { ports: [{ name: 'http', port: 80, protocol: 'TCP' as const, targetPort: 80 }] };

function inNamespace<T extends Service | EndpointSlice>(object: T, name = object.metadata.name): T {
  return { ...object, metadata: { ...object.metadata, name, uid: name, namespace: 'testns' } };
}

function external(name: string, externalName: string): Service {
  return inNamespace(
    serviceIn(name, { clusterIP: undefined, type: 'ExternalName', externalName, selector: undefined }),
  );
}

function arranged(): ObjectStore {
  const store = new ObjectStore();
  for (const name of ['testns', 'kube-system'])
    store.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, uid: name, resourceVersion: '', creationTimestamp: '' },
      spec: {},
      status: {},
    });
  store.put(inNamespace(serviceIn('svc1', { clusterIP: '10.0.0.1', ...http })));
  store.put(inNamespace(serviceIn('svc6', { clusterIP: '1234:abcd::1', ...http })));
  store.put(
    inNamespace(serviceIn('svc-dual-stack', { clusterIP: '10.0.0.3', clusterIPs: ['10.0.0.3', '10::3'], ...http })),
  );
  store.put(inNamespace(serviceIn('hdls1', { clusterIP: 'None', ...http })));
  store.put(inNamespace(serviceIn('hdlsprtls', { clusterIP: 'None', ports: undefined })));
  const port = { ports: [{ name: 'http', port: 80, protocol: 'TCP' as const }] };
  const at = (...addresses: string[]) => addresses.map((address) => ({ addresses: [address], conditions: {} }));
  const named = at('172.0.0.4', '172.0.0.5').map((each) => ({ ...each, hostname: 'dup-name' }));
  store.put(inNamespace(sliceIn('hdls1', [...at('172.0.0.2', '172.0.0.3'), ...named], port), 'hdls1-4'));
  store.put(inNamespace(sliceIn('hdls1', at('5678:abcd::1', '5678:abcd::2'), port), 'hdls1-6'));
  store.put(inNamespace(sliceIn('hdlsprtls', at('172.0.0.20'), { ports: [] })));
  store.put(external('external', 'ext.interwebs.test'));
  store.put(external('external-to-service', 'svc1.testns.svc.cluster.local.'));
  store.put(external('below-itself', 'x.below-itself.testns.svc.cluster.local'));
  store.put(external('one', 'two.testns.svc.cluster.local'));
  store.put(external('two', 'one.testns.svc.cluster.local'));
  return store;
}

const upstream = new UpstreamNameServer([
  { name: 'far', address: '198.51.100.7', dnsNames: ['ext.interwebs.test', 'www.example.com'] },
]);
const zone = new KubernetesZone('cluster.local', arranged());
const identity = { address: '10.96.0.10', name: 'kube-dns.kube-system.svc.cluster.local.' };
const server = new ClusterNameServer(zone, upstream, identity, 1_767_225_600);

function ask(name: string, type: DnsQueryType): DnsMessage {
  return server.query({ name, type });
}

const authority = 'ns.dns.cluster.local. hostmaster.cluster.local. 1767225600 7200 1800 86400 30';

describe('answers of the kubernetes plugin', () => {
  it.each(handlerCases)('$name $type', ({ name, type, code = 'NOERROR', answers = [], additional }) => {
    const message = ask(`${name}.cluster.local.`, type);
    expect(message.code).toBe(code);
    expect(message.answers.map((record) => `${record.type} ${record.data}`).sort()).toEqual([...answers].sort());
    if (additional)
      expect(message.additional.map((record) => `${record.name} ${record.type} ${record.data}`).sort()).toEqual(
        [...additional].sort(),
      );
    // Whatever is denied comes with the zone's SOA record.
    expect(message.authority.map(({ data }) => data)).toEqual(answers.length > 0 ? [] : [authority]);
    expect([message.authoritative, message.recursionAvailable]).toEqual([true, false]);
  });

  it.each<[string, DnsQueryType, string, string[]]>([
    ['dns-version.cluster.local.', 'TXT', 'NOERROR', ['"1.1.0"']],
    // The apex and what is between it and a Service have no text, and are denied for it.
    ['cluster.local.', 'TXT', 'NXDOMAIN', []],
    ['testns.svc.cluster.local.', 'TXT', 'NXDOMAIN', []],
    ['cluster.local.', 'SOA', 'NOERROR', [authority]],
    ['nosuch.testns.svc.cluster.local.', 'SOA', 'NOERROR', []],
    ['cluster.local.', 'NS', 'NOERROR', [identity.name]],
    ['cluster.local.', 'A', 'NOERROR', []],
    ['ns.dns.cluster.local.', 'A', 'NOERROR', ['10.96.0.10']],
    ['ns.dns.cluster.local.', 'AAAA', 'NOERROR', []],
    ['svc1.testns.svc.cluster.local.', 'MX', 'NOERROR', []],
    ['svc0.testns.svc.cluster.local.', 'MX', 'NXDOMAIN', []],
    ['svc1.testns.svc.cluster.local.', 'ANY', 'NOERROR', []],
    ['svc0.testns.svc.cluster.local.', 'ANY', 'NXDOMAIN', []],
    ['svc1.testns.svc.cluster.local.', 'PTR', 'NOERROR', []],
    // Wildcards are names like others since CoreDNS 1.9.
    ['*.testns.svc.cluster.local.', 'A', 'NXDOMAIN', []],
    ['any.any.svc.cluster.local.', 'A', 'NXDOMAIN', []],
    ['_http._udp.svc1.testns.svc.cluster.local.', 'SRV', 'NXDOMAIN', []],
    ['SVC1.TestNS.svc.cluster.local.', 'A', 'NOERROR', ['10.0.0.1']],
    ['external.testns.svc.cluster.local.', 'A', 'NOERROR', ['ext.interwebs.test.', '198.51.100.7']],
    ['external.testns.svc.cluster.local.', 'SRV', 'NOERROR', []],
    ['external.testns.svc.cluster.local.', 'TXT', 'NOERROR', []],
    ['below-itself.testns.svc.cluster.local.', 'A', 'NOERROR', []],
    ['one.testns.svc.cluster.local.', 'A', 'NOERROR', []],
    ['10-0-0-9.testns.pod.cluster.local.', 'A', 'NOERROR', ['10.0.0.9']],
    ['10-0-0-9.testns.pod.cluster.local.', 'AAAA', 'NOERROR', []],
    ['5678-abcd--1.testns.pod.cluster.local.', 'AAAA', 'NOERROR', ['5678:abcd::1']],
    ['10-0-0-9.nons.pod.cluster.local.', 'A', 'NXDOMAIN', []],
    ['web-0.testns.pod.cluster.local.', 'A', 'NXDOMAIN', []],
    ['1.0.0.10.in-addr.arpa.', 'PTR', 'NOERROR', ['svc1.testns.svc.cluster.local.']],
    ['2.0.0.172.in-addr.arpa.', 'PTR', 'NOERROR', ['172-0-0-2.hdls1.testns.svc.cluster.local.']],
    ['4.0.0.172.in-addr.arpa.', 'PTR', 'NOERROR', ['dup-name.hdls1.testns.svc.cluster.local.']],
    [
      '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.c.b.a.8.7.6.5.ip6.arpa.',
      'PTR',
      'NOERROR',
      ['5678-abcd--1.hdls1.testns.svc.cluster.local.'],
    ],
    ['9.9.9.10.in-addr.arpa.', 'PTR', 'NXDOMAIN', []],
    // Falls through to the world's DNS, which does not know it either.
    ['1.0.0.10.in-addr.arpa.', 'A', 'NXDOMAIN', []],
  ])('%s %s', (name, type, code, data) => {
    const message = ask(name, type);
    expect([message.code, message.answers.map((record) => record.data)]).toEqual([code, data]);
  });

  it('keep the case of the question and live 30 seconds', () => {
    expect(ask('SVC1.testns.svc.cluster.local.', 'A').answers).toEqual([
      { name: 'SVC1.testns.svc.cluster.local.', type: 'A', ttl: 30, data: '10.0.0.1' },
    ]);
  });

  it('come from the recursive resolver for other names, and live no longer', () => {
    expect(ask('www.example.com.', 'A')).toMatchObject({
      answers: [{ ttl: 30, data: '198.51.100.7' }],
      authoritative: false,
      recursionAvailable: true,
    });
  });
});

describe('the order of addresses', () => {
  it('is drawn anew, and every address comes first in its turn', () => {
    const random = createRandom(1);
    const message = ask('hdls1.testns.svc.cluster.local.', 'A');
    const firsts = new Map<string, number>();
    for (let round = 0; round < 400; round += 1) {
      const [first] = loadBalanced(message, random).answers;
      firsts.set(first?.data ?? '', (firsts.get(first?.data ?? '') ?? 0) + 1);
    }
    expect([...firsts.keys()].sort()).toEqual(['172.0.0.2', '172.0.0.3', '172.0.0.4', '172.0.0.5']);
    for (const count of firsts.values()) expect(count).toBeGreaterThan(60);
  });

  it('leaves aliases in front', () => {
    const { answers } = loadBalanced(ask('external.testns.svc.cluster.local.', 'A'), createRandom(3));
    expect(answers.map(({ type }) => type)).toEqual(['CNAME', 'A']);
  });
});
