import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LoadBalancerIngress } from '@kubedrill/kube-model';
import type { ClusterOptions } from '../../src/cluster.ts';
import type { Probe } from '../../src/network/flow.ts';
import { describe as inWords, endpoint, fromPod, pod, service, slice, SmallCluster, tcp } from './small-cluster.ts';

const client = pod('client', 'node-1', '10.244.1.2');
const web0 = pod('web-0', 'node-1', '10.244.1.3');
const web1 = pod('web-1', 'node-2', '10.244.2.2');
const host = pod('on-host', 'node-3', '192.168.49.4', { hostNetwork: true });
const clusterIP = '10.96.0.20';
const node1 = { kind: 'node', name: 'node-1' } as const;
const neighbour = { kind: 'external', name: 'neighbour' } as const;
const internet = { kind: 'external', name: 'internet' } as const;
const nodePorts = [{ port: 80, targetPort: 8080, nodePort: 30080, protocol: 'TCP' }] as const;

let cluster: SmallCluster;

beforeEach(() => {
  cluster = new SmallCluster();
  for (const each of [client, web0, web1, host]) cluster.store.put(each);
});

function publish(
  spec: Partial<Parameters<typeof service>[1]> = {},
  endpoints = [endpoint(web0), endpoint(web1)],
): void {
  cluster.store.put(service('web', { clusterIP, ...spec }));
  cluster.store.put(slice('web', endpoints));
}

