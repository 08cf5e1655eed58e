import { describe, expect, it } from '@jest/globals';
import type { Cluster, Probe, VantagePoint } from '../../../src/index.ts';
import { applyTo, clusterWith, podManifest } from '../../cluster-fixture.ts';
import { describe as inWords } from '../small-cluster.ts';

const outside = { name: 'laptop', address: '203.0.113.9' };
const server = 'containers: [{name: c, image: nginx:1.29, ports: [{containerPort: 80, name: http}]}]';
const tools = 'containers: [{name: c, image: nicolaka/netshoot, command: [sleep, infinity]}]';

const manifests = [
  podManifest('client', `nodeName: node-1, ${tools}`, 'app: client'),
  podManifest('near', `nodeName: node-1, ${server}`, 'app: web, at: near'),
  podManifest('far', `nodeName: node-2, ${server}`, 'app: web, at: far'),
  podManifest('host-1', `nodeName: node-1, hostNetwork: true, ${server}`, 'app: host'),
  podManifest('host-2', `nodeName: node-2, hostNetwork: true, ${server}`, 'app: host'),
  '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort, selector: {app: web}, ports: [{port: 8000, targetPort: http, nodePort: 30080}]}}',
].join('\n---\n');

const base = clusterWith(manifests, { externalHosts: [outside] });
base.settle();

const [node1, node2] = ['172.18.0.2', '172.18.0.3'];
const laptop: VantagePoint = { kind: 'external', name: 'laptop' };

function addressOf(pod: string): string {
  return base.view.get('Pod', 'default', pod)?.status.podIP ?? '';
}

function withPolicies(...specs: readonly string[]): Cluster {
  const cluster = base.fork();
  applyTo(cluster, specs.map((spec, index) => policy(`p${index}`, spec)).join('\n---\n'));
  return cluster;
}

function policy(name: string, spec: string, namespace = 'default'): string {
  return `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: ${name}, namespace: ${namespace}}, spec: {${spec}}}`;
}

function fromPod(name: string): VantagePoint {
  return { kind: 'pod', namespace: 'default', name };
}

function fromNode(name: string): VantagePoint {
  return { kind: 'node', name };
}

function tcp(from: VantagePoint, host: string, port = 80): Probe {
  return { from, host, port, protocol: 'TCP' };
}

/** "near: 1/2", "deniedByPolicy: 1/2". */
function outcomes(cluster: Cluster, probe: Probe): readonly string[] {
  return cluster.trace(probe).outcomes.map(({ outcome, probability: { numerator, denominator } }) => {
    const word = outcome.kind === 'delivered' ? outcome.server.name : inWords(outcome);
    return denominator === 1 ? word : `${word}: ${numerator}/${denominator}`;
  });
}

const denyIngress = 'podSelector: {}, policyTypes: [Ingress]';
const denyEgress = 'podSelector: {}, policyTypes: [Egress]';
const denyAll = 'podSelector: {}, policyTypes: [Ingress, Egress]';
const web = base.view.get('Service', 'default', 'web')?.spec.clusterIP ?? '';

function fromBlock(address: string): string {
  return `podSelector: {}, ingress: [{from: [{ipBlock: {cidr: ${address}/32}}]}]`;
}

function toBlock(address: string): string {
  return `podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: ${address}/32}}]}]`;
}

