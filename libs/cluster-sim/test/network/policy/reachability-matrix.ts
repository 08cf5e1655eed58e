import type { Protocol } from '@kubedrill/kube-model';
import type { Cluster, OutcomeKind } from '../../../src/index.ts';
import { clusterWith } from '../../cluster-fixture.ts';

const namespaces = ['x', 'y', 'z'] as const;
const names = ['a', 'b', 'c'] as const;
const ports = [80, 81] as const;
const protocols = ['TCP', 'UDP', 'SCTP'] as const;

/** "x/a". */
type PodName = string;

export const podNames: readonly PodName[] = namespaces.flatMap((namespace) =>
  names.map((name) => `${namespace}/${name}`),
);

/** As test/e2e/network/netpol/model.go: agnhost's porter on 80 and 81 of each protocol, by named ports; a Service for each Pod. */
export function threeNamespaces(): Cluster {
  const namespace = (name: string): string =>
    `{apiVersion: v1, kind: Namespace, metadata: {name: "${name}", labels: {ns: "${name}"}}}`;
  const manifests = [...namespaces.map(namespace), ...podNames.map((pod) => podAndService(pod))];
  const cluster = clusterWith(manifests.join('\n---\n'));
  cluster.settle();
  return cluster;
}

export function podAndService(pod: PodName, labels = ''): string {
  const [namespace = '', name = ''] = pod.split('/');
  const pairs = ports.flatMap((port) => protocols.map((protocol) => ({ port, protocol })));
  const metadata = `{name: ${name}, namespace: "${namespace}", labels: {pod: ${name}, ${labels}}}`;
  return `
apiVersion: v1
kind: Pod
metadata: ${metadata}
spec:
  containers:
    - name: agnhost
      image: registry.k8s.io/e2e-test-images/agnhost:2.47
      command: [/agnhost, porter]
      env:
${pairs.map(({ port, protocol }) => `        - {name: SERVE_${protocol}_PORT_${port}, value: ${name}}`).join('\n')}
      ports:
${pairs.map(({ port, protocol }) => `        - {containerPort: ${port}, protocol: ${protocol}, name: serve-${port}-${protocol.toLowerCase()}}`).join('\n')}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: "${namespace}"}
spec:
  selector: {pod: ${name}}
  ports:
${pairs.map(({ port, protocol }) => `    - {name: p${port}-${protocol.toLowerCase()}, port: ${servicePort(port)}, targetPort: ${port}, protocol: ${protocol}}`).join('\n')}
`;
}

/** Policies are about the Pods' ports: the Services have other ones. */
function servicePort(port: number): number {
  return port + 1000;
}

/** Pairs that the e2e suite expects: the last line that is about a pair counts. "x/*" and "*" stand for several. */
export type Expectation = readonly [from: string, to: string, connected: boolean];

/** "x/a -> y/b" of all pairs that are not connected; a Pod's way to itself is left aside, as in the e2e suite. */
export function expectedDenials(expectations: readonly Expectation[]): readonly string[] {
  return pairs()
    .filter(([from, to]) => expectations.findLast((line) => isOf(from, line[0]) && isOf(to, line[1]))?.[2] === false)
    .map(describePair);
}

function isOf(pod: PodName, pattern: string): boolean {
  return pattern === '*' || pattern === pod || (pattern.endsWith('/*') && pod.startsWith(pattern.slice(0, -1)));
}

function pairs(): readonly (readonly [PodName, PodName])[] {
  return podNames.flatMap((from) => podNames.filter((to) => to !== from).map((to) => [from, to] as const));
}

function describePair([from, to]: readonly [PodName, PodName]): string {
  return `${from} -> ${to}`;
}

/** The pairs that policies keep apart; anything else but an answer of the right Pod fails. */
export function observedDenials(
  cluster: Cluster,
  port: number,
  protocol: Protocol,
  by: 'pod' | 'service',
): readonly string[] {
  return pairs()
    .filter(([from, to]) => {
      const outcome = kindOf(cluster, from, to, port, protocol, by);
      if (outcome !== 'delivered' && outcome !== 'deniedByPolicy') throw new Error(`${from} -> ${to}: ${outcome}`);
      return outcome === 'deniedByPolicy';
    })
    .map(describePair);
}

function kindOf(
  cluster: Cluster,
  from: PodName,
  to: PodName,
  port: number,
  protocol: Protocol,
  by: 'pod' | 'service',
): OutcomeKind {
  const [namespace = '', name = ''] = from.split('/');
  const target = { host: addressOf(cluster, to, by), port: by === 'pod' ? port : servicePort(port), protocol };
  const { outcomes } = cluster.trace({ from: { kind: 'pod', namespace, name }, ...target });
  const [only] = outcomes;
  if (!only || outcomes.length > 1) throw new Error(`${from} -> ${to} can end in ${outcomes.length} ways`);
  return only.outcome.kind;
}

export function addressOf(cluster: Cluster, pod: PodName, by: 'pod' | 'service' = 'pod'): string {
  const [namespace = '', name = ''] = pod.split('/');
  const address =
    by === 'pod'
      ? cluster.view.get('Pod', namespace, name)?.status.podIP
      : cluster.view.get('Service', namespace, name)?.spec.clusterIP;
  if (address === undefined) throw new Error(`${by} ${pod} has no address`);
  return address;
}
