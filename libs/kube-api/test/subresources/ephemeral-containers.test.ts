import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpecCluster } from '../sig-network/spec-cluster.ts';

interface Shown {
  readonly status: {
    readonly phase: string;
    readonly ephemeralContainerStatuses?: readonly { readonly name: string; readonly state: object }[];
  };
}

const pods = '/api/v1/namespaces/e2e-1234/pods';
let cluster: SpecCluster;

beforeAll(async () => {
  cluster = await SpecCluster.open();
  await cluster.pod('web', { name: 'web', image: 'nginx' });
}, 20_000);

afterAll(() => cluster.close(), 20_000);

/** As `kubectl debug` adds one: pkg/cmd/debug/debug.go. */
function add(pod: string, container: object): Promise<Shown> {
  const patch = { spec: { ephemeralContainers: [container] } };
  return cluster.ask(`${pods}/${pod}/ephemeralcontainers`, 'PATCH', patch, 'application/strategic-merge-patch+json');
}

async function stateOf(pod: string, name: string): Promise<object> {
  const { status } = await cluster.ask<Shown>(`${pods}/${pod}`);
  return status.ephemeralContainerStatuses?.find((container) => container.name === name)?.state ?? {};
}

describe('ephemeral containers', () => {
  it('run beside the others, in the same network', async () => {
    await add('web', { name: 'debugger', image: 'busybox', stdin: true, tty: true });
    await cluster.until(async () => 'running' in (await stateOf('web', 'debugger')));
    const ran = await cluster.exec('web', ['wget', '-qO-', 'http://localhost'], 'debugger');
    expect(ran.stdout).toContain('Welcome to nginx!');
    const { text } = await cluster.get('pods/web');
    const status = JSON.parse(text) as { status: { ephemeralContainerStatuses: object[] } };
    expect(status.status.ephemeralContainerStatuses).toEqual([
      expect.objectContaining({
        name: 'debugger',
        ready: false,
        restartCount: 0,
        image: 'docker.io/library/busybox:latest',
      }),
    ]);
    expect(status.status.ephemeralContainerStatuses[0]).not.toHaveProperty('started');
  }, 20_000);

  it('are not started again, and have their logs', async () => {
    await add('web', { name: 'once', image: 'busybox', command: ['sh', '-c', 'echo seen; exit 3'] });
    await cluster.until(async () => 'terminated' in (await stateOf('web', 'once')));
    expect(await stateOf('web', 'once')).toMatchObject({ terminated: { exitCode: 3, reason: 'Error' } });
    expect((await cluster.send(`${pods}/web/log?container=once`)).text).toBe('seen\n');
    expect((await cluster.ask<Shown>(`${pods}/web`)).status.phase).toBe('Running');
  }, 20_000);

  it('are told of in Events', async () => {
    const { text } = await cluster.get(
      'events?fieldSelector=involvedObject.fieldPath%3Dspec.ephemeralContainers%7Bdebugger%7D',
    );
    const { items } = JSON.parse(text) as { items: readonly { reason: string }[] };
    expect(items.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['Pulled', 'Created', 'Started']));
  });

  it('end with their Pod', async () => {
    await cluster.delete('pods/web');
    expect((await cluster.get('pods/web')).status).toBe(404);
  }, 20_000);
});
