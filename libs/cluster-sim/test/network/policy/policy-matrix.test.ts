import { describe, expect, it } from '@jest/globals';
import { resources, type Protocol } from '@kubedrill/kube-model';
import type { Cluster } from '../../../src/index.ts';
import { applyTo } from '../../cluster-fixture.ts';
import {
  addressOf,
  expectedDenials,
  observedDenials,
  podAndService,
  threeNamespaces,
  type Expectation,
} from './reachability-matrix.ts';

/** What a step of test/e2e/network/netpol/network_policy.go expects of a port. */
interface Table {
  readonly port?: number;
  readonly protocol?: Protocol;
  readonly expected: readonly Expectation[];
}

interface Step {
  /** NetworkPolicies of namespace x: name and spec as flow YAML. */
  readonly policies?: Readonly<Record<string, string>>;
  readonly manifests?: string;
  readonly deleted?: readonly string[];
  readonly tables: readonly Table[];
}

const selectA = 'podSelector: {matchLabels: {pod: a}}';
const all = 'podSelector: {}';
const ingress = 'policyTypes: [Ingress]';
const egress = 'policyTypes: [Egress]';
const fromY = 'from: [{namespaceSelector: {matchLabels: {ns: "y"}}}]';
const notX = 'namespaceSelector: {matchExpressions: [{key: ns, operator: NotIn, values: [x]}]}';
const open: readonly Expectation[] = [];
const onlyYToA: readonly Expectation[] = [
  ['x/*', 'x/a', false],
  ['z/*', 'x/a', false],
];
const nobodyToA: readonly Expectation[] = [['*', 'x/a', false]];
const nobodyToX: readonly Expectation[] = [['*', 'x/*', false]];
const nothingFromX: readonly Expectation[] = [['x/*', '*', false]];

function step(policies: Readonly<Record<string, string>>, ...tables: readonly Table[]): Step {
  return { policies, tables };
}

