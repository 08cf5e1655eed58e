import type { Cluster } from '@kubedrill/cluster-sim';
import type { Protocol, Service } from '@kubedrill/kube-model';
import type { Identities } from './identities.ts';

/** What may be asked of a cluster, in words that name nothing that is a matter of chance. */
export interface Question {
  readonly text: string;
  readonly about:
    | { readonly kind: 'refusals' | 'services' }
    | { readonly kind: 'pods'; readonly maker: string }
    | { readonly kind: 'endpoints' | 'affinity'; readonly namespace: string; readonly service: string }
    | { readonly kind: 'name'; readonly from: string; readonly name: string }
    | {
        readonly kind: 'flow';
        readonly from: Place;
        readonly to: Destination;
        readonly port: number;
        readonly protocol: Protocol;
      };
}

type Place =
  | { readonly kind: 'pod'; readonly identity: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'external'; readonly name: string };

type Destination =
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'pod'; readonly identity: string }
  | { readonly kind: 'clusterIP' | 'loadBalancer'; readonly namespace: string; readonly service: string };

/** Each bounds how much is asked of one cluster. */
const most = { pods: 16, services: 20, ports: 6, questions: 4_000 };

/** A port that nobody has anything to do with: whether policies leave it open. */
const strangePort = 61_234;

/** Where the ExternalName of a Service without ports is called. */
const usualPorts = [80, 443];

/** All that is asked of this cluster, the cheap and telling questions first. */
export function questionsOf(cluster: Cluster, identities: Identities): readonly Question[] {
  const survey = new Survey(cluster, identities);
  return [...survey.objects(), ...survey.names(), ...survey.flows()].slice(0, most.questions);
}

class Survey {
  private readonly cluster: Cluster;
  private readonly identities: Identities;
  private readonly services: readonly Service[];
  /** One Pod of each maker and node stands for all of them. */
  private readonly pods: readonly string[];

  constructor(cluster: Cluster, identities: Identities) {
    this.cluster = cluster;
    this.identities = identities;
    this.services = cluster.view.list('Service').slice(0, most.services);
    const seen = new Set<string>();
    this.pods = [...identities.pods]
      .filter(([, pod]) => {
        const place = `${identities.makerOf(pod)} ${pod.spec.nodeName ?? ''}`;
        return !seen.has(place) && seen.add(place);
      })
      .map(([identity]) => identity)
      .slice(0, most.pods);
  }

  *objects(): Generator<Question> {
    yield { text: 'what the API server refuses', about: { kind: 'refusals' } };
    yield { text: 'the Services', about: { kind: 'services' } };
    const makers = new Set([...this.identities.pods.values()].map((pod) => this.identities.makerOf(pod)));
    for (const maker of makers) yield { text: `the Pods of ${maker}`, about: { kind: 'pods', maker } };
    for (const { metadata } of this.services) {
      const { namespace = '', name: service } = metadata;
      for (const kind of ['endpoints', 'affinity'] as const)
        yield { text: `the ${kind} of Service ${namespace}/${service}`, about: { kind, namespace, service } };
    }
  }

  /** The short name from Pods next to the Service, the long one from one Pod of each namespace; names of Pods that have some. */
  *names(): Generator<Question> {
    const namespaces = new Set<string>();
    for (const from of this.pods) {
      const own = this.identities.pods.get(from)?.metadata.namespace ?? '';
      const isFirst = !namespaces.has(own);
      namespaces.add(own);
      for (const { metadata } of this.services) {
        const { namespace = '', name } = metadata;
        if (namespace === own) yield nameQuestion(from, name);
        if (isFirst) yield nameQuestion(from, `${name}.${namespace}`);
      }
      if (isFirst) for (const name of this.namesOfPods()) yield nameQuestion(from, name);
    }
  }

  private namesOfPods(): readonly string[] {
    return [...this.identities.pods.values()].flatMap(({ metadata, spec }) =>
      spec.hostname !== undefined && spec.subdomain !== undefined
        ? [`${spec.hostname}.${spec.subdomain}.${metadata.namespace ?? ''}`]
        : [],
    );
  }

