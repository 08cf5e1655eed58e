import type { Cluster, DnsQueryType, Probe, VantagePoint } from '@kubedrill/cluster-sim';
import type { Draw } from './draw.ts';
import type { Step } from './step.ts';
import { addresses, awkwardTexts, names } from './words.ts';

const nodeNames = ['node-1', 'node-2', 'node-3', 'a'] as const;
const podPlaces = ['client', 'web-0', 'a', 'b'] as const;

function vantagePoint(draw: Draw, pods: readonly string[]): VantagePoint {
  return draw.pick<VantagePoint>([
    { kind: 'pod', namespace: 'default', name: draw.pick(pods) },
    {
      kind: 'pod',
      namespace: 'default',
      name: draw.pick(pods),
      ...draw.maybe(30, () => ({ container: draw.pick(['c0', 'x']) })),
    },
    { kind: 'node', name: draw.pick(nodeNames) },
    { kind: 'external', name: draw.pick(['internet', 'nobody']) },
  ]);
}

/** A flow between places that are likely, but need not, be there. */
export function probe(draw: Draw, { view }: Pick<Cluster, 'view'>): Probe {
  const pods = view.list('Pod', 'default').map(({ metadata }) => metadata.name);
  const clusterIPs = view.list('Service').flatMap(({ spec }) => spec.clusterIPs ?? []);
  const hosts: readonly string[] = [
    ...names,
    ...clusterIPs,
    draw.pick(addresses),
    draw.pick([
      '172.18.0.2',
      '172.18.0.3',
      '198.51.100.4',
      'web.default.svc',
      'kubernetes',
      'example.com',
      '127.0.0.1',
      'localhost',
    ]),
    draw.pick(awkwardTexts),
    ...view.list('Pod', 'default').flatMap(({ status }) => status.podIP ?? []),
  ];
  const nodePorts = view
    .list('Service')
    .flatMap(({ spec }) => (spec.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []));
  return {
    from: vantagePoint(draw, [...podPlaces, ...pods]),
    host: draw.pick(hosts),
    port: draw.pick([80, 80, 8080, 53, 443, ...nodePorts, draw.pick([1, 65535, 30001, 10256])]),
    protocol: draw.pick(['TCP', 'TCP', 'TCP', 'UDP', 'SCTP', 'ICMP']),
    ...draw.maybe(40, () => ({
      http: {
        method: draw.pick(['GET', 'POST', 'BREW']),
        path: draw.pick(['/', '/hostname', '/dial?x', ...awkwardTexts]),
        headers: { host: 'web' },
      },
    })),
    ...draw.maybe(10, () => ({ data: draw.pick(['PING\r\n', ...awkwardTexts]) })),
    ...draw.maybe(20, () => ({ timeout: draw.pick([0, 1, 1000]) })),
  };
}

const queryTypes: readonly DnsQueryType[] = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR'];

export function networkQuestion(draw: Draw, cluster: Pick<Cluster, 'view'>): Step {
  const { from, host } = probe(draw, cluster);
  return draw.pick<Step>([
    { do: 'trace', probe: probe(draw, cluster) },
    { do: 'connect', probe: probe(draw, cluster) },
    {
      do: 'resolve',
      from,
      name: draw.pick([host, `${host}.default.svc.cluster.local`, `_http._tcp.${host}`, '5.1.244.10.in-addr.arpa']),
      type: draw.pick(queryTypes),
    },
    { do: 'rules', node: draw.pick(nodeNames) },
  ]);
}
