import { describe, expect, it } from '@jest/globals';
import { resources, type Pod } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith, podManifest, podOf } from '../cluster-fixture.ts';

/** pkg/scheduler/framework/preemption: texts and choices follow from the Go source. Nodes have 64 CPUs. */

const nodes = ['node-1', 'node-2'].map((name, index) => ({ name, address: `172.18.0.${index + 2}` }));

const priorityClass = (name: string, value: number, more = ''): string =>
  `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: ${name}}\nvalue: ${value}\n${more}\n---\n`;
const classes =
  priorityClass('low', 10) +
  priorityClass('middle', 100) +
  priorityClass('high', 1000) +
  priorityClass('polite', 1000, 'preemptionPolicy: Never');

function pod(name: string, className: string, cpu: number, more = ''): string {
  const priority = className === '' ? '' : `priorityClassName: ${className}, `;
  const resource = `containers: [{name: c, image: nginx, resources: {requests: {cpu: "${cpu}"}}}]`;
  return podManifest(name, `${priority}${more}${resource}`, `app: ${name}`);
}

const on = (node: string): string => `nodeName: ${node}, `;

function settled(manifests: string): Cluster {
  const cluster = clusterWith(classes + manifests, { nodes });
  cluster.settle();
  return cluster;
}

function then(cluster: Cluster, manifests: string): Cluster {
  applyTo(cluster, manifests);
  cluster.settle();
  return cluster;
}

function podsOf(cluster: Cluster): readonly string[] {
  return cluster.view
    .list('Pod', 'default')
    .map(({ metadata, spec }) => `${metadata.name} ${spec.nodeName ?? '-'}`)
    .sort();
}

function message(found: Pod): string | undefined {
  return found.status.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
}

describe('a Pod that finds no room', () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      'takes that of a less important one',
      pod('a', 'middle', 40, on('node-1')) + pod('b', 'low', 40, on('node-2')),
      pod('new', 'high', 40),
      ['a node-1', 'new node-2'],
    ],
    [
      'lets stay who need not go',
      pod('a', 'low', 20, on('node-1')) + pod('b', 'low', 40, on('node-1')) + pod('c', 'high', 60, on('node-2')),
      pod('new', 'high', 30),
      ['a node-1', 'c node-2', 'new node-1'],
    ],
    [
      'takes as few as it can',
      pod('a', 'low', 20, on('node-1')) + pod('b', 'low', 20, on('node-1')) + pod('c', 'low', 40, on('node-2')),
      pod('new', 'high', 50),
      ['a node-1', 'b node-1', 'new node-2'],
    ],
    [
      'waits behind those that are as important',
      pod('a', 'high', 40, on('node-1')) + pod('b', 'high', 40, on('node-2')),
      pod('new', 'high', 40),
      ['a node-1', 'b node-2', 'new -'],
    ],
    [
      'waits where it is told never to take room',
      pod('a', 'low', 40, on('node-1')) + pod('b', 'low', 40, on('node-2')),
      pod('new', 'polite', 40),
      ['a node-1', 'b node-2', 'new -'],
    ],
  ])('%s', (_what, before, later, expected) => {
    expect(podsOf(then(settled(before), later))).toEqual(expected);
  });

  it('says why nobody makes room', () => {
    const before = pod('a', 'high', 40, on('node-1')) + pod('b', 'low', 40, on('node-2'));
    const cluster = then(settled(before), pod('polite', 'polite', 40) + pod('huge', 'high', 65) + pod('plain', '', 40));
    const short = '0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption:';
    expect(message(podOf(cluster, 'polite'))).toBe(`${short} not eligible due to preemptionPolicy=Never.`);
    expect(message(podOf(cluster, 'huge'))).toBe(
      `${short} 0/2 nodes are available: 2 Preemption is not helpful for scheduling.`,
    );
    expect(message(podOf(cluster, 'plain'))).toBe(
      `${short} 0/2 nodes are available: 2 No preemption victims found for incoming pod.`,
    );
  });

  it('is promised the room until it is free', () => {
    const slow = `terminationGracePeriodSeconds: 30, containers: [{name: c, image: busybox, command: [sleep, "9999"], resources: {requests: {cpu: "40"}}}]`;
    const cluster = settled(
      podManifest('a', `priorityClassName: low, nodeName: node-1, ${slow}`) + pod('b', 'high', 40, on('node-2')),
    );
    applyTo(cluster, pod('new', 'high', 40));
    cluster.advance(5_000);
    const [victim, waiting] = [podOf(cluster, 'a'), podOf(cluster, 'new')];
    expect(waiting.spec.nodeName).toBeUndefined();
    expect(waiting.status).toMatchObject({ nominatedNodeName: 'node-1' });
    expect(victim.metadata.deletionTimestamp).toBeDefined();
    expect(victim.status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'PreemptionByScheduler',
        message: 'default-scheduler: preempting to accommodate a higher priority pod',
      }),
    );
    // Who is less important does not get it.
    applyTo(cluster, pod('late', 'middle', 30));
    cluster.advance(40_000);
    expect(podsOf(cluster)).toEqual(['b node-2', 'late -', 'new node-1']);
    expect(podOf(cluster, 'new').status).not.toHaveProperty('nominatedNodeName');
    const events = cluster.api.handle({ verb: 'list', resource: resources.Event, namespace: 'default' });
    const texts =
      events.ok && 'items' in events ? events.items.map((event) => (event.kind === 'Event' ? event.message : '')) : [];
    expect(texts).toContain(`Preempted by pod ${waiting.metadata.uid} on node node-1`);
    expect(texts).toContain('0/2 nodes are available: 2 Insufficient cpu.');
  });
});

describe('of Pods that come together', () => {
  it('the most important one is first', () => {
    const cluster = settled(pod('a', '', 40) + pod('b', 'low', 40) + pod('c', 'high', 40));
    expect(podsOf(cluster)).toEqual(['a -', 'b node-2', 'c node-1']);
  });
});