describe('outcomes of a probe', () => {
  it.each<[string, Probe, readonly string[]]>([
    [
      'a cluster IP from a pod',
      tcp(fromPod('client'), clusterIP),
      ['web-0 sees 10.244.1.2: 1/2', 'web-1 sees 10.244.1.2: 1/2'],
    ],
    ['a cluster IP from a node', tcp(node1, clusterIP), ['web-0 sees 10.244.1.1: 1/2', 'web-1 sees 192.168.49.2: 1/2']],
    [
      'its own Service from a backend',
      tcp(fromPod('web-0'), clusterIP),
      ['web-0 sees 10.244.1.1: 1/2', 'web-1 sees 10.244.1.3: 1/2'],
    ],
    ['a name', tcp(fromPod('client'), 'web'), ['web-0 sees 10.244.1.2: 1/2', 'web-1 sees 10.244.1.2: 1/2']],
    ['a name of another namespace', tcp(fromPod('client'), 'web.other'), ['nameNotFound']],
    ['a port that is not declared', tcp(fromPod('client'), clusterIP, 81), ['timedOut']],
    ['a cluster IP from outside', tcp(neighbour, clusterIP), ['ENETUNREACH']],
    ['a cluster IP from the internet', tcp(internet, clusterIP), ['timedOut']],
    [
      'a node port from outside',
      tcp(neighbour, '192.168.49.3', 30080),
      ['web-0 sees 192.168.49.3: 1/2', 'web-1 sees 10.244.2.1: 1/2'],
    ],
    [
      'a node port on localhost',
      tcp(node1, '127.0.0.1', 30080),
      ['web-0 sees 10.244.1.1: 1/2', 'web-1 sees 192.168.49.2: 1/2'],
    ],
    ['a pod', tcp(fromPod('client'), '10.244.2.2', 8080), ['web-1 sees 10.244.1.2']],
    ['a port where nothing listens', tcp(fromPod('client'), '10.244.2.2', 9), ['refused']],
    ['an address without a pod', tcp(fromPod('client'), '10.244.2.99', 8080), ['timedOut']],
    ['an address on the link that nobody has', tcp(fromPod('client'), '192.168.49.77'), ['EHOSTUNREACH']],
    ['the same, with less patience', { ...tcp(fromPod('client'), '192.168.49.77'), timeout: 1500 }, ['timedOut']],
    ['a pod in the host network', tcp(neighbour, '192.168.49.4', 8080), ['on-host sees 192.168.49.100']],
    ['itself on localhost', tcp(fromPod('client'), 'localhost', 8080), ['client sees 127.0.0.1']],
    ['a host on the internet', tcp(fromPod('client'), 'www.example.com', 443), ['internet sees 192.168.49.2']],
    ['ping of a pod', { ...tcp(fromPod('client'), '10.244.2.2'), protocol: 'ICMP' }, ['web-1 sees 10.244.1.2']],
    ['ping of a cluster IP', { ...tcp(fromPod('client'), clusterIP), protocol: 'ICMP' }, ['timedOut']],
    ['a pod that does not exist', tcp(fromPod('nobody'), clusterIP), ['ENETUNREACH']],
  ])('%s', (_title, probe, expected) => {
    publish({ type: 'NodePort', ports: nodePorts });
    expect(cluster.outcomes(probe)).toEqual(expected);
  });

  it.each<[string, Probe, readonly string[]]>([
    ['from outside, by a node with an endpoint', tcp(neighbour, '192.168.49.3', 30080), ['web-1 sees 192.168.49.100']],
    ['from outside, by a node without', tcp(neighbour, '192.168.49.4', 30080), ['timedOut']],
    [
      'from a pod, by its own node',
      tcp(fromPod('client'), '192.168.49.2', 30080),
      ['web-0 sees 10.244.1.2: 1/2', 'web-1 sees 10.244.1.2: 1/2'],
    ],
  ])('externalTrafficPolicy Local %s', (_title, probe, expected) => {
    publish({ type: 'NodePort', ports: nodePorts, externalTrafficPolicy: 'Local' });
    expect(cluster.outcomes(probe)).toEqual(expected);
  });

  it('loses the answer that takes another way back', () => {
    cluster = new SmallCluster({ network: { egressMasquerade: false } });
    for (const each of [client, web0, web1]) cluster.store.put(each);
    publish({ type: 'NodePort', ports: nodePorts, externalTrafficPolicy: 'Local' });
    const probe = tcp(fromPod('client'), '192.168.49.4', 30080);
    expect(new Set(cluster.outcomes(probe))).toEqual(new Set(['timedOut: 1/2']));
  });

  it('tells a node that its own firewall drops datagrams', () => {
    publish({ internalTrafficPolicy: 'Local', ports: [{ port: 80, targetPort: 8080, protocol: 'UDP' }] }, []);
    cluster.store.put(slice('web', [endpoint(web1)], { ports: [{ name: '', port: 8080, protocol: 'UDP' }] }));
    expect(cluster.outcomes({ ...tcp(node1, clusterIP), protocol: 'UDP' })).toEqual(['EPERM']);
    expect(cluster.outcomes({ ...tcp(fromPod('client'), clusterIP), protocol: 'UDP' })).toEqual(['timedOut']);
  });

  it('stops at its bound', () => {
    const { bounds } = cluster.sources(1).options;
    const narrow = new SmallCluster({ bounds: { ...bounds, maxTraceBranches: 1 } });
    for (const each of [client, web0, web1]) narrow.store.put(each);
    narrow.store.put(service('web', { clusterIP }));
    narrow.store.put(slice('web', [endpoint(web0), endpoint(web1)]));
    expect(narrow.outcomes(tcp(fromPod('client'), clusterIP))).toEqual(['web-0 sees 10.244.1.2: 1/2', 'limited: 1/2']);
  });
});

