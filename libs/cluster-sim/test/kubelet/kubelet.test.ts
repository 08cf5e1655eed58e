import { describe, expect, it } from '@jest/globals';
import { resources, type ContainerStatus } from '@kubedrill/kube-model';
import type { Cluster, ClusterSettings } from '../../src/index.ts';
import { clusterWith, isReady, podManifest, podOf } from '../cluster-fixture.ts';

function started(spec: string, extra = '', settings: ClusterSettings = {}): Cluster {
  return clusterWith(podManifest('p', spec) + extra, settings);
}

function statusOf(cluster: Cluster, container = 'c'): ContainerStatus | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = podOf(cluster, 'p').status;
  return [...initContainerStatuses, ...containerStatuses].find(({ name }) => name === container);
}

const one = (fields: string): string => `containers: [{name: c, ${fields}}]`;

describe('starting', () => {
  it('goes from creating to running, with an address of its node', () => {
    const cluster = started(`nodeName: node-2, ${one('image: nginx')}`);
    cluster.advance(500);
    expect(podOf(cluster, 'p').status).toMatchObject({ phase: 'Pending', hostIP: '172.18.0.3' });
    expect(statusOf(cluster)?.state).toEqual({ waiting: { reason: 'ContainerCreating' } });
    cluster.advance(500);
    expect(podOf(cluster, 'p').status).toMatchObject({ phase: 'Running', podIP: '10.244.2.2' });
    expect(isReady(podOf(cluster, 'p'))).toBe(true);
  });

  it.each([
    [
      'an image tag that does not exist',
      one('image: "nginx:doesnotexist"'),
      'ImagePullBackOff',
      /^Back-off pulling image "nginx:doesnotexist": ErrImagePull: /,
    ],
    ['no image name', one('image: "nginx:a:b"'), 'InvalidImageName', /couldn't parse image name/],
    [
      'a missing ConfigMap',
      one('image: nginx, envFrom: [{configMapRef: {name: cfg}}]'),
      'CreateContainerConfigError',
      /^configmap "cfg" not found$/,
    ],
    [
      'a missing key',
      one('image: nginx, env: [{name: A, valueFrom: {configMapKeyRef: {name: kube-root-ca.crt, key: k}}}]'),
      'CreateContainerConfigError',
      /^couldn't find key k in ConfigMap default\/kube-root-ca.crt$/,
    ],
    [
      'a missing Secret',
      one('image: nginx, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]'),
      'CreateContainerConfigError',
      /^secret "s" not found$/,
    ],
  ])('fails for %s', (_title, spec, reason, message) => {
    const cluster = started(spec);
    expect(cluster.settle().kind).toBe('settled');
    const waiting = statusOf(cluster)?.state.waiting;
    expect(waiting?.reason).toBe(reason);
    expect(waiting?.message).toMatch(message);
    expect(podOf(cluster, 'p').status.phase).toBe('Pending');
  });

  it('takes a ConfigMap that comes later', () => {
    const cluster = started(one('image: nginx, envFrom: [{configMapRef: {name: cfg}}]'));
    cluster.settle();
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cfg' }, data: { GREETING: 'hello' } };
    expect(cluster.api.handle({ verb: 'create', resource: resources.ConfigMap, namespace: 'default', body }).ok).toBe(
      true,
    );
    cluster.settle();
    expect(podOf(cluster, 'p').status.phase).toBe('Running');
    expect(cluster.exec({ namespace: 'default', pod: 'p' }, ['printenv', 'GREETING']).stdout).toBe('hello\n');
  });

  it('runs init containers one after the other, then sidecar and main container', () => {
    const init =
      'initContainers: [{name: first, image: busybox, command: [sleep, "5"]}, {name: side, image: nginx, restartPolicy: Always}]';
    const cluster = started(`${init}, ${one(`image: "hashicorp/http-echo:1.0", args: ["-text=x"]`)}`);
    cluster.advance(2_000);
    expect(podOf(cluster, 'p').status.phase).toBe('Pending');
    expect([statusOf(cluster, 'side')?.state, statusOf(cluster)?.state]).toEqual([
      { waiting: { reason: 'PodInitializing' } },
      { waiting: { reason: 'PodInitializing' } },
    ]);
    cluster.settle();
    expect(podOf(cluster, 'p').status.phase).toBe('Running');
    expect(statusOf(cluster, 'first')?.state.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
    expect([statusOf(cluster, 'side')?.ready, statusOf(cluster)?.ready]).toEqual([true, true]);
  });

  it('gives containers the variables of the Services that are there', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: my-db}\nspec: {clusterIP: 10.96.7.7, ports: [{name: sql, port: 5432}]}\n---\n';
    const cluster = clusterWith(service + podManifest('p', one('image: nginx')));
    cluster.settle();
    const variables = cluster.exec({ namespace: 'default', pod: 'p' }, ['env']).stdout.split('\n');
    expect(variables).toEqual(
      expect.arrayContaining([
        'MY_DB_SERVICE_HOST=10.96.7.7',
        'MY_DB_SERVICE_PORT=5432',
        'MY_DB_SERVICE_PORT_SQL=5432',
        'MY_DB_PORT=tcp://10.96.7.7:5432',
        'MY_DB_PORT_5432_TCP_ADDR=10.96.7.7',
        'KUBERNETES_SERVICE_HOST=10.96.0.1',
      ]),
    );
  });
});

