import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, SandboxView } from '@kubedrill/contracts';
import { parseManifests, type JsonObject } from '@kubedrill/kube-model';
import { Learner } from './learner.ts';
import { askKube, kubeconfigOf, watchKube, type Kubeconfig } from './sandbox-client.ts';
import { freePort, ServerProcess, temporaryFolder } from './server-process.ts';
import { rightFiles, wrongFiles } from './two-tier.ts';

const data = temporaryFolder();
const pods = '/api/v1/namespaces/default/pods';
const labels = { app: 'web' };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
  },
};

interface ObjectList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly uid: string; readonly resourceVersion: string };
  }[];
}

let environment: Record<string, string>;
let server: ServerProcess;
let ada: Learner;
let ben: Learner;

beforeAll(async () => {
  environment = {
    DATABASE_URL: `file:${data.path}/kubedrill.db`,
    PORT: String(await freePort()),
    SANDBOX_TLS_PORT: String(await freePort()),
    SANDBOX_HOSTS: '2',
    SANDBOXES_PER_LEARNER: '3',
    GRADING_CONCURRENCY: '1',
  };
  server = await ServerProcess.api(environment);
  [ada, ben] = [await Learner.register(server.url, 'ada'), await Learner.register(server.url, 'ben')];
}, 60_000);

afterAll(async () => {
  await server.stop();
  data.remove();
}, 30_000);

const jsonType = { 'content-type': 'application/json' };
const post = <T>(learner: Learner, route: string, body: unknown = {}) =>
  learner.ask<T>('POST', route, { body: JSON.stringify(body), headers: jsonType });

async function open(learner: Learner, body: unknown = {}): Promise<{ id: string; config: Kubeconfig }> {
  const made = await post<SandboxView>(learner, '/sandboxes', body);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return { id: made.body.id, config: await kubeconfigOf(learner, made.body.id) };
}

async function closeAll(learner: Learner): Promise<void> {
  const { items } = await learner.get<{ items: SandboxView[] }>('/sandboxes');
  for (const { id } of items) await learner.ask('DELETE', `/sandboxes/${id}`);
}

const identities = async (config: Kubeconfig): Promise<readonly string[]> => {
  const { body } = await askKube<ObjectList>(config, pods);
  return body.items.map(({ metadata }) => `${metadata.name} ${metadata.uid} ${metadata.resourceVersion}`);
};