describe('a packet that policies look at', () => {
  it.each<[string, readonly string[], Probe, readonly string[]]>([
    [
      'goes to one endpoint, not to the other',
      ['podSelector: {matchLabels: {at: far}}, policyTypes: [Ingress]'],
      tcp(fromPod('client'), web, 8000),
      ['near: 1/2', 'deniedByPolicy: 1/2'],
    ],
    [
      'is for an endpoint, not for a cluster IP',
      [toBlock(web)],
      tcp(fromPod('client'), web, 8000),
      ['deniedByPolicy: 1/2', 'deniedByPolicy: 1/2'],
    ],
    [
      'is for an address behind a cluster IP',
      [toBlock(addressOf('far'))],
      tcp(fromPod('client'), web, 8000),
      ['deniedByPolicy: 1/2', 'far: 1/2'],
    ],
    [
      'has the port of the Pod',
      ['podSelector: {}, ingress: [{ports: [{port: 80}]}]'],
      tcp(fromPod('client'), web, 8000),
      ['near: 1/2', 'far: 1/2'],
    ],
    [
      'has not the port of the Service',
      ['podSelector: {matchLabels: {at: far}}, ingress: [{ports: [{port: 8000}]}]'],
      tcp(fromPod('client'), web, 8000),
      ['near: 1/2', 'deniedByPolicy: 1/2'],
    ],

    ['comes from the node of the Pod', [denyIngress], tcp(fromNode('node-1'), addressOf('near')), ['near']],
    ['comes from another node', [denyIngress], tcp(fromNode('node-1'), addressOf('far')), ['deniedByPolicy']],
    ['comes from another node that is allowed', [fromBlock(node1)], tcp(fromNode('node-1'), addressOf('far')), ['far']],
    ['goes to its own node', [denyEgress], tcp(fromPod('client'), node1), ['host-1']],
    ['goes to another node', [denyEgress], tcp(fromPod('client'), node2), ['deniedByPolicy']],
    ['goes to another node that is allowed', [toBlock(node2)], tcp(fromPod('client'), node2), ['host-2']],

    ['goes to a Pod in the network of a node', [denyIngress], tcp(fromPod('client'), node2), ['host-2']],
    [
      'comes from a Pod in the network of a node',
      [denyAll, 'podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: host}}}]}]'],
      tcp(fromPod('host-1'), addressOf('far')),
      ['deniedByPolicy'],
    ],
    ['comes from a Pod whose node is allowed', [fromBlock(node1)], tcp(fromPod('host-1'), addressOf('far')), ['far']],
    [
      'comes from a Pod in the network of its own node',
      [denyIngress],
      tcp(fromPod('host-1'), addressOf('near')),
      ['near'],
    ],

    ['goes to the Pod that sends it', [denyAll], tcp(fromPod('near'), addressOf('near')), ['near']],
    [
      'goes to the Pod that sends it, by a Service',
      [denyAll],
      tcp(fromPod('near'), web, 8000),
      ['near: 1/2', 'deniedByPolicy: 1/2'],
    ],
    ['stays on the loopback', [denyAll], tcp(fromPod('near'), '127.0.0.1'), ['near']],

    [
      'comes in by a node port',
      [denyIngress],
      tcp(laptop, node1, 30080),
      ['deniedByPolicy: 1/2', 'deniedByPolicy: 1/2'],
    ],
    [
      'shows the client at the node port of its node only',
      [fromBlock(outside.address)],
      tcp(laptop, node1, 30080),
      ['near: 1/2', 'deniedByPolicy: 1/2'],
    ],
    [
      'shows the node of the node port elsewhere',
      [fromBlock(node1)],
      tcp(laptop, node1, 30080),
      ['deniedByPolicy: 1/2', 'far: 1/2'],
    ],
    ['goes out', [denyEgress], tcp(fromPod('client'), outside.address), ['deniedByPolicy']],
    [
      'goes out to an address that is allowed',
      [toBlock(outside.address)],
      tcp(fromPod('client'), outside.address),
      ['refused'],
    ],
    [
      'shows the node when a Pod uses its node port',
      ['podSelector: {}, ingress: [{from: [{podSelector: {}}]}]'],
      tcp(fromPod('client'), node1, 30080),
      ['near: 1/2', 'deniedByPolicy: 1/2'],
    ],
    ['goes to the API server of its own node', [denyEgress], tcp(fromPod('client'), '10.96.0.1', 443), ['kubernetes']],
    ['goes to the API server of another node', [denyEgress], tcp(fromPod('far'), '10.96.0.1', 443), ['deniedByPolicy']],

    [
      'asks for an echo',
      [denyIngress],
      { ...tcp(fromPod('client'), addressOf('far')), protocol: 'ICMP' },
      ['deniedByPolicy'],
    ],
    [
      'asks for an echo, and ports are allowed',
      ['podSelector: {}, ingress: [{ports: [{protocol: TCP}]}]'],
      { ...tcp(fromPod('client'), addressOf('far')), protocol: 'ICMP' },
      ['deniedByPolicy'],
    ],
    [
      'asks for an echo, and everything is allowed',
      ['podSelector: {}, ingress: [{}]'],
      { ...tcp(fromPod('client'), addressOf('far')), protocol: 'ICMP' },
      ['far'],
    ],
    ['finds no endpoint', [denyEgress], tcp(fromPod('client'), '10.96.0.10', 53), ['refused']],
  ])('%s', (_, policies, probe, expected) => {
    expect(outcomes(withPolicies(...policies), probe)).toEqual(expected);
  });

  it('may be one of a connection that stood before', () => {
    const cluster = base.fork();
    const { id } = cluster.dataPlane.open(tcp(fromPod('client'), addressOf('far')));
    applyTo(cluster, policy('deny', denyAll));
    expect(cluster.dataPlane.use(id).outcome.kind).toBe('delivered');
    expect(cluster.connect(tcp(fromPod('client'), addressOf('far'))).outcome.kind).toBe('deniedByPolicy');
  });

  it('tells which policies decided, and which rule came nearest', () => {
    const cluster = withPolicies(
      denyIngress,
      'podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: other}}}], ports: [{port: 80}]}]',
    );
    const hop = cluster.trace(tcp(fromPod('client'), addressOf('far'))).outcomes[0]?.hops.at(-1);
    expect(hop).toEqual({
      kind: 'policy',
      at: 'pod default/far',
      text:
        'The NetworkPolicies default/p0, default/p1 isolate pod default/far for ingress, and no rule of theirs allows TCP port 80 from ' +
        `pod default/client (${addressOf('client')}) (ingress[0] of NetworkPolicy default/p1 allows the port, but not the peer).`,
      evidence: [
        { kind: 'NetworkPolicy', namespace: 'default', name: 'p1', path: ['spec', 'ingress', 0, 'from'] },
        { kind: 'NetworkPolicy', namespace: 'default', name: 'p0', path: ['spec', 'podSelector'] },
        { kind: 'NetworkPolicy', namespace: 'default', name: 'p1', path: ['spec', 'podSelector'] },
      ],
    });
  });
});