describe('ending', () => {
  it.each([
    ['Never', 0, 'Succeeded', 0],
    ['Never', 3, 'Failed', 0],
    ['OnFailure', 0, 'Succeeded', 0],
  ])('with restartPolicy %s and exit code %i the phase is %s', (policy, code, phase, restarts) => {
    const cluster = started(`restartPolicy: ${policy}, ${one(`image: busybox, command: [sh, -c, "exit ${code}"]`)}`);
    cluster.settle();
    expect(podOf(cluster, 'p').status.phase).toBe(phase);
    expect(statusOf(cluster)).toMatchObject({ restartCount: restarts, state: { terminated: { exitCode: code } } });
  });

  it('restarts with a pause that doubles from 10 seconds to 5 minutes', () => {
    const cluster = started(one('image: busybox, command: [sh, -c, "exit 1"]'));
    const restarts: number[] = [];
    for (const seconds of [1, 10, 20, 40, 80, 160, 300, 300]) {
      cluster.advance(seconds * 1_000);
      restarts.push(statusOf(cluster)?.restartCount ?? -1);
    }
    expect(restarts).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(podOf(cluster, 'p').status.phase).toBe('Running');
    expect(statusOf(cluster)?.state.waiting).toMatchObject({
      reason: 'CrashLoopBackOff',
      message: `back-off 5m0s restarting failed container=c pod=p_default(${podOf(cluster, 'p').metadata.uid})`,
    });
    expect(cluster.settle().kind).toBe('settled');
  });

  it.each([
    ['at once', '', 300],
    ['after its preStop hook', ', lifecycle: {preStop: {sleep: {seconds: 5}}}', 5_300],
  ])('goes %s when it is deleted', (_title, hook, after) => {
    const cluster = started(one(`image: nginx${hook}`));
    cluster.settle();
    cluster.api.handle({ verb: 'delete', resource: resources.Pod, namespace: 'default', name: 'p' });
    cluster.advance(after - 100);
    expect(podOf(cluster, 'p').metadata.deletionTimestamp).toBeDefined();
    cluster.advance(100);
    expect(cluster.view.get('Pod', 'default', 'p')).toBeUndefined();
  });
});

describe('probes', () => {
  const http = (fields: string): string => `httpGet: {path: /, port: 80}, ${fields}`;

  it.each([
    ['no initial delay', http('periodSeconds: 10'), 1],
    ['an initial delay, at the next tick', http('initialDelaySeconds: 5, periodSeconds: 10'), 11],
    ['a success threshold', http('periodSeconds: 2, successThreshold: 3'), 5],
  ])('with %s the Pod is ready after %#', (_title, probe, seconds) => {
    const cluster = started(one(`image: nginx, readinessProbe: {${probe}}`));
    const readyAt = Array.from({ length: 20 }, (_, second) => second + 1).find(() => {
      cluster.advance(1_000);
      return isReady(podOf(cluster, 'p'));
    });
    expect(readyAt).toBe(seconds);
  });

  it.each([
    ['another port', 'tcpSocket: {port: 8080}'],
    ['a path that is not there', 'httpGet: {path: /missing, port: 80}'],
    ['a command that fails', 'exec: {command: ["false"]}'],
  ])('of %s never succeed', (_title, probe) => {
    const cluster = started(one(`image: nginx, readinessProbe: {${probe}}`));
    expect(cluster.settle().kind).toBe('settled');
    expect(podOf(cluster, 'p').status.phase).toBe('Running');
    expect(podOf(cluster, 'p').status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Ready',
        status: 'False',
        reason: 'ContainersNotReady',
        message: 'containers with unready status: [c]',
      }),
    );
  });

  it('a liveness probe that fails restarts the container after its threshold', () => {
    const cluster = started(
      one('image: nginx, livenessProbe: {tcpSocket: {port: 81}, periodSeconds: 5, failureThreshold: 2}'),
    );
    cluster.advance(5_900);
    expect(statusOf(cluster)?.restartCount).toBe(0);
    cluster.advance(400);
    expect(statusOf(cluster)).toMatchObject({ restartCount: 1, lastState: { terminated: { reason: 'Completed' } } });
  });

  it('a command that changes a file is seen by an exec probe', () => {
    const probe = 'readinessProbe: {exec: {command: [cat, /tmp/ready]}, periodSeconds: 1}';
    const cluster = started(one(`image: busybox, command: [sleep, infinity], ${probe}`));
    cluster.settle();
    expect(isReady(podOf(cluster, 'p'))).toBe(false);
    const fork = cluster.fork();
    cluster.exec({ namespace: 'default', pod: 'p' }, ['touch', '/tmp/ready']);
    for (const one of [cluster, fork]) one.settle();
    expect([isReady(podOf(cluster, 'p')), isReady(podOf(fork, 'p'))]).toEqual([true, false]);
  });
});