describe('evidence', () => {
  it.each<[string, () => void, Probe, readonly string[]]>([
    [
      'a wrong targetPort leads to the Service port and the pod',
      () => {
        publish({}, []);
        cluster.store.put(slice('web', [endpoint(web1)], { ports: [{ name: '', port: 9, protocol: 'TCP' }] }));
      },
      tcp(fromPod('client'), clusterIP),
      [
        'Service/web spec.ports.0.port',
        'Service/web spec.ports.0.targetPort',
        'EndpointSlice/web-x endpoints.0',
        'Pod/web-1 ',
        'Pod/web-1 spec.containers',
      ],
    ],
    [
      'no endpoints lead to the selector',
      () => publish({}, []),
      tcp(fromPod('client'), clusterIP),
      ['Service/web spec.selector', 'Service/web spec.ports.0.targetPort'],
    ],
    [
      'unready endpoints lead to the pods',
      () => publish({}, [endpoint(web1, { ready: false, serving: false })]),
      tcp(fromPod('client'), clusterIP),
      ['EndpointSlice/web-x endpoints.0', 'Pod/web-1 '],
    ],
    [
      'a node without endpoints leads to the policy',
      () => publish({ internalTrafficPolicy: 'Local' }, [endpoint(web1)]),
      tcp(fromPod('client'), clusterIP),
      ['Service/web spec.internalTrafficPolicy'],
    ],
    [
      'a name in the wrong namespace leads to the Service of that name',
      () => publish(),
      tcp(fromPod('client'), 'web.other'),
      ['Service/web metadata.namespace'],
    ],
  ])('%s', (_title, arrange, probe, expected) => {
    arrange();
    const [first] = cluster.plane.trace(probe).outcomes;
    const evidence = first?.hops.flatMap((hop) => hop.evidence ?? []) ?? [];
    expect(evidence.map(({ kind, name, path }) => `${kind}/${name} ${path.join('.')}`)).toEqual(expected);
  });
});

describe('ClientIP affinity', () => {
  const sticky = { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } } } as const;
  const probe = tcp(fromPod('client'), clusterIP);

  it('keeps a client at its endpoint until the time-out after its last connection', () => {
    publish(sticky);
    const first = inWords(cluster.plane.connect(probe).outcome);
    expect(cluster.outcomes(probe)).toEqual([first]);
    cluster.now = 10_000;
    expect(inWords(cluster.plane.connect(probe).outcome)).toBe(first);
    cluster.now = 20_000;
    expect(cluster.outcomes(probe)).toEqual([first]);
    cluster.now = 20_001;
    expect(cluster.outcomes(probe)).toHaveLength(2);
  });

  it('is forgotten when the endpoint was gone for a while', () => {
    publish(sticky);
    cluster.plane.connect(probe);
    publish(sticky, []);
    cluster.plane.sync();
    publish(sticky);
    expect(cluster.outcomes(probe)).toHaveLength(2);
  });

  it('leaves no mark by tracing, nor in the original by connecting in a fork', () => {
    publish(sticky);
    cluster.plane.trace(probe);
    cluster.plane.fork(cluster.sources(2)).connect(probe);
    expect(cluster.outcomes(probe)).toHaveLength(2);
  });
});

describe('open connections', () => {
  it('go on when the endpoint is no longer one, and end with the pod', () => {
    publish({}, [endpoint(web1)]);
    const { id } = cluster.plane.open(tcp(fromPod('client'), clusterIP));
    publish({}, []);
    expect(inWords(cluster.plane.use(id).outcome)).toBe('web-1 sees 10.244.1.2');
    expect(cluster.outcomes(tcp(fromPod('client'), clusterIP))).toEqual(['refused']);
    cluster.store.remove({ kind: 'Pod', namespace: 'default', name: 'web-1' });
    expect(cluster.plane.use(id).outcome.kind).toBe('closed');
  });

  it('of UDP are led to another endpoint when theirs does not serve any more', () => {
    const udp = [{ name: '', port: 8080, protocol: 'UDP' }] as const;
    cluster.store.put(service('web', { clusterIP, ports: [{ port: 80, targetPort: 8080, protocol: 'UDP' }] }));
    cluster.store.put(slice('web', [endpoint(web1)], { ports: udp }));
    const { id } = cluster.plane.open({ ...tcp(fromPod('client'), clusterIP), protocol: 'UDP' });
    cluster.store.put(slice('web', [endpoint(web0)], { ports: udp }));
    expect(inWords(cluster.plane.use(id).outcome)).toBe('web-0 sees 10.244.1.2');
  });
});

describe('connect', () => {
  it('draws as often as trace says', () => {
    publish({}, [endpoint(web0), endpoint(web1), endpoint(host)]);
    const probe = tcp(fromPod('client'), clusterIP);
    const counts = new Map<string, number>();
    for (let drawn = 0; drawn < 3000; drawn += 1) {
      const words = inWords(cluster.plane.connect(probe).outcome);
      counts.set(words, (counts.get(words) ?? 0) + 1);
    }
    expect(counts.size).toBe(3);
    // Chi-square with two degrees of freedom, p = 0.001.
    const distance = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(distance).toBeLessThan(13.8);
  });
});