const toEverybodyOn80 = 'podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 80}]}]';
const toCoreDns =
  'to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]';
const onDnsPort = 'ports: [{port: 53, protocol: UDP}]';

function egress(rule: string): string {
  return `podSelector: {}, policyTypes: [Egress], egress: [{${rule}}]`;
}

const coreDnsPod = `{apiVersion: v1, kind: Pod, metadata: {name: dns, namespace: kube-system, labels: {k8s-app: kube-dns}}, spec: {nodeName: node-3, containers: [{name: c, image: "registry.k8s.io/coredns/coredns:v1.13.1"}]}}`;

describe('a question to the name server', () => {
  const cases: readonly [string, readonly string[], boolean][] = [
    ['all egress is denied', [denyEgress], false],
    ['the port is allowed', [egress(onDnsPort)], true],
    ['the port is allowed for TCP only', [egress('ports: [{port: 53}]')], false],
    ['the Pods of CoreDNS are allowed', [egress(`${toCoreDns}, ${onDnsPort}`)], true],
    [
      'their Namespace is allowed',
      [egress('to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]')],
      true,
    ],
    [
      'their label is allowed in another Namespace',
      [egress('to: [{podSelector: {matchLabels: {k8s-app: kube-dns}}}]')],
      false,
    ],
    ['the cluster IP of kube-dns is allowed', [toBlock('10.96.0.10')], false],
    ['the Pod network is allowed', [egress('to: [{ipBlock: {cidr: 10.244.0.0/16}}]')], true],
    ['other Pods are denied', ['podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]'], true],
    ['ingress is denied', [denyIngress], true],
  ];
  const name = 'web.default.svc.cluster.local';

  it.each(cases)('%s', (_, policies, answered) => {
    const code = answered ? 'NOERROR' : 'timeout';
    const cluster = withPolicies(...policies);
    expect(cluster.resolve(fromPod('client'), name, 'A').code).toBe(code);
    // The same when CoreDNS has Pods that packets go to.
    applyTo(cluster, coreDnsPod);
    cluster.settle();
    expect(cluster.resolve(fromPod('client'), name, 'A').code).toBe(code);
  });

  it('is denied by the policies of CoreDNS too', () => {
    const cluster = base.fork();
    applyTo(cluster, policy('closed', denyIngress, 'kube-system'));
    expect(outcomes(cluster, tcp(fromPod('client'), 'web', 8000))).toEqual(['resolverFailed']);
    applyTo(
      cluster,
      policy(
        'open',
        'podSelector: {matchLabels: {k8s-app: kube-dns}}, ingress: [{from: [{namespaceSelector: {}}], ports: [{port: dns, protocol: UDP}]}]',
        'kube-system',
      ),
    );
    expect(outcomes(cluster, tcp(fromPod('client'), 'web', 8000))).toEqual(['near: 1/2', 'far: 1/2']);
  });

  it('ends a flow before it starts, with the policy as the last hop', () => {
    const cluster = withPolicies(toEverybodyOn80);
    const [traced] = cluster.trace(tcp(fromPod('client'), 'web', 8000)).outcomes;
    expect(traced?.outcome).toEqual({ kind: 'resolverFailed', name: 'web' });
    expect(traced?.hops.at(-1)?.evidence?.[0]).toEqual({
      kind: 'NetworkPolicy',
      namespace: 'default',
      name: 'p0',
      path: ['spec', 'egress', 0, 'ports'],
    });
  });

  it('is followed by a flow that has to be allowed by itself', () => {
    expect(outcomes(withPolicies(egress(`${toCoreDns}, ${onDnsPort}`)), tcp(fromPod('client'), 'web', 8000))).toEqual([
      'deniedByPolicy: 1/2',
      'deniedByPolicy: 1/2',
    ]);
  });

  it('goes to whatever resolv.conf says', () => {
    const cluster = base.fork();
    const spec = `nodeName: node-1, ${tools}, dnsPolicy: None, dnsConfig: {nameservers: [8.8.8.8]}`;
    applyTo(cluster, podManifest('other', spec, 'app: other') + policy('p', toBlock('8.8.8.8')));
    cluster.settle();
    expect(cluster.resolve(fromPod('other'), 'nowhere.example', 'A').code).toBe('NXDOMAIN');
    expect(cluster.resolve(fromPod('client'), 'nowhere.example', 'A').code).toBe('timeout');
  });
});

