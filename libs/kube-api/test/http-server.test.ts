import { request } from 'node:https';
import { createCluster } from '@kubedrill/cluster-sim';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KubeApi, loopbackCertificate, serveKubeApi, type Certificate, type KubeApiServer } from '../src/index.ts';
import bodies from './fixtures/kubectl-1.36-bodies.json' with { type: 'json' };

const token = 'a-token-for-tests';
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const services = '/api/v1/namespaces/default/services';

let server: KubeApiServer;
let certificate: Certificate;

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Ends a stream when it holds that text. */
  readonly until?: string;
}

interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: Record<string, never>;
}

/** A real request over TLS, trusting the server's certificate and no other. */
function send(path: string, { method = 'GET', headers = {}, body, until }: Sent = {}): Promise<Received> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, path, method, ca: certificate.cert };
    const outgoing = request({ ...options, headers: { authorization: `Bearer ${token}`, ...headers } }, (incoming) => {
      let text = '';
      const done = (): void => {
        const isJson = text.startsWith('{') && until === undefined;
        const json = (isJson ? JSON.parse(text) : {}) as Record<string, never>;
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json });
      };
      incoming.on('data', (part: Buffer) => {
        text += part.toString();
        if (until === undefined || !text.includes(until)) return;
        done();
        outgoing.destroy();
      });
      incoming.on('end', done);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const json = { 'content-type': 'application/json' };

function service(name: string): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }] } });
}

beforeAll(async () => {
  const cluster = createCluster();
  cluster.settle();
  certificate = await loopbackCertificate();
  const api = new KubeApi({ cluster, serverAddress: '127.0.0.1:6443' });
  server = await serveKubeApi({ api, port: 0, token, certificate, speed: 20 });
});

afterAll(() => server.close());

