import { describe, expect, it } from '@jest/globals';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith, podManifest, podOf } from '../cluster-fixture.ts';

const script = (text: string, rest = ''): string =>
  podManifest(
    'p',
    `restartPolicy: Never, containers: [{name: c, image: "busybox:1.36", command: [sh, -c, '${text}']${rest}}]`,
  );

function logOf(cluster: Cluster): readonly string[] {
  const log = cluster.logs({ namespace: 'default', pod: 'p', container: 'c' });
  return log.ok ? log.lines.map(({ text }) => text) : [];
}

describe('a process that runs in time', () => {
  it('does one command after the other', () => {
    const cluster = clusterWith(script('for i in 1 2 3; do echo $i; sleep 2; done; exit 3'), { processes: 'inTime' });
    cluster.advance(1_500);
    expect(logOf(cluster)).toEqual(['1']);
    cluster.advance(2_000);
    expect(logOf(cluster)).toEqual(['1', '2']);
    cluster.advance(10_000);
    expect(logOf(cluster)).toEqual(['1', '2', '3']);
    expect(podOf(cluster, 'p').status.containerStatuses?.[0]?.state.terminated?.exitCode).toBe(3);
  });

  it('notices what comes later', () => {
    const wait = script('until wget -qO- http://web; do sleep 1; done; echo found');
    const cluster = clusterWith(wait, { processes: 'inTime' });
    cluster.advance(20_000);
    expect(logOf(cluster)).not.toContain('found');
    applyTo(
      cluster,
      `${podManifest('web', 'containers: [{name: c, image: nginx}]', 'app: web')}
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}`,
    );
    cluster.advance(20_000);
    expect(logOf(cluster)).toContain('found');
    expect(podOf(cluster, 'p').status.phase).toBe('Succeeded');
  });

  it('stands still in a fork, and goes on where it is at home', () => {
    const cluster = clusterWith(script('while true; do echo again; sleep 1; done'), { processes: 'inTime' });
    cluster.advance(3_500);
    const fork = cluster.fork();
    const before = logOf(cluster).length;
    fork.advance(5_000);
    expect(logOf(fork)).toHaveLength(before);
    cluster.advance(5_000);
    expect(logOf(cluster)).toHaveLength(before + 5);
  });

  it('stands still when the cluster has carried on as much as it may, but still starts', () => {
    const cluster = clusterWith(script('while true; do echo again; sleep 1; done'), {
      processes: 'inTime',
      processMoments: 20,
    });
    cluster.advance(600_000);
    expect(logOf(cluster)).toHaveLength(120);
    applyTo(
      cluster,
      podManifest(
        'late',
        "containers: [{name: c, image: 'busybox:1.36', command: [sh, -c, 'sleep 3; echo up; sleep 9999']}]",
      ),
    );
    cluster.advance(10_000);
    const log = cluster.logs({ namespace: 'default', pod: 'late', container: 'c' });
    expect(log.ok && log.lines.map(({ text }) => text)).toEqual(['up']);
  });

  it('keeps the end of a log that goes on for ever', () => {
    const cluster = clusterWith(script('i=0; while true; do i=$((i+1)); echo $i; sleep 1; done'), {
      processes: 'inTime',
    });
    cluster.advance(25_000_000);
    const lines = logOf(cluster);
    expect(lines).toHaveLength(10_000);
    expect(Number(lines.at(-1)) - Number(lines[0])).toBe(9_999);
  });

  it('uses the network from its first command on, whatever the mode', () => {
    const cluster = clusterWith(
      `${podManifest('web', 'containers: [{name: c, image: nginx}]', 'app: web')}
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}`,
    );
    cluster.settle();
    applyTo(cluster, script('wget -qO- http://web | head -n 1'));
    cluster.settle();
    expect(logOf(cluster)).toEqual(['<!DOCTYPE html>']);
    expect(podOf(cluster, 'p').status.containerStatuses?.[0]?.restartCount).toBe(0);
  });
});

describe('an emptyDir', () => {
  const pod = (first: string, second: string): string =>
    podManifest('p', `volumes: [{name: v, emptyDir: {}}], containers: [${first}, ${second}]`);
  const container = (name: string, text: string): string =>
    `{name: ${name}, image: "registry.k8s.io/e2e-test-images/agnhost:2.53", ${text}, volumeMounts: [{name: v, mountPath: /results}]}`;

  it('is shared by the containers of the Pod, and served as it is now', () => {
    const writer = container('writer', "command: [sh, -c, 'sleep 3; echo OK > /results/dns; sleep 1000']");
    const cluster = clusterWith(pod(container('web', 'args: [test-webserver]'), writer), { processes: 'inTime' });
    cluster.advance(2_000);
    const status = (): number | undefined => {
      const { outcome } = cluster.connect({
        from: { kind: 'node', name: 'node-1' },
        host: podOf(cluster, 'p').status.podIP ?? '',
        port: 80,
        protocol: 'TCP',
        http: { method: 'GET', path: '/results/dns' },
      });
      return outcome.kind === 'delivered' ? outcome.response?.status : undefined;
    };
    expect(status()).toBe(404);
    cluster.advance(4_000);
    expect(status()).toBe(200);
    const target = { namespace: 'default', pod: 'p', container: 'web' };
    expect(cluster.exec(target, ['cat', '/results/dns']).stdout).toBe('OK\n');
    const fork = cluster.fork();
    fork.exec(target, ['rm', '/results/dns']);
    expect(fork.exec(target, ['ls', '/results']).stdout).toBe('');
    expect(cluster.exec(target, ['ls', '/results']).stdout).toBe('dns\n');
  });
});

describe('a web server', () => {
  it('serves what has been written since it started', () => {
    const cluster = clusterWith(podManifest('p', 'containers: [{name: c, image: nginx}]'));
    cluster.settle();
    const page = '/usr/share/nginx/html/index.html';
    cluster.exec({ namespace: 'default', pod: 'p' }, ['sh', '-c', `echo mine > ${page}`]);
    expect(cluster.exec({ namespace: 'default', pod: 'p' }, ['curl', '-s', 'localhost']).stdout).toBe('mine\n');
  });
});
