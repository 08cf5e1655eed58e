import { describe, expect, it } from '@jest/globals';
import { runKubectl } from '../src/run-kubectl.ts';
import type { Cluster } from '@kubedrill/cluster-sim';
import { clusterWith, deploymentManifest, podManifest } from '../../cluster-sim/test/cluster-fixture.ts';

const prints = (name: string, script: string): string =>
  `{name: ${name}, image: busybox, command: [sh, -c, "${script}"]}`;

function logs(
  cluster: Cluster,
  line: string,
): { readonly stdout: string; readonly stderr: string; readonly exitCode: number } {
  const argv = ['logs', ...line.split(' ').filter((word) => word !== '')];
  const { stdout, stderr, exitCode } = runKubectl(argv, {
    cluster,
    namespace: 'default',
    stdin: '',
    host: {
      readFile: () => undefined,
      writeFile: () => false,
      listDirectory: () => undefined,
      variable: () => '',
      absolutePath: (path) => path,
      passTime: () => undefined,
      runScript: () => ({ stdout: '', stderr: '', exitCode: 127 }),
    },
  });
  return { stdout, stderr, exitCode };
}

const manifests =
  podManifest(
    'one',
    `nodeName: node-2, containers: [${prints('c', 'echo first; echo second; sleep infinity')}]`,
    'app: a',
  ) +
  podManifest(
    'two',
    `initContainers: [${prints('i', 'echo prepared')}], containers: [${prints('c', 'echo here; sleep infinity')}, ${prints('d', 'echo there; sleep infinity')}]`,
  ) +
  podManifest('crash', `containers: [${prints('c', 'echo broken; exit 1')}]`) +
  podManifest('pull', 'containers: [{name: c, image: "nginx:doesnotexist"}]') +
  podManifest('config', 'containers: [{name: c, image: nginx, envFrom: [{configMapRef: {name: none}}]}]') +
  podManifest('unplaced', 'nodeSelector: {no: where}, containers: [{name: c, image: nginx}]');

/** kubectl/pkg/polymorphichelpers/logsforobject.go and kubelet_pods.go validateContainerLogStatus. */
describe('kubectl logs', () => {
  const cluster = clusterWith(manifests);
  cluster.settle();
  const refused = (text: string) => ({ stdout: '', stderr: `Error from server (BadRequest): ${text}\n`, exitCode: 1 });
  const error = (text: string) => ({ stdout: '', stderr: `error: ${text}\n`, exitCode: 1 });

  it.each([
    ['a Pod', 'one', { stdout: 'first\nsecond\n', stderr: '', exitCode: 0 }],
    ['its last line', 'pod/one --tail=1', { stdout: 'second\n', stderr: '', exitCode: 0 }],
    [
      'the first of several containers',
      'two',
      { stdout: 'here\n', stderr: 'Defaulted container "c" out of: c, d, i (init)\n', exitCode: 0 },
    ],
    ['a container by name', 'two -c d', { stdout: 'there\n', stderr: '', exitCode: 0 }],
    ['a container behind the Pod', 'two i', { stdout: 'prepared\n', stderr: '', exitCode: 0 }],
    [
      'all containers',
      'two --all-containers --prefix',
      { stdout: '[pod/two/i] prepared\n[pod/two/c] here\n[pod/two/d] there\n', stderr: '', exitCode: 0 },
    ],
    ['a container that waits to start again', 'crash', { stdout: 'broken\n', stderr: '', exitCode: 0 }],
    ['its instance before', 'crash -p', { stdout: 'broken\n', stderr: '', exitCode: 0 }],
    ['what a selector selects', '-l app=a', { stdout: 'first\nsecond\n', stderr: '', exitCode: 0 }],
    ['a Pod without a node', 'unplaced', { stdout: '', stderr: '', exitCode: 0 }],
    [
      'a first instance has none before it',
      'one -p',
      refused('previous terminated container "c" in pod "one" not found'),
    ],
    [
      'an image that cannot be pulled',
      'pull',
      refused('container "c" in pod "pull" is waiting to start: trying and failing to pull image'),
    ],
    [
      'a configuration that is missing',
      'config',
      refused('container "c" in pod "config" is waiting to start: CreateContainerConfigError'),
    ],
    ['an unknown container', 'one -c x', error('container x is not valid for pod one out of: c')],
    ['an unknown Pod', 'none', error('error from server (NotFound): pods "none" not found in namespace "default"')],
  ])('of %s', (_title, line, expected) => {
    expect(logs(cluster, line)).toEqual(expected);
  });

  it('picks a Pod of a workload', () => {
    const many = clusterWith(deploymentManifest({ replicas: 2 }));
    many.settle();
    const { stdout, stderr } = logs(many, 'deployment/web');
    expect(stderr).toMatch(/^Found 2 pods, using pod\/web-/);
    expect(stdout).not.toBe('');
  });

  it('does not reach a node without power', () => {
    const fork = cluster.fork();
    fork.powerOff('node-2');
    expect(logs(fork, 'one').stderr).toBe(
      'Error from server: Get "https://172.18.0.3:10250/containerLogs/default/one/c": dial tcp 172.18.0.3:10250: connect: no route to host\n',
    );
  });
});