describe('the Kubernetes API over HTTPS', () => {
  it('knows nobody without the token', async () => {
    const { status, json: answer } = await send(services, { headers: { authorization: 'Bearer other' } });
    expect(status).toBe(401);
    expect(answer).toMatchObject({ kind: 'Status', reason: 'Unauthorized', code: 401 });
  });

  it('creates, reads, patches and deletes', async () => {
    const created = await send(services, { method: 'POST', headers: json, body: service('web') });
    expect(created).toMatchObject({ status: 201, json: { kind: 'Service', spec: { type: 'ClusterIP' } } });
    const again = await send(services, { method: 'POST', headers: json, body: service('web') });
    expect(again).toMatchObject({
      status: 409,
      json: { reason: 'AlreadyExists', message: 'services "web" already exists' },
    });
    const merge = { 'content-type': 'application/merge-patch+json' };
    const patched = await send(`${services}/web`, {
      method: 'PATCH',
      headers: merge,
      body: '{"metadata":{"labels":{"a":"b"}}}',
    });
    expect(patched).toMatchObject({ status: 200, json: { metadata: { labels: { a: 'b' } } } });
    const listed = await send(`${services}?labelSelector=a%3Db`);
    expect(listed.json).toMatchObject({
      kind: 'ServiceList',
      apiVersion: 'v1',
      items: [{ metadata: { name: 'web' } }],
    });
    expect((await send(`${services}/web`, { method: 'DELETE' })).json).toMatchObject({ kind: 'Service' });
    expect((await send(`${services}/web`)).json).toMatchObject({ code: 404, message: 'services "web" not found' });
  });

  it('shows objects as a Table', async () => {
    const { json: shown } = await send(`${services}/kubernetes`, { headers: { accept: table } });
    expect(shown).toMatchObject({ kind: 'Table' });
    const { rows } = shown as unknown as { rows: { cells: string[] }[] };
    expect(rows[0]?.cells.slice(0, 5)).toEqual(['kubernetes', 'ClusterIP', '10.96.0.1', '<none>', '443/TCP']);
  });

  it('takes what kubectl sends in protobuf', async () => {
    const { path = '', body = '' } = bodies[0] ?? {};
    const headers = { 'content-type': 'application/vnd.kubernetes.protobuf' };
    const created = await send(path, { method: 'POST', headers, body: Buffer.from(body, 'base64') });
    expect(created).toMatchObject({ status: 201, json: { kind: 'Deployment', spec: { replicas: 2 } } });
    const broken = await send(path, { method: 'POST', headers, body: 'k8s?' });
    expect(broken).toMatchObject({ status: 400, json: { reason: 'BadRequest' } });
  });

  it('lists in pages', async () => {
    const maps = '/api/v1/namespaces/default/configmaps';
    for (const name of ['one', 'three', 'two'])
      await send(maps, { method: 'POST', headers: json, body: JSON.stringify({ metadata: { name } }) });
    const names: string[] = [];
    let next = '';
    do {
      const { json: part } = await send(`${maps}?limit=2&continue=${encodeURIComponent(next)}`);
      const { items, metadata } = part as unknown as {
        items: { metadata: { name: string } }[];
        metadata: { continue?: string };
      };
      names.push(...items.map((item) => item.metadata.name));
      next = metadata.continue ?? '';
    } while (next !== '');
    expect(names).toEqual(['kube-root-ca.crt', 'one', 'three', 'two']);
    expect((await send(`${maps}?continue=nonsense`)).status).toBe(400);
  });

  it('streams what happens to who watches', async () => {
    const { json: before } = await send(services);
    const { resourceVersion } = (before as unknown as { metadata: { resourceVersion: string } }).metadata;
    const watched = send(`${services}?watch=true&resourceVersion=${resourceVersion}`, { until: '"DELETED"' });
    await send(services, { method: 'POST', headers: json, body: service('seen') });
    await send(`${services}/seen`, { method: 'DELETE' });
    const events = (await watched).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; object: { metadata: { name: string } } });
    expect(events.map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual(['ADDED seen', 'DELETED seen']);
  });

  it('lets the time of the cluster pass', async () => {
    const pods = '/api/v1/namespaces/default/pods';
    const pod = { metadata: { name: 'soon' }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };
    await send(pods, { method: 'POST', headers: json, body: JSON.stringify(pod) });
    const watched = await send(`${pods}?watch=1&fieldSelector=metadata.name%3Dsoon`, { until: '"phase":"Running"' });
    expect(watched.text).toContain('"phase":"Running"');
  });

  it('answers warnings in headers', async () => {
    const { headers } = await send('/api/v1/namespaces/default/endpoints');
    expect(headers['warning']).toBe(
      '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"',
    );
  });

  it.each([
    ['a path that it does not have', '/nope', {}, 404],
    ['a resource that there is not', '/api/v1/namespaces/default/widgets', {}, 404],
    ['a body that is not JSON', services, { method: 'POST', headers: json, body: '{' }, 400],
    ['a body that is not text', services, { method: 'POST', headers: json, body: new Uint8Array([0xff, 0xfe]) }, 400],
    [
      'a patch of an unknown type',
      `${services}/kubernetes`,
      { method: 'PATCH', headers: { 'content-type': 'text/plain' }, body: '{}' },
      415,
    ],
    ['a body that is too large', services, { method: 'POST', headers: json, body: 'x'.repeat(4 * 1024 * 1024) }, 413],
    ['a selector that cannot be read', `${services}?labelSelector=%3D%3D`, {}, 400],
    ['a version to watch from that is none', `${services}?watch=1&resourceVersion=abc`, {}, 400],
    [
      'a kind that is not modelled',
      '/api/v1/namespaces/default/podtemplates',
      { method: 'POST', headers: json, body: '{}' },
      501,
    ],
  ])('refuses %s', async (_, path, sent, code) => {
    const { status, json: answer } = await send(path, sent);
    expect(status).toBe(code);
    expect(answer).toMatchObject({ kind: 'Status', status: 'Failure', code });
  });
});