const scenarios: Readonly<Record<string, readonly Step[]>> = {
  'a default-deny-ingress policy': [step({ 'deny-ingress': `${all}, ${ingress}` }, { expected: nobodyToX })],
  'a default-deny-all policy': [
    step({ 'deny-all': `${all}, policyTypes: [Ingress, Egress]` }, { expected: [...nobodyToX, ...nothingFromX] }),
  ],
  'pods of the own namespace, by PodSelector': [
    step(
      { allow: `${selectA}, ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}]}]` },
      { expected: [...nobodyToA, ['x/b', 'x/a', true]] },
    ),
  ],
  'ingress for a target': [
    step(
      {
        'deny-all': `${all}, ${ingress}`,
        'allow-all-to-a': `${selectA}, ingress: [{from: [{podSelector: {}, namespaceSelector: {}}]}]`,
      },
      { expected: [...nobodyToX, ['*', 'x/a', true]] },
    ),
  ],
  'pods of all namespaces': [
    step({ allow: `${selectA}, ingress: [{from: [{namespaceSelector: {}}]}]` }, { expected: open }),
  ],
  'only another namespace': [step({ allow: `${selectA}, ingress: [{${fromY}}]` }, { expected: onlyYToA })],
  'a PodSelector with matchExpressions': [
    step(
      {
        allow: `${selectA}, ingress: [{from: [{podSelector: {matchExpressions: [{key: pod, operator: In, values: [b]}]}}]}]`,
      },
      { expected: [...nobodyToA, ['x/b', 'x/a', true]] },
    ),
  ],
  'a NamespaceSelector with matchExpressions': [
    step(
      {
        allow: `${selectA}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: ns, operator: In, values: ["y"]}]}}]}]`,
      },
      { expected: onlyYToA },
    ),
  ],
  'a PodSelector or a NamespaceSelector': [
    step(
      { allow: `${selectA}, ingress: [{from: [{${notX}}, {podSelector: {matchLabels: {pod: b}}}]}]` },
      { expected: [['x/c', 'x/a', false]] },
    ),
  ],
  'a PodSelector and a NamespaceSelector': [
    step(
      { allow: `${selectA}, ingress: [{from: [{${notX}, podSelector: {matchLabels: {pod: b}}}]}]` },
      {
        expected: [...nobodyToA, ['y/b', 'x/a', true], ['z/b', 'x/a', true]],
      },
    ),
  ],
  'several values for both selectors': [
    step(
      {
        allow: `${selectA}, ingress: [{from: [{${notX}, podSelector: {matchExpressions: [{key: pod, operator: In, values: [b, c]}]}}]}]`,
      },
      {
        expected: [
          ['x/*', 'x/a', false],
          ['y/a', 'x/a', false],
          ['z/a', 'x/a', false],
        ],
      },
    ),
  ],
  'any of several PodSelectors': [
    step(
      {
        allow: `${selectA}, ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}, {podSelector: {matchLabels: {pod: c}}}]}]`,
      },
      { expected: [...nobodyToA, ['x/*', 'x/a', true]] },
    ),
  ],
  'one pod of another namespace': [
    step(
      {
        allow: `${selectA}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: "y"}}, podSelector: {matchLabels: {pod: a}}}]}]`,
      },
      { expected: [...nobodyToA, ['y/a', 'x/a', true]] },
    ),
  ],
  'stacked policies about ports': [
    step(
      { 'allow-81': `${selectA}, ingress: [{${fromY}, ports: [{port: 81}]}]` },
      { port: 81, expected: onlyYToA },
      { port: 80, expected: nobodyToA },
    ),
    step(
      { 'allow-80': `${selectA}, ingress: [{${fromY}, ports: [{port: 80}]}]` },
      { port: 81, expected: onlyYToA },
      { port: 80, expected: onlyYToA },
    ),
  ],
  'allow-all': [step({ allow: `${all}, ingress: [{}]` }, { port: 80, expected: open }, { port: 81, expected: open })],
  'one named port': [
    step(
      { allow: `${all}, ingress: [{ports: [{port: serve-81-tcp}]}]` },
      { port: 81, expected: open },
      { port: 80, expected: nobodyToX },
    ),
  ],
  'one named port for one namespace': [
    step(
      { allow: `${selectA}, ingress: [{${fromY}, ports: [{port: serve-80-tcp, protocol: TCP}]}]` },
      { port: 80, expected: onlyYToA },
      { port: 81, expected: nobodyToA },
    ),
  ],
  'a named port of another protocol': [
    step(
      { allow: `${all}, ingress: [{ports: [{port: serve-81-tcp, protocol: UDP}]}]` },
      { port: 81, expected: nobodyToX },
    ),
  ],
  'egress to one named port': [
    step(
      { allow: `${all}, ${egress}, egress: [{ports: [{port: serve-80-tcp}]}]` },
      { port: 80, expected: open },
      { port: 81, expected: nothingFromX },
    ),
  ],
  'a range of ports': [
    step(
      { allow: `${all}, ingress: [{ports: [{port: 70, endPort: 80}]}]` },
      { port: 80, expected: open },
      { port: 81, expected: nobodyToX },
    ),
  ],
  'a policy that is updated': [
    step({ policy: `${all}, ingress: [{}]` }, { port: 81, expected: open }),
    step({ policy: `${all}, ${ingress}` }, { port: 81, expected: nobodyToX }),
  ],
  'a namespace that is labelled': [
    step(
      { allow: `${selectA}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns2: updated}}}]}]` },
      { expected: nobodyToA },
    ),
    {
      manifests: '{apiVersion: v1, kind: Namespace, metadata: {name: "y", labels: {ns: "y", ns2: updated}}}',
      tables: [{ expected: [...nobodyToA, ['y/*', 'x/a', true]] }],
    },
  ],
  'a client that is labelled': [
    step(
      { allow: `${selectA}, ingress: [{from: [{podSelector: {matchLabels: {pod: b, pod2: updated}}}]}]` },
      { expected: nobodyToA },
    ),
    { manifests: podAndService('x/b', 'pod2: updated'), tables: [{ expected: [...nobodyToA, ['x/b', 'x/a', true]] }] },
  ],
  'a server that is labelled': [
    step({ deny: `podSelector: {matchLabels: {target: isolated}}, ${ingress}` }, { expected: open }),
    { manifests: podAndService('x/a', 'target: isolated'), tables: [{ expected: nobodyToA }] },
  ],
  'pods of other namespaces': [
    step(
      { deny: `${all}, ingress: [{from: [{podSelector: {}}]}]` },
      {
        expected: [
          ['y/*', 'x/*', false],
          ['z/*', 'x/*', false],
        ],
      },
    ),
  ],
  'egress of one pod': [step({ deny: `${selectA}, ${egress}` }, { expected: [['x/a', '*', false]] })],
  'egress of a namespace': [step({ deny: `${all}, ${egress}` }, { expected: nothingFromX })],
  'both directions in one policy': [
    step(
      {
        both: `${selectA}, policyTypes: [Egress, Ingress], ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}]}], egress: [{ports: [{port: 80}]}]`,
      },
      { port: 80, expected: [...nobodyToA, ['x/b', 'x/a', true]] },
      { port: 81, expected: [...nobodyToA, ['x/a', '*', false], ['x/b', 'x/a', true]] },
    ),
  ],
  'egress that the server would allow': [
    {
      policies: {
        'to-y-a': `${selectA}, ${egress}, egress: [{to: [{namespaceSelector: {matchLabels: {ns: "y"}}, podSelector: {matchLabels: {pod: a}}}]}]`,
      },
      manifests: ['a', 'b']
        .map((name) =>
          policy(
            'y',
            `from-x-a-${name}`,
            `podSelector: {matchLabels: {pod: ${name}}}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: x}}, podSelector: {matchLabels: {pod: a}}}]}]`,
          ),
        )
        .join('\n---\n'),
      tables: [
        {
          expected: [
            ['x/a', '*', false],
            ['*', 'y/a', false],
            ['x/a', 'y/a', true],
            ['*', 'y/b', false],
          ],
        },
      ],
    },
  ],
  'any port of one protocol': [
    step(
      { allow: `${selectA}, ingress: [{ports: [{protocol: TCP}]}]` },
      { expected: open },
      { protocol: 'UDP', expected: nobodyToA },
    ),
  ],
  'allow-all besides a narrower ingress policy': [
    step({ 'allow-80': `${all}, ingress: [{ports: [{port: 80}]}]` }, { port: 81, expected: nobodyToX }),
    step({ 'allow-all': `${all}, ingress: [{}]` }, { port: 81, expected: open }),
  ],
  'allow-all besides a narrower egress policy': [
    step({ 'allow-80': `${all}, ${egress}, egress: [{ports: [{port: 80}]}]` }, { port: 81, expected: nothingFromX }),
    step({ 'allow-all': `${all}, ${egress}, egress: [{}]` }, { port: 81, expected: open }),
  ],
  'policies that are deleted': [
    step({ 'deny-all': `${all}, policyTypes: [Ingress, Egress]` }, { expected: [...nobodyToX, ...nothingFromX] }),
    { deleted: ['deny-all'], tables: [{ expected: open }] },
  ],
  'egress and ingress by themselves': [
    step({ 'allow-egress': `${selectA}, ${egress}, egress: [{}]` }, { expected: open }),
    step({ 'deny-ingress': `${selectA}, ${ingress}` }, { expected: nobodyToA }),
  ],
  'SCTP is not TCP': [
    step(
      { deny: `${all}, ${ingress}`, sctp: `${selectA}, ingress: [{ports: [{port: 81, protocol: SCTP}]}]` },
      { port: 81, expected: nobodyToX },
      { port: 81, protocol: 'SCTP', expected: [...nobodyToX, ['*', 'x/a', true]] },
    ),
  ],
  'SCTP alone isolates from TCP': [
    step({ sctp: `${selectA}, ingress: [{ports: [{port: 80, protocol: SCTP}]}]` }, { port: 81, expected: nobodyToA }),
  ],
  'UDP is not TCP': [
    step(
      { udp: `${selectA}, ingress: [{ports: [{port: 81, protocol: UDP}]}]` },
      { port: 81, expected: nobodyToA },
      { port: 81, protocol: 'UDP', expected: open },
    ),
  ],
  'the label that every namespace has': [
    step(
      {
        allow: `${selectA}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "y"}}}]}]`,
      },
      { expected: onlyYToA },
    ),
  ],
  'egress by the label that every namespace has': [
    step(
      {
        allow: `${selectA}, ${egress}, egress: [{to: [{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: ["y"]}]}}]}]`,
      },
      { expected: [['x/a', 'y/*', false]] },
    ),
  ],
};