async function deploy(config: Kubeconfig): Promise<readonly string[]> {
  const made = await askKube(config, '/apis/apps/v1/namespaces/default/deployments', {
    method: 'POST',
    body: deployment,
  });
  expect(made.status).toBe(201);
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { body } = await askKube<{ status?: { availableReplicas?: number } }>(
      config,
      '/apis/apps/v1/namespaces/default/deployments/web',
    );
    if (body.status?.availableReplicas === 2) return identities(config);
    if (Date.now() > deadline) throw new Error('the Deployment is not available in time');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const manifestsOf = (text: string): readonly JsonObject[] =>
  parseManifests([{ path: 'a.yaml', content: text }]).documents.map(({ value }) => value);

/** What the reference solution makes, asked for as kubectl create does. */
async function build(config: Kubeconfig, files: Readonly<Record<string, string>>): Promise<void> {
  for (const body of Object.values(files).flatMap(manifestsOf)) {
    const isDeployment = body['kind'] === 'Deployment';
    const path = isDeployment ? '/apis/apps/v1/namespaces/default/deployments' : '/api/v1/namespaces/default/services';
    expect((await askKube(config, path, { method: 'POST', body })).status).toBe(201);
  }
}

describe('sandboxes over HTTP', () => {
  it('are opened, listed, bounded in number, and deleted', async () => {
    const { id, config } = await open(ada, { nodes: 2, proxyMode: 'nftables' });
    expect((await askKube<ObjectList>(config, '/api/v1/nodes')).body.items).toHaveLength(2);
    await open(ada);
    await open(ada);
    expect((await post(ada, '/sandboxes')).status).toBe(409);
    expect((await ada.get<{ items: SandboxView[] }>('/sandboxes')).items.map((one) => one.id)).toContain(id);
    expect((await ada.ask('DELETE', `/sandboxes/${id}`)).status).toBe(204);
    expect((await ada.ask('GET', `/sandboxes/${id}`)).status).toBe(404);
    expect((await askKube(config, '/api/v1/nodes')).status).toBe(401);
    await closeAll(ada);
  }, 30_000);

  it("begin in the initial state of the learner's instance", async () => {
    const { config } = await open(ada, { exercise: 'named-target-port', variant: 'basic' });
    expect((await askKube<ObjectList>(config, pods)).body.items.length).toBeGreaterThan(0);
    await closeAll(ada);
  }, 30_000);

  it.each<[what: string, body: unknown, status: number, word: RegExp]>([
    ['an unknown exercise', { exercise: 'two-teir', variant: 'basic' }, 404, /no exercise/],
    ['an unknown variant', { exercise: 'two-tier', variant: 'x' }, 404, /no variant/],
    ['an exercise without a variant', { exercise: 'two-tier' }, 400, /exercise and variant/],
    ['nodes beside an exercise', { exercise: 'two-tier', variant: 'basic', nodes: 3 }, 400, /leave them out/],
    ['too many nodes', { nodes: 1_000 }, 400, /nodes/],
    ['an unknown proxy mode', { proxyMode: 'userspace' }, 400, /proxyMode/],
    ['an unknown field', { node: 1 }, 400, /node/],
  ])('refuse %s', async (_what, body, status, word) => {
    const answer = await post<Problem>(ada, '/sandboxes', body);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toMatch(word);
  });

  it('do not exist for other learners', async () => {
    const { id, config } = await open(ada);
    for (const route of ['', '/kubeconfig'])
      expect((await ben.ask('GET', `/sandboxes/${id}${route}`)).status).toBe(404);
    expect((await ben.ask('DELETE', `/sandboxes/${id}`)).status).toBe(404);
    const own = await open(ben);
    expect((await askKube({ ...config, token: own.config.token }, '/api/v1/nodes')).status).toBe(401);
    await closeAll(ben);
    await closeAll(ada);
  }, 30_000);

  it('go back to a snapshot and to their beginning', async () => {
    const { id, config } = await open(ada);
    const before = await deploy(config);
    expect((await post<SandboxView>(ada, `/sandboxes/${id}/snapshots`, { name: 'deployed' })).status).toBe(201);
    expect((await post(ada, `/sandboxes/${id}/snapshots`, { name: 'deployed' })).status).toBe(409);
    await askKube(config, '/apis/apps/v1/namespaces/default/deployments/web', { method: 'DELETE' });
    const restored = await post<SandboxView>(ada, `/sandboxes/${id}/snapshots/deployed/restore`);
    expect(restored.body.snapshots.map(({ name }) => name)).toEqual(['deployed']);
    expect(await identities(config)).toEqual(before);
    expect((await post(ada, `/sandboxes/${id}/snapshots/other/restore`)).status).toBe(404);
    expect((await post<SandboxView>(ada, `/sandboxes/${id}/reset`)).body.snapshots).toEqual([]);
    expect(await identities(config)).toEqual([]);
    await closeAll(ada);
  }, 60_000);

  it('are graded as they are when they are submitted', async () => {
    const { id, config } = await open(ada, { exercise: 'two-tier', variant: 'basic' });
    const submission = { exercise: 'two-tier', variant: 'basic', sandbox: id };
    const early = await ada.submitJson(submission);
    expect(early.status).toBe(202);
    expect((await ada.graded(early.body.id)).verdict).toBe('failed');
    await build(config, wrongFiles);
    const wrong = await ada.graded((await ada.submitJson(submission)).body.id);
    expect(wrong.verdict).toBe('partial');
    const changes = wrong.result?.checks.flatMap(({ feedback }) => feedback?.change ?? []) ?? [];
    expect(changes).toContainEqual(
      expect.objectContaining({ entry: 2, request: 'create of Service default/api by unknown' }),
    );
    expect((await post(ada, `/sandboxes/${id}/reset`)).status).toBe(200);
    await build(config, rightFiles);
    const right = await ada.graded((await ada.submitJson(submission)).body.id);
    expect([right.verdict, right.sandbox]).toEqual(['passed', id]);
    expect((await ada.progress()).variants).toEqual([expect.objectContaining({ attempts: 3, points: 100 })]);
    const other = await ada.submitJson<Problem>({ ...submission, variant: 'two-namespaces' });
    expect([other.status, other.body.detail]).toEqual([409, expect.stringMatching(/was not opened for/)]);
    expect((await ben.submitJson(submission)).status).toBe(404);
    await closeAll(ada);
  }, 60_000);

  it('show their node ports and load balancers to the browser, and say why there is no answer', async () => {
    const { id, config } = await open(ada);
    await deploy(config);
    const service = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec });
    const ports = [{ port: 80, nodePort: 30_080 }];
    for (const body of [
      service('web', { type: 'LoadBalancer', selector: labels, ports }),
      service('nobody', { type: 'NodePort', selector: { app: 'x' }, ports: [{ port: 80, nodePort: 30_081 }] }),
    ])
      expect((await askKube(config, '/api/v1/namespaces/default/services', { method: 'POST', body })).status).toBe(201);
    type Balanced = {
      readonly status: { readonly loadBalancer: { readonly ingress?: readonly { readonly ip: string }[] } };
    };
    const made = await askKube<Balanced>(config, '/api/v1/namespaces/default/services/web');
    const balancer = made.body.status.loadBalancer.ingress?.[0]?.ip ?? '';
    const net = (to: string) => ada.ask<Problem & string>('GET', `/sandboxes/${id}/net/${to}`);
    for (const to of ['node-2:30080/', '172.18.0.2:30080', `${balancer}:80/`]) {
      const { status, body } = await net(to);
      expect([to, status, body]).toEqual([to, 200, expect.stringContaining('Welcome to nginx!')]);
    }
    expect((await net('node-1:30080/missing')).status).toBe(404);
    const refused = await net('node-1:30081/');
    expect([refused.status, refused.body.detail]).toEqual([
      502,
      expect.stringMatching(/refuses the connection\. The way ended at/),
    ]);
    expect((await net('192.0.2.77:80/')).status).toBeGreaterThanOrEqual(502);
    expect((await net('node-1:0/')).status).toBe(400);
    expect((await ben.ask('GET', `/sandboxes/${id}/net/node-1:30080/`)).status).toBe(404);
    await closeAll(ada);
  }, 60_000);

  it('end the connections that say nothing, and serve all others meanwhile', async () => {
    const { config } = await open(ada);
    const { hostname, port } = new URL(server.url);
    const halves = Array.from({ length: 50 }, (_, index) => {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      const id = new URL(config.server).pathname;
      socket.write(
        index % 2 === 0
          ? `POST ${id}${pods} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${config.token}\r\nContent-Length: 100\r\n\r\n{`
          : `GET ${id}/api HTTP/1.1\r\n`,
      );
      return socket;
    });
    expect((await askKube(config, '/api/v1/nodes')).status).toBe(200);
    for (const socket of halves) socket.destroy();
    expect((await askKube(config, '/api/v1/nodes')).status).toBe(200);
    await closeAll(ada);
  }, 30_000);

  it('bear a thousand watches and refuse the next', async () => {
    const { config } = await open(ada);
    const ends: (() => void)[] = [];
    for (let round = 0; round < 10; round += 1) {
      const batch = Array.from({ length: 100 }, () => watchKube(config, `${pods}?watch=1`));
      ends.push(...(await Promise.all(batch)));
      // As fast as client-go would at most.
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    expect((await askKube(config, `${pods}?watch=1`)).status).toBe(429);
    expect((await askKube(config, '/api/v1/nodes')).status).toBe(200);
    for (const end of ends) end();
    await closeAll(ada);
  }, 60_000);

  it('are flooded without slowing the platform or each other', async () => {
    const [{ config }, quiet] = [await open(ada), await open(ben)];
    let isFlooding = true;
    const statuses = new Map<number, number>();
    const flood = Array.from({ length: 20 }, async () => {
      while (isFlooding) {
        const body = {
          ...deployment,
          metadata: { name: `web-${Math.floor(Math.random() * 1e6)}` },
          spec: { ...deployment.spec, replicas: 50 },
        };
        const { status, retryAfter } = await askKube(config, '/apis/apps/v1/namespaces/default/deployments', {
          method: 'POST',
          body,
        });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status === 429) expect(Number(retryAfter)).toBeGreaterThan(0);
      }
    });
    const times = { platform: [] as number[], other: [] as number[] };
    for (let round = 0; round < 40; round += 1) {
      const begin = performance.now();
      await fetch(`${server.url}/healthz`);
      times.platform.push(performance.now() - begin);
      const next = performance.now();
      expect((await askKube(quiet.config, '/api/v1/nodes')).status).toBe(200);
      times.other.push(performance.now() - next);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    isFlooding = false;
    await Promise.all(flood);
    const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length / 2] ?? NaN;
    expect([...statuses.keys()].filter((status) => ![201, 403, 409, 429].includes(status))).toEqual([]);
    expect(median(times.platform)).toBeLessThan(250);
    expect(median(times.other)).toBeLessThan(1_500);
    for (const learner of [ada, ben]) await closeAll(learner);
  }, 60_000);

  it('are after a kill -9 what they were before', async () => {
    const { config } = await open(ada);
    const before = await deploy(config);
    await server.kill();
    server = await ServerProcess.api(environment);
    expect(await identities(config)).toEqual(before);
    await closeAll(ada);
  }, 90_000);
});