describe('what programs say of a denial', () => {
  const cluster = withPolicies(denyIngress);
  const deaf = withPolicies(denyEgress);
  applyTo(cluster, podManifest('box', 'containers: [{name: c, image: busybox, command: [sleep, infinity]}]'));
  applyTo(deaf, podManifest('box', 'containers: [{name: c, image: busybox, command: [sleep, infinity]}]'));
  cluster.settle();
  deaf.settle();

  function said(of: Cluster, pod: string, command: string): string {
    const { stdout, stderr, exitCode } = of.exec({ namespace: 'default', pod }, command.split(' '));
    return `${stdout}${stderr}`.replace(`command terminated with exit code ${exitCode}\n`, String(exitCode));
  }

  it.each([
    ['client', 'curl -sS -m 2 http://web:8000', 'curl: (28) Connection timed out after 2001 milliseconds\n28'],
    [
      'client',
      'curl -sS --connect-timeout 3 http://web:8000',
      'curl: (28) Failed to connect to web port 8000 after 3001 ms: Timeout was reached\n28',
    ],
    ['box', 'wget -qO- -T 2 http://web:8000', 'wget: download timed out\n1'],
    ['box', 'nc -zvw 2 web 8000', `nc: web (${web}:8000): Connection timed out\n1`],
  ])('%s, without ingress: %s', (pod, command, expected) => {
    expect(said(cluster, pod, command)).toBe(expected);
  });

  it.each([
    ['client', 'curl -sS http://web:8000', 'curl: (6) Could not resolve host: web\n6'],
    ['client', 'curl -sS -m 2 http://web:8000', 'curl: (28) Resolving timed out after 2000 milliseconds\n28'],
    [
      'client',
      'nslookup web',
      `${';; communications error to 10.96.0.10#53: timed out\n'.repeat(3)};; no servers could be reached\n\n1`,
    ],
    [
      'client',
      'dig +short web',
      `${';; communications error to 10.96.0.10#53: timed out\n'.repeat(3)};; no servers could be reached\n9`,
    ],
    ['box', 'wget -qO- http://web:8000', "wget: bad address 'web:8000'\n1"],
    ['box', 'nslookup web', ';; connection timed out; no servers could be reached\n\n1'],
    [
      'box',
      `ping -c 1 -W 1 ${addressOf('far')}`,
      `PING ${addressOf('far')} (${addressOf('far')}): 56 data bytes\n\n--- ${addressOf('far')} ping statistics ---\n1 packets transmitted, 0 packets received, 100% packet loss\n1`,
    ],
  ])('%s, without egress: %s', (pod, command, expected) => {
    expect(said(deaf, pod, command)).toBe(expected);
  });
});
