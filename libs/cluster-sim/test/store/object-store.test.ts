import { describe, expect, it } from '@jest/globals';
import type { Pod } from '@kubedrill/kube-model';
import fc from 'fast-check';
import { ObjectStore } from '../../src/store/object-store.ts';

interface Step {
  readonly verb: 'put' | 'remove';
  readonly name: string;
  readonly label: string;
  readonly node: string;
}

const step = fc.record<Step>({
  verb: fc.constantFrom('put', 'put', 'remove'),
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  label: fc.constantFrom('x', 'y'),
  node: fc.constantFrom('', 'n1', 'n2'),
});

function podOf({ name, label, node }: Step): Pod {
  const metadata = {
    name,
    namespace: 'default',
    uid: `uid-${name}`,
    resourceVersion: '',
    creationTimestamp: '',
    labels: { app: label },
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { containers: [], ...(node ? { nodeName: node } : {}) },
    status: {},
  };
}

function run(store: ObjectStore, steps: readonly Step[]): void {
  for (const one of steps) {
    if (one.verb === 'put') store.put(podOf(one));
    else store.remove({ kind: 'Pod', namespace: 'default', name: one.name });
  }
}

/** All that a reader can find out. */
function contentOf(store: ObjectStore): unknown {
  return {
    version: store.resourceVersion,
    size: store.size,
    pods: store.list('Pod', 'default'),
    labelled: ['x', 'y'].map((label) =>
      store.indexed('Pod', 'label', `default/app=${label}`).map(({ metadata }) => metadata.name),
    ),
    placed: ['n1', 'n2'].map((node) => store.indexed('Pod', 'node', node).map(({ metadata }) => metadata.name)),
    events: store.eventsSince(0),
  };
}

describe('ObjectStore', () => {
  it('forks: what one side does after the fork, the other never sees', () => {
    fc.assert(
      fc.property(fc.array(step), fc.array(step), fc.array(step), (before, here, there) => {
        const store = new ObjectStore();
        run(store, before);
        const frozen = JSON.stringify(contentOf(store));
        const fork = store.fork();
        run(store, here);
        expect(JSON.stringify(contentOf(fork))).toBe(frozen);
        run(fork, there);
        const alone = new ObjectStore();
        run(alone, [...before, ...here]);
        expect(contentOf(store)).toEqual(contentOf(alone));
        const other = new ObjectStore();
        run(other, [...before, ...there]);
        expect(contentOf(fork)).toEqual(contentOf(other));
      }),
    );
  });

  it('indexes as a search through all objects would', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const store = new ObjectStore();
        run(store, steps);
        const names = (pods: readonly Pod[]): readonly string[] => pods.map(({ metadata }) => metadata.name).sort();
        for (const node of ['n1', 'n2'])
          expect(names(store.indexed('Pod', 'node', node))).toEqual(
            names(store.list('Pod').filter(({ spec }) => spec.nodeName === node)),
          );
      }),
    );
  });

  it('hands every event to the engine once, in order', () => {
    const store = new ObjectStore();
    const pod = podOf({ verb: 'put', name: 'a', label: 'x', node: '' });
    store.put(pod);
    store.put(pod);
    store.remove({ kind: 'Pod', namespace: 'default', name: 'a' });
    expect(store.takeUnobserved().map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
    expect(store.takeUnobserved()).toEqual([]);
  });
});