  *flows(): Generator<Question> {
    const { nodes, externalHosts } = this.cluster.options;
    for (const identity of this.pods) {
      const from: Place = { kind: 'pod', identity };
      for (const service of this.services) yield* this.toName(from, service);
      yield* this.toPods(from);
      yield* this.toDoors(from);
      for (const { address, listens = [] } of externalHosts)
        for (const { port, protocol } of listens) yield flow(from, { kind: 'host', host: address }, port, protocol);
    }
    for (const { name } of nodes) {
      const from: Place = { kind: 'node', name };
      yield* this.toClusterIPs(from);
      yield* this.toDoors(from);
      yield* this.toPods(from);
    }
    for (const { name, routesToCluster } of externalHosts) {
      const from: Place = { kind: 'external', name };
      yield* this.toDoors(from);
      if (routesToCluster !== true) continue;
      yield* this.toClusterIPs(from);
      yield* this.toPods(from);
    }
  }

  private *toName(from: Place, { metadata, spec }: Service): Generator<Question> {
    const to = { kind: 'host', host: `${metadata.name}.${metadata.namespace ?? ''}` } as const;
    const ports = spec.ports ?? [];
    if (spec.type === 'ExternalName' && ports.length === 0)
      for (const port of usualPorts) yield flow(from, to, port, 'TCP');
    for (const { port, protocol } of ports) yield flow(from, to, port, protocol ?? 'TCP');
  }

  private *toClusterIPs(from: Place): Generator<Question> {
    for (const { metadata, spec } of this.services) {
      const to = { kind: 'clusterIP', namespace: metadata.namespace ?? '', service: metadata.name } as const;
      for (const { port, protocol } of spec.ports ?? []) yield flow(from, to, port, protocol ?? 'TCP');
    }
  }

  /** Ports of the nodes, load balancers, external addresses: what leads in from outside. */
  private *toDoors(from: Place): Generator<Question> {
    for (const { metadata, spec } of this.services) {
      const service = { namespace: metadata.namespace ?? '', service: metadata.name };
      for (const { port, nodePort, protocol = 'TCP' } of spec.ports ?? []) {
        if (nodePort !== undefined)
          for (const { address: host } of this.cluster.options.nodes)
            yield flow(from, { kind: 'host', host }, nodePort, protocol);
        if (spec.type === 'LoadBalancer') yield flow(from, { kind: 'loadBalancer', ...service }, port, protocol);
        for (const host of spec.externalIPs ?? []) yield flow(from, { kind: 'host', host }, port, protocol);
      }
    }
  }

  private *toPods(from: Place): Generator<Question> {
    for (const identity of this.pods) {
      for (const [port, protocol] of this.portsOf(identity))
        yield flow(from, { kind: 'pod', identity }, port, protocol);
      yield flow(from, { kind: 'pod', identity }, strangePort, 'TCP');
    }
  }

  /** What its containers declare, and where slices send traffic. */
  private portsOf(identity: string): readonly (readonly [number, Protocol])[] {
    const pod = this.identities.pods.get(identity);
    const declared = (pod?.spec.containers ?? []).flatMap(({ ports = [] }) => ports);
    const ports = new Map(
      declared.map(({ containerPort, protocol = 'TCP' }) => [
        `${containerPort}/${protocol}`,
        [containerPort, protocol] as const,
      ]),
    );
    for (const { endpoints, ports: listed } of this.cluster.view.list('EndpointSlice')) {
      if (!endpoints?.some(({ addresses }) => addresses.includes(pod?.status.podIP ?? ''))) continue;
      for (const { port, protocol } of listed ?? [])
        if (port !== undefined && port !== null) ports.set(`${port}/${protocol ?? 'TCP'}`, [port, protocol ?? 'TCP']);
    }
    return [...ports.values()].slice(0, most.ports);
  }
}

function nameQuestion(from: string, name: string): Question {
  return { text: `${from} asks for ${name}`, about: { kind: 'name', from, name } };
}

function flow(from: Place, to: Destination, port: number, protocol: Protocol): Question {
  const text = `${placeText(from)} -> ${destinationText(to)}:${port}${protocol === 'TCP' ? '' : `/${protocol}`}`;
  return { text, about: { kind: 'flow', from, to, port, protocol } };
}

function placeText(place: Place): string {
  return place.kind === 'pod' ? place.identity : `${place.kind} ${place.name}`;
}

function destinationText(to: Destination): string {
  switch (to.kind) {
    case 'host':
      return to.host;
    case 'pod':
      return to.identity;
    case 'clusterIP':
      return `cluster IP of ${to.namespace}/${to.service}`;
    case 'loadBalancer':
      return `load balancer of ${to.namespace}/${to.service}`;
  }
}
