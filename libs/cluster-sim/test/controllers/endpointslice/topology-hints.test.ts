import { describe, expect, it } from '@jest/globals';
import { resources, type Endpoint, type EndpointSlice } from '@kubedrill/kube-model';
import { withTopologyHints } from '../../../src/controllers/endpointslice/topology-hints.ts';
import type { Cluster } from '../../../src/index.ts';
import { applyTo, clusterWith, podManifest } from '../../cluster-fixture.ts';

/** "a" is a ready endpoint of zone a, "a>b" one whose hint names b, "a!" one that is not ready, "" one without a zone. */
function endpointOf(text: string): Endpoint {
  const [, zone = '', receiver, unready] = /^([a-z]?)(?:>([a-z]))?(!)?$/.exec(text) ?? [];
  return {
    addresses: ['10.0.0.1'],
    conditions: { ready: unready === undefined },
    ...(zone ? { zone } : {}),
    ...(receiver ? { hints: { forZones: [{ name: receiver }] } } : {}),
  };
}

function textOf({ zone = '', hints, conditions }: Endpoint): string {
  return `${zone}${hints?.forZones ? `>${hints.forZones.map(({ name }) => name).join()}` : ''}${conditions?.ready ? '' : '!'}`;
}

function sliceOf(texts: readonly string[]): EndpointSlice {
  const metadata = { name: 'web', uid: '', resourceVersion: '', creationTimestamp: '' };
  const endpoints = texts.map(endpointOf);
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata,
    addressType: 'IPv4',
    endpoints,
    ports: [],
  };
}

type Slices = readonly (readonly string[])[];
interface Plan {
  readonly create?: Slices;
  readonly update?: Slices;
  readonly unchanged?: Slices;
}

function hinted(
  { create = [], update = [], unchanged = [] }: Plan,
  shares: Readonly<Record<string, number>> | undefined,
) {
  const plan = withTopologyHints(
    {
      create: create.map((names) => ({ ports: [], endpoints: sliceOf(names).endpoints ?? [] })),
      update: update.map(sliceOf),
      unchanged: unchanged.map(sliceOf),
    },
    shares && new Map(Object.entries(shares)),
  );
  const texts = (slices: typeof plan.create): Slices => slices.map(({ endpoints }) => endpoints.map(textOf));
  const stored = (slices: typeof plan.update): Slices => slices.map(({ endpoints }) => (endpoints ?? []).map(textOf));
  return { create: texts(plan.create), update: stored(plan.update), unchanged: stored(plan.unchanged) };
}

const halves = { a: 0.5, b: 0.5 };
const none = { create: [], update: [], unchanged: [] };

/** The first five as topologycache_test.go TestAddHints has them, the others by hand from the same rules. */
const plans: readonly [title: string, plan: Plan, shares: Readonly<Record<string, number>> | undefined, expected: Plan][] = [
  ['no shares, no hints', { create: [['a']] }, undefined, { create: [['a']] }],
  ['fewer endpoints than zones', { create: [['a', 'b']] }, { a: 0.3, b: 0.4, c: 0.3 }, { create: [['a', 'b']] }],
  ['one endpoint each', { create: [['a', 'b']] }, { a: 0.45, b: 0.55 }, { create: [['a>a', 'b>b']] }],
  ['the ready ones only', { create: [['a', 'b', 'b!']] }, { a: 0.45, b: 0.55 }, { create: [['a>a', 'b>b', 'b!']] }],
  [
    'one endpoint given away',
    { create: [['a', 'b'], ['c', 'c', 'a']], update: [['a', 'a'], ['b', 'c', 'a']] },
    { a: 0.35, b: 0.35, c: 0.3 },
    { create: [['a>b', 'b>b'], ['c>c', 'c>c', 'a>a']], update: [['a>a', 'a>a'], ['b>b', 'c>c', 'a>a']] },
  ],
  ['slices that may stay', { unchanged: [['a>a', 'b>b']] }, halves, { unchanged: [['a>a', 'b>b']] }],
  ['slices without hints', { unchanged: [['a', 'b']] }, halves, { update: [['a>a', 'b>b']] }],
  ['hints for a zone that is gone', { unchanged: [['a>c', 'b>b']] }, halves, { update: [['a>a', 'b>b']] }],
  ['a zone with too many', { unchanged: [['a>a', 'a>a', 'a>a', 'b>b']] }, halves, { update: [['a>b', 'a>a', 'a>a', 'b>b']] }],
  ['an endpoint without a zone', { update: [['', 'b']], unchanged: [['a>a', 'b>b']] }, halves, { update: [['', 'b'], ['a', 'b']] }],
  ['hints that lost their reason', { unchanged: [['a>a'], ['b!']] }, undefined, { update: [['a']], unchanged: [['b!']] }],
]; // prettier-ignore