function policy(namespace: string, name: string, spec: string): string {
  return `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: ${name}, namespace: "${namespace}"}, spec: {${spec}}}`;
}

function run(cluster: Cluster, { policies = {}, manifests, deleted = [], tables }: Step): void {
  const texts = Object.entries(policies).map(([name, spec]) => policy('x', name, spec));
  if (manifests) texts.push(manifests);
  applyTo(cluster, texts.join('\n---\n'));
  for (const name of deleted)
    cluster.api.handle({ verb: 'delete', resource: resources.NetworkPolicy, namespace: 'x', name });
  cluster.settle();
  for (const { port = 80, protocol = 'TCP', expected } of tables) {
    const denials = expectedDenials(expected);
    expect(observedDenials(cluster, port, protocol, 'pod')).toEqual(denials);
    expect(observedDenials(cluster, port, protocol, 'service')).toEqual(denials);
  }
}

const base = threeNamespaces();

describe('the truth tables of the e2e suite', () => {
  it.each(Object.entries(scenarios))('%s', (_, steps) => {
    const cluster = base.fork();
    for (const each of steps) run(cluster, each);
  });

  it.each([
    [
      'to an address',
      'cidr: B/32',
      [
        ['x/a', '*', false],
        ['x/a', 'y/b', true],
      ],
    ],
    ['except for an address', 'cidr: 10.244.0.0/16, except: [B/32]', [['x/a', 'y/b', false]]],
    ['to nobody, in a family that is not used', 'cidr: "fd00::/8"', [['x/a', '*', false]]],
  ] satisfies [string, string, Expectation[]][])('egress %s', (_, block, expected) => {
    const ipBlock = block.replace('B', addressOf(base, 'y/b'));
    run(base.fork(), step({ cidr: `${selectA}, ${egress}, egress: [{to: [{ipBlock: {${ipBlock}}}]}]` }, { expected }));
  });
});