describe('what is in front of the cluster', () => {
  const vip = '203.0.113.9';

  function behind(changes: Partial<ClusterOptions>, spec: object, ingress: LoadBalancerIngress): SmallCluster {
    const given = new SmallCluster(changes);
    for (const each of [client, web0, web1]) given.store.put(each);
    const made = service('web', { clusterIP, type: 'LoadBalancer', ports: nodePorts, ...spec });
    given.store.put({ ...made, status: { loadBalancer: { ingress: [ingress] } } });
    given.store.put(slice('web', [endpoint(web0), endpoint(web1)]));
    return given;
  }

  const cloud = { loadBalancer: { kind: 'cloud', range: '203.0.113.0/24' } } as const;
  const office = ['one', 'two'].map((name, index) => ({
    name,
    address: `10.9.0.${index + 1}`,
    natAddress: '198.51.100.9',
  }));
  const [first] = office;
  const routed = { name: 'routed', address: '192.168.49.200', routesToCluster: true };
  const external = (name: string) => ({ kind: 'external', name }) as const;

  it.each<[string, SmallCluster, Probe, readonly string[]]>([
    [
      'a load balancer that keeps to healthy nodes under policy Local',
      behind(cloud, { externalTrafficPolicy: 'Local' }, { ip: vip }),
      tcp(internet, vip),
      ['web-0 sees 198.51.100.7: 1/2', 'web-1 sees 198.51.100.7: 1/2'],
    ],
    [
      'a port that the load balancer does not have',
      behind(cloud, {}, { ip: vip }),
      tcp(internet, vip, 81),
      ['timedOut'],
    ],
    [
      'a load balancer that connects by itself',
      behind(cloud, { externalTrafficPolicy: 'Local' }, { ip: vip, ipMode: 'Proxy' }),
      tcp(internet, vip),
      [`web-0 sees ${vip}: 1/2`, `web-1 sees ${vip}: 1/2`],
    ],
    [
      'a load balancer on localhost',
      behind({ loadBalancer: { kind: 'localhost' } }, { externalTrafficPolicy: 'Local' }, { hostname: 'localhost' }),
      tcp(internet, 'localhost'),
      ['web-0 sees 192.168.49.1: 1/2', 'web-1 sees 192.168.49.1: 1/2'],
    ],
    [
      'clients behind one NAT address',
      behind({ ...cloud, externalHosts: office }, { externalTrafficPolicy: 'Local' }, { ip: vip }),
      tcp(external('two'), vip),
      ['web-0 sees 198.51.100.9: 1/2', 'web-1 sees 198.51.100.9: 1/2'],
    ],
    [
      'a host with routes to the cluster',
      behind({ externalHosts: [routed] }, {}, { ip: vip }),
      tcp(external('routed'), clusterIP),
      ['web-0 sees 10.244.1.1: 1/2', 'web-1 sees 192.168.49.2: 1/2'],
    ],
    ['an IPv6 address', behind({}, {}, { ip: vip }), tcp(fromPod('client'), '2001:db8::1'), ['ENETUNREACH']],
  ])('%s', (_title, given, probe, expected) => {
    expect(given.outcomes(probe)).toEqual(expected);
  });

  it('sees one client where several share an address', () => {
    const given = behind(
      { ...cloud, externalHosts: office },
      { externalTrafficPolicy: 'Local', sessionAffinity: 'ClientIP' },
      { ip: vip },
    );
    const { outcome } = given.plane.connect(tcp(external(first?.name ?? ''), '192.168.49.2', 30080));
    expect(inWords(outcome)).toBe('web-0 sees 198.51.100.9');
    expect(given.outcomes(tcp(external('two'), '192.168.49.2', 30080))).toEqual(['web-0 sees 198.51.100.9']);
  });
});
