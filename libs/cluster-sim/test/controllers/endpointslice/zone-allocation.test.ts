import { describe, expect, it } from '@jest/globals';
import type { Node } from '@kubedrill/kube-model';
import { allocate, exchangeBetween, isOverloaded } from '../../../src/controllers/endpointslice/zone-allocation.ts';
import { zoneShares } from '../../../src/controllers/endpointslice/zone-shares.ts';

type Counts = Readonly<Record<string, number>>;
type NodeFixture = readonly [zone: string, cpu: string, state?: 'unready' | 'control-plane'];

function nodeOf([zone, cpu, state]: NodeFixture, index: number): Node {
  const labels = {
    ...(zone ? { 'topology.kubernetes.io/zone': zone } : {}),
    ...(state === 'control-plane' ? { 'node-role.kubernetes.io/control-plane': '' } : {}),
  };
  const status = state === 'unready' ? 'False' : 'True';
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `node-${index}`, uid: '', resourceVersion: '', creationTimestamp: '', labels },
    spec: {},
    status: { allocatable: cpu ? { cpu } : {}, conditions: [{ type: 'Ready', status }] },
  };
}

/** Nodes -> shares, as topologycache_test.go TestSetNodes has them. */
const clusters: readonly [title: string, nodes: readonly NodeFixture[], expected: Counts | undefined][] = [
  ['no node', [], undefined],
  ['one node', [['a', '1']], undefined],
  ['one zone', [['a', '1'], ['a', '1']], undefined], // prettier-ignore
  ['two zones', [['a', '1000m'], ['b', '1']], { a: 0.5, b: 0.5 }], // prettier-ignore
  ['a zone that is not ready', [['a', '1', 'unready'], ['b', '1']], undefined], // prettier-ignore
  ['a zone of the control plane', [['a', '1'], ['b', '1', 'control-plane']], undefined], // prettier-ignore
  ['nodes that do not count', [['a', '1'], ['b', '1'], ['b', '1', 'unready'], ['', '', 'control-plane']], { a: 0.5, b: 0.5 }], // prettier-ignore
  ['a node without a zone', [['a', '1'], ['b', '1'], ['', '1']], undefined], // prettier-ignore
  ['a node without CPU', [['a', '1'], ['b', '1'], ['b', '']], undefined], // prettier-ignore
  ['unequal zones', [['a', '3'], ['a', '2000m'], ['b', '3'], ['b', '1500m'], ['c', '500m']], { a: 0.5, b: 0.45, c: 0.05 }], // prettier-ignore
];

it.each(clusters)('%s has its shares of CPU', (_title, nodes, expected) => {
  const shares = zoneShares(nodes.map(nodeOf));
  expect(shares && Object.fromEntries(shares)).toEqual(expected);
});

const mapOf = (counts: Counts): ReadonlyMap<string, number> => new Map(Object.entries(counts));

describe('endpoints of the zones', () => {
  /** By hand from getAllocations: minimum = ceil(share * endpoints / 1.2), maximum = minimum + what is left. */
  const allocations: readonly [shares: Counts, endpoints: number, expected: unknown][] = [
    [{ a: 0.3, b: 0.4, c: 0.3 }, 2, undefined],
    [{ a: 0.45, b: 0.55 }, 2, { a: { minimum: 1, desired: 1, maximum: 1 }, b: { minimum: 1, desired: 1.1, maximum: 1 } }],
    [{ a: 0.25, b: 0.75 }, 8, { a: { minimum: 2, desired: 2, maximum: 3 }, b: { minimum: 5, desired: 6, maximum: 6 } }],
    // Two of three endpoints for b would leave none for a's and c's minimum of one each.
    [{ a: 0.1, b: 0.8, c: 0.1 }, 3, undefined],
  ]; // prettier-ignore

  it.each(allocations)('of %j share %i endpoints out', (shares, endpoints, expected) => {
    const allocated = allocate(mapOf(shares), endpoints);
    expect(allocated && Object.fromEntries(allocated)).toEqual(expected);
  });

  /** Desired and present endpoints -> who gives and who receives, as utils_test.go Test_getGivingAndReceivingZones has them. */
  const exchanges: readonly [desired: Counts, present: Counts, giving: Counts, receiving: Counts][] = [
    [{}, {}, {}, {}],
    [{ a: 1.2, b: 1.1, c: 1 }, { a: 1, b: 1, c: 1 }, {}, {}],
    [{ a: 5.1, b: 5.1, c: 5.8 }, { a: 16 }, { a: 10 }, { b: 5, c: 5 }],
    [{ a: 5, b: 5.6, c: 5.4 }, { a: 16 }, { a: 11 }, { b: 6, c: 5 }],
    [{ a: 5, b: 5.6, c: 5.4 }, { b: 8, c: 8 }, { b: 2, c: 3 }, { a: 5 }],
    [{ a: 5, b: 5, c: 5 }, { a: 6, b: 6, c: 6 }, {}, {}],
  ];

  it.each(exchanges)('wanted as %j and present as %j are exchanged', (desired, present, giving, receiving) => {
    const allocations = new Map(
      Object.entries(desired).map(([zone, count]) => [zone, { minimum: 0, maximum: 0, desired: count }]),
    );
    const exchange = exchangeBetween(allocations, mapOf(present));
    expect([exchange.giving, exchange.receiving].map((counts) => Object.fromEntries(counts))).toEqual([
      giving,
      receiving,
    ]);
  });

  const loads: readonly [endpoints: Counts, shares: Counts | undefined, expected: boolean][] = [
    [{}, { a: 0.5, b: 0.5 }, false],
    [{ a: 1 }, undefined, true],
    [{ a: 3, b: 3 }, { a: 0.5, b: 0.5 }, false],
    [{ a: 3, b: 3 }, { a: 0.4, b: 0.4, c: 0.2 }, true],
    // a needs ceil(6 * 0.6 / 1.2) = 3, then ceil(6 * 0.7 / 1.2) = 4.
    [{ a: 3, b: 3 }, { a: 0.6, b: 0.4 }, false],
    [{ a: 3, b: 3 }, { a: 0.7, b: 0.3 }, true],
  ];

  it.each(loads)('%j under shares of %j: overloaded %s', (endpoints, shares, expected) => {
    expect(isOverloaded(mapOf(endpoints), shares && mapOf(shares))).toBe(expected);
  });
});
