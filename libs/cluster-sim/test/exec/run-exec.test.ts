import { describe, expect, it } from '@jest/globals';
import type { Container, Pod } from '@kubedrill/kube-model';
import type { ExecResult, ExecTarget } from '../../src/cluster.ts';
import { runExec, runInContainer } from '../../src/exec/run-exec.ts';
import type { ExecBackend } from '../../src/exec/run-exec.ts';
import { findImage } from '../../src/images/catalogue.ts';
import type { ContainerContext } from '../../src/images/image-model.ts';
import { ObjectStore } from '../../src/store/object-store.ts';
import { pod, smallNetwork } from './small-network.ts';

const containers: readonly Container[] = [
  { name: 'main', image: 'busybox', command: ['sh', '-c', 'echo hi > /tmp/started; httpd -f -p 3000'] },
  { name: 'side', image: 'hashicorp/http-echo', args: ['-text=hi'] },
];

function podNamed(name: string, change: Partial<Pod['spec']> = {}, status: Partial<Pod['status']> = {}): Pod {
  return {
    ...pod,
    metadata: { ...pod.metadata, name },
    spec: { ...pod.spec, ...change },
    status: { ...pod.status, ...status },
  };
}

function backend(): ExecBackend {
  const view = new ObjectStore();
  view.put(podNamed('web', { containers }));
  view.put(podNamed('single', { containers: containers.slice(0, 1) }));
  view.put(podNamed('done', {}, { phase: 'Succeeded' }));
  view.put(podNamed('waiting', { nodeName: undefined }, { phase: 'Pending' }));
  view.put(podNamed('crashed', { containers: [{ name: 'crashed', image: 'busybox' }] }));
  const written = new Map<string, string>();
  return {
    now: 0,
    view,
    clusterDomain: 'cluster.local',
    network: {
      connect: (probe) => smallNetwork.connect(probe),
      ask: (_from, server, question) => smallNetwork.ask(server, question),
      resolvConf: () => ({ nameservers: ['10.96.0.10'], search: ['default.svc.cluster.local'], options: ['ndots:5'] }),
    },
    isReachable: () => true,
    running: (of, container) => {
      const found = findImage(container.image);
      if (found.kind !== 'model' || container.name === 'crashed') return undefined;
      const argv = [...(container.command ?? []), ...(container.args ?? [])];
      const context: ContainerContext = {
        pod: of,
        container,
        argv,
        env: { COLOR: 'blue' },
        hostname: of.metadata.name,
        files: new Map(),
      };
      return { image: found.model, context, process: found.model.start(context), written };
    },
  };
}

const shared = backend();

function check(target: Omit<ExecTarget, 'namespace'>, argv: readonly string[], expected: ExecResult): void {
  expect(runExec(shared, { namespace: 'default', ...target }, argv)).toEqual(expected);
}

const refused = (stderr: string): ExecResult => ({ stdout: '', stderr, exitCode: 1 });
const said = (stdout: string): ExecResult => ({ stdout, stderr: '', exitCode: 0 });

// Texts: kubectl pkg/cmd/exec/exec.go, pkg/cmd/util/podcmd/podcmd.go, pkg/registry/core/pod/strategy.go, containerd's CRI and runc.
describe('kubectl exec', () => {
  it.each<[Omit<ExecTarget, 'namespace'>, string[], ExecResult]>([
    [{ pod: 'single' }, ['cat', '/tmp/started'], said('hi\n')],
    [{ pod: 'single' }, ['printenv', 'COLOR'], said('blue\n')],
    [
      { pod: 'single' },
      ['cat', '/etc/resolv.conf'],
      said('search default.svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n'),
    ],
    [{ pod: 'single' }, ['/bin/hostname'], said('single\n')],
    [{ pod: 'single' }, ['sh', '-c', 'netstat -tln | grep -c 3000'], said('1\n')],
    [
      { pod: 'single' },
      ['ls', '/nowhere'],
      {
        stdout: '',
        stderr: 'ls: /nowhere: No such file or directory\ncommand terminated with exit code 1\n',
        exitCode: 1,
      },
    ],
    [{ pod: 'web', container: 'main' }, ['echo', 'x'], said('x\n')],
    [
      { pod: 'web' },
      ['echo', 'x'],
      { stdout: 'x\n', stderr: 'Defaulted container "main" out of: main, side\n', exitCode: 0 },
    ],
    [{ pod: 'nosuch' }, ['ls'], refused('Error from server (NotFound): pods "nosuch" not found\n')],
    [
      { pod: 'web', container: 'nosuch' },
      ['ls'],
      refused('error: container nosuch is not valid for pod web out of: main, side\n'),
    ],
    [
      { pod: 'done' },
      ['ls'],
      refused('error: cannot exec into a container in a completed pod; current phase is Succeeded\n'),
    ],
    [
      { pod: 'waiting' },
      ['ls'],
      refused('Error from server (BadRequest): pod waiting does not have a host assigned\n'),
    ],
    [
      { pod: 'crashed' },
      ['ls'],
      refused('error: Internal error occurred: unable to upgrade connection: container not found ("crashed")\n'),
    ],
  ])('%j %j', check);

  it('says what runc says when the executable is missing', () => {
    const { stderr, exitCode } = runExec(shared, { namespace: 'default', pod: 'web', container: 'side' }, ['sh']);
    expect(stderr).toMatch(
      /^error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "sh": executable file not found in \$PATH: unknown\n$/,
    );
    expect(exitCode).toBe(1);
  });

  it('keeps what a command writes for the next one', () => {
    check({ pod: 'single' }, ['sh', '-c', 'echo kept > /tmp/note'], said(''));
    check({ pod: 'single' }, ['cat', '/tmp/note'], said('kept\n'));
  });
});

describe('exec probes', () => {
  const probed = podNamed('single', { containers: containers.slice(0, 1) });
  const [main] = containers;

  it.each([
    [['cat', '/tmp/started'], { kind: 'ran', exitCode: 0 }],
    [['test', '-f', '/tmp/ready'], { kind: 'ran', exitCode: 1 }],
    [['nosuch'], { kind: 'notStarted', message: 'exec: "nosuch": executable file not found in $PATH: unknown' }],
  ])('%j', (argv, expected) => {
    if (!main) throw new Error('no container');
    expect(runInContainer(shared, probed, main, argv)).toMatchObject(expected);
  });
});
