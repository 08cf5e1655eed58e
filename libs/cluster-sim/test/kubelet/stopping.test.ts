import { describe, expect, it } from '@jest/globals';
import { resources, type ContainerStatus, type Pod } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { clusterWith, isReady, podManifest, podOf } from '../cluster-fixture.ts';

const sleeper = 'image: busybox, command: [sleep, infinity]';
const shell = (script: string): string => `image: busybox, command: [sh, -c, "${script}"]`;
const one = (container: string, pod = ''): string => `${pod && `${pod}, `}containers: [{name: c, ${container}}]`;

function settled(spec: string, extra = ''): Cluster {
  const cluster = clusterWith(podManifest('p', spec, 'app: p') + extra);
  cluster.settle();
  return cluster;
}

function deletePod(cluster: Cluster, gracePeriodSeconds?: number): void {
  const options = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
  cluster.api.handle({ verb: 'delete', resource: resources.Pod, namespace: 'default', name: 'p', ...options });
}

function find(cluster: Cluster): Pod | undefined {
  return cluster.view.get('Pod', 'default', 'p');
}

function statusOf(cluster: Cluster, container = 'c'): ContainerStatus | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = podOf(cluster, 'p').status;
  return [...initContainerStatuses, ...containerStatuses].find(({ name }) => name === container);
}

/** The last state of the Pod before it is gone, and the tenth of a second at which it is. */
function end(cluster: Cluster): { readonly after: number; readonly last: Pod | undefined } {
  for (let tenths = 0; tenths < 1_000; tenths += 1) {
    if (!find(cluster)) return { after: tenths / 10, last: undefined };
    cluster.advance(100);
  }
  return { after: Infinity, last: find(cluster) };
}

/** Times: kuberuntime_container.go killContainer; a process takes a quarter of a second to react. */
describe('a deleted Pod is gone', () => {
  it.each([
    ['when its grace period is over: PID 1 without a handler', one(sleeper), 30],
    ['when its own grace period is over', one(sleeper, 'terminationGracePeriodSeconds: 5'), 5],
    ['two seconds after the signal at the earliest', one(sleeper, 'terminationGracePeriodSeconds: 1'), 2],
    ['at once: the process is not PID 1', one(sleeper, 'shareProcessNamespace: true'), 0.3],
    ['at once: nginx handles its signal', one('image: nginx'), 0.3],
    ['late: a shell waits for its child', one(shell('nginx; sleep infinity')), 30],
    ['at once: a shell that has a trap and waits', one(shell("trap 'exit 3' TERM; sleep infinity & wait")), 0.3],
    ['late: a trap has to wait for the child', one(shell("trap 'exit 3' TERM; sleep infinity")), 30],
    ['at the next round of a loop with a trap', one(shell("trap 'exit 3' TERM; while true; do sleep 1; done")), 1],
    ['late: a loop without a trap', one(shell('while true; do sleep 1; done')), 30],
    ['after a preStop hook that sleeps', one('image: nginx, lifecycle: {preStop: {sleep: {seconds: 5}}}'), 5.3],
    ['after a preStop command', one('image: nginx, lifecycle: {preStop: {exec: {command: [sleep, "3"]}}}'), 3.3],
    [
      'with the hook cut short by the grace period',
      one('image: nginx, lifecycle: {preStop: {exec: {command: [sleep, "20"]}}}', 'terminationGracePeriodSeconds: 10'),
      10.3,
    ],
    [
      'with what the hook has left of the grace period',
      one(`${sleeper}, lifecycle: {preStop: {sleep: {seconds: 4}}}`, 'terminationGracePeriodSeconds: 10'),
      10,
    ],
    ['after a hook that fails', one('image: nginx, lifecycle: {preStop: {exec: {command: [no-such-program]}}}'), 0.3],
  ])('%s', (_title, spec, after) => {
    const cluster = settled(spec);
    deletePod(cluster);
    expect(end(cluster).after).toBeCloseTo(after, 1);
  });

  it('sooner when it is deleted again with a shorter grace period', () => {
    const cluster = settled(one(sleeper));
    deletePod(cluster);
    cluster.advance(3_000);
    deletePod(cluster, 5);
    expect(end(cluster).after).toBeCloseTo(5, 1);
  });

  it('before it has run, as failed', () => {
    const cluster = settled(one('image: "nginx:doesnotexist"'));
    deletePod(cluster);
    const seen = cluster.view.resourceVersion;
    cluster.advance(0);
    expect(find(cluster)).toBeUndefined();
    expect(cluster.view.resourceVersion).toBeGreaterThan(seen);
  });
});