it.each(plans)('%s', (_title, plan, shares, expected) => {
  expect(hinted(plan, shares)).toEqual({ ...none, ...expected });
});

const nodes = ['one', 'two', 'three'].map((name, index) => ({
  name,
  address: `172.18.0.${index + 2}`,
  labels: { 'topology.kubernetes.io/zone': name === 'three' ? 'b' : 'a' },
}));

const service = (annotations: string, spec = ''): string => `
apiVersion: v1
kind: Service
metadata: {name: web, annotations: {${annotations}}}
spec: {selector: {app: web}, ports: [{port: 80}]${spec}}
---
`;

const pods = ['one', 'two', 'two', 'three', 'three', 'three']
  .map((node, index) => podManifest(`web-${index}`, `nodeName: ${node}, containers: [{name: c, image: nginx}]`, 'app: web'))
  .join(''); // prettier-ignore

function settled(manifests: string): Cluster {
  const cluster = clusterWith(manifests, { nodes });
  expect(cluster.settle().kind).toBe('settled');
  return cluster;
}

/** Hints by Pod. */
function hintsOf(cluster: Cluster): readonly string[] {
  return cluster.view
    .indexed('EndpointSlice', 'service', 'default/web')
    .flatMap(({ endpoints }) => endpoints ?? [])
    .map(({ targetRef, hints }) => `${targetRef?.name ?? ''} ${(hints?.forZones ?? []).map(({ name }) => name).join()}`)
    .sort();
}

function labelZone(cluster: Cluster, name: string, zone: string | null): void {
  const body = { metadata: { labels: { 'topology.kubernetes.io/zone': zone } } };
  const response = cluster.api.handle({ verb: 'patch', resource: resources.Node, namespace: '', name, patchType: 'merge', body });
  if (!response.ok) throw new Error(response.status.message);
  cluster.settle();
} // prettier-ignore

const auto = 'service.kubernetes.io/topology-mode: Auto';
/** Zone a has two thirds of the CPU, so four of six endpoints are for it: its own three and one of zone b. */
const shared = ['web-0 a', 'web-1 a', 'web-2 a', 'web-3 a', 'web-4 b', 'web-5 b'];
const unhinted = shared.map((_, index) => `web-${index} `);

describe('the topology mode', () => {
  it.each([
    { annotations: auto, expected: shared },
    { annotations: 'service.kubernetes.io/topology-mode: auto', expected: shared },
    { annotations: 'service.kubernetes.io/topology-mode: AUTO', expected: unhinted },
    { annotations: 'service.kubernetes.io/topology-aware-hints: auto', expected: shared },
  ])('$annotations', ({ annotations, expected }) => {
    expect(hintsOf(settled(service(annotations) + pods))).toEqual(expected);
  });

  it('goes before trafficDistribution, which takes over when the annotation goes', () => {
    const cluster = settled(service(auto, ', trafficDistribution: PreferClose') + pods);
    expect(hintsOf(cluster)).toEqual(shared);
    applyTo(cluster, service('', ', trafficDistribution: PreferClose'));
    cluster.settle();
    expect(hintsOf(cluster)).toEqual(shared.with(3, 'web-3 b'));
  });

  it('takes hints back when a node no longer tells its zone, and waits for an event of the Service to give them again', () => {
    const cluster = settled(service(auto) + pods);
    labelZone(cluster, 'three', null);
    expect(hintsOf(cluster)).toEqual(unhinted);
    labelZone(cluster, 'three', 'b');
    expect(hintsOf(cluster)).toEqual(unhinted);
    applyTo(cluster, service(`${auto}, changed: "yes"`));
    cluster.settle();
    expect(hintsOf(cluster)).toEqual(shared);
  });

  it('shares endpoints out anew when a zone comes that has none', () => {
    const cluster = settled(service(auto) + pods);
    labelZone(cluster, 'two', 'c');
    // Two for each zone.
    expect(hintsOf(cluster)).toEqual(['web-0 a', 'web-1 c', 'web-2 c', 'web-3 a', 'web-4 b', 'web-5 b']);
  });
});