describe('while a Pod terminates', () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: p}, ports: [{port: 80}]}\n---\n';

  it('its endpoint serves on, terminating', () => {
    const cluster = settled(one(sleeper), service);
    deletePod(cluster);
    cluster.advance(10_000);
    expect(isReady(podOf(cluster, 'p'))).toBe(true);
    const [slice] = cluster.view
      .list('EndpointSlice', 'default')
      .filter(({ metadata }) => metadata.name !== 'kubernetes');
    expect(slice?.endpoints?.[0]?.conditions).toEqual({ ready: false, serving: true, terminating: true });
    cluster.advance(21_000);
    expect(cluster.view.list('EndpointSlice', 'default').flatMap(({ endpoints }) => endpoints ?? [])).toHaveLength(1);
  });

  it('its readiness probe goes on', () => {
    const probe =
      'readinessProbe: {exec: {command: [sh, -c, "test ! -f /tmp/full"]}, periodSeconds: 1, failureThreshold: 1}';
    const cluster = settled(one(`${sleeper}, ${probe}`));
    expect(isReady(podOf(cluster, 'p'))).toBe(true);
    deletePod(cluster);
    cluster.exec({ namespace: 'default', pod: 'p' }, ['touch', '/tmp/full']);
    cluster.advance(3_000);
    expect(isReady(podOf(cluster, 'p'))).toBe(false);
  });
});

describe('a container that is killed', () => {
  const probe = (fields: string): string =>
    `livenessProbe: {tcpSocket: {port: 81}, periodSeconds: 1, failureThreshold: 1${fields}}`;

  it.each([
    ['the grace period of the Pod', probe(''), 30],
    ['the one of the probe', probe(', terminationGracePeriodSeconds: 5'), 5],
  ])('by its liveness probe has %s', (_title, liveness, seconds) => {
    const cluster = clusterWith(podManifest('p', one(`${sleeper}, ${liveness}`)));
    cluster.advance(1_000 + seconds * 1_000 - 100);
    expect(statusOf(cluster)).toMatchObject({ restartCount: 0, state: { running: {} } });
    cluster.advance(200);
    expect(statusOf(cluster)).toMatchObject({
      restartCount: 1,
      state: { running: {} },
      lastState: { terminated: { exitCode: 137, reason: 'Error' } },
    });
  });

  it('by its postStart hook backs off', () => {
    const cluster = settled(one('image: nginx, lifecycle: {postStart: {exec: {command: [sh, -c, "exit 3"]}}}'));
    expect(statusOf(cluster)?.restartCount).toBeGreaterThan(0);
    const fresh = clusterWith(
      podManifest('p', one('image: nginx, lifecycle: {postStart: {exec: {command: [sh, -c, "exit 3"]}}}')),
    );
    fresh.advance(1_300);
    expect(statusOf(fresh)).toMatchObject({
      ready: false,
      state: {
        waiting: {
          reason: 'PostStartHookError',
          message: `Exec lifecycle hook ([sh -c exit 3]) for Container "c" in Pod "p_default(${podOf(fresh, 'p').metadata.uid})" failed - error: command 'sh -c exit 3' exited with 3: , message: ""`,
        },
      },
      lastState: { terminated: { exitCode: 0 } },
    });
  });

  it('is not reported before its postStart hook is done', () => {
    const cluster = clusterWith(podManifest('p', one('image: nginx, lifecycle: {postStart: {sleep: {seconds: 4}}}')));
    cluster.advance(4_900);
    expect(podOf(cluster, 'p').status.phase).toBe('Pending');
    cluster.advance(200);
    expect(isReady(podOf(cluster, 'p'))).toBe(true);
  });
});

describe('a Pod past its active deadline', () => {
  it('has failed, and its containers are stopped', () => {
    const cluster = clusterWith(
      podManifest('p', one(sleeper, 'activeDeadlineSeconds: 20, terminationGracePeriodSeconds: 5')),
    );
    cluster.advance(19_900);
    expect(podOf(cluster, 'p').status.phase).toBe('Running');
    cluster.advance(200);
    expect(podOf(cluster, 'p').status).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
    expect(statusOf(cluster)?.state.running).toBeDefined();
    cluster.advance(5_100);
    expect(statusOf(cluster)?.state.terminated).toMatchObject({ exitCode: 137, reason: 'Error' });
    expect(podOf(cluster, 'p').status.reason).toBe('DeadlineExceeded');
  });
});

describe('sidecars', () => {
  it('stop after the main container, the last one first', () => {
    const trap = (seconds: number): string =>
      shell(`trap 'exit 0' TERM; sleep infinity & wait`) + `, lifecycle: {preStop: {sleep: {seconds: ${seconds}}}}`;
    const init = ['a', 'b'].map(
      (name) => `{name: ${name}, restartPolicy: Always, ${shell("trap 'exit 0' TERM; sleep infinity & wait")}}`,
    );
    const cluster = settled(`initContainers: [${init.join(', ')}], ${one(trap(4))}`);
    deletePod(cluster);
    expect(end(cluster).after).toBeCloseTo(4.8, 1);
  });

  it('let a Pod complete', () => {
    const init = `initContainers: [{name: side, restartPolicy: Always, ${sleeper}}]`;
    const cluster = clusterWith(
      podManifest('p', `restartPolicy: Never, terminationGracePeriodSeconds: 5, ${init}, ${one(shell('sleep 3'))}`),
    );
    cluster.advance(7_000);
    expect(podOf(cluster, 'p').status.phase).toBe('Running');
    cluster.advance(2_100);
    expect(podOf(cluster, 'p').status.phase).toBe('Succeeded');
    expect(statusOf(cluster, 'side')?.state.terminated?.exitCode).toBe(137);
  });
});
