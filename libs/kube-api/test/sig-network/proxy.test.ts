import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agnhost, SpecCluster } from './spec-cluster.ts';

const core = '/api/v1/namespaces/e2e-1234';
let cluster: SpecCluster;

beforeAll(async () => {
  cluster = await SpecCluster.open();
}, 20_000);

afterAll(() => cluster.close(), 20_000);

/** test/e2e/network/proxy.go. */
describe('Proxy version v1', () => {
  it('should proxy through a service and a pod', async () => {
    const labels = { 'proxy-service-target': 'true' };
    const name = 'proxy-service-5x8qz';
    await cluster.service(name, {
      selector: labels,
      ports: [
        { name: 'portname1', port: 80, targetPort: 'dest1' },
        { name: 'portname2', port: 81, targetPort: 162 },
        { name: 'tlsportname1', port: 443, targetPort: 'tlsdest1' },
        { name: 'tlsportname2', port: 444, targetPort: 462 },
      ],
    });
    const served = [
      ['SERVE_PORT_80', '<a href="/rewriteme">test</a>'],
      ['SERVE_PORT_1080', '<a href="/rewriteme">test</a>'],
      ['SERVE_PORT_160', 'foo'],
      ['SERVE_PORT_162', 'bar'],
      ['SERVE_TLS_PORT_443', '<a href="/tlsrewriteme">test</a>'],
      ['SERVE_TLS_PORT_460', 'tls baz'],
      ['SERVE_TLS_PORT_462', 'tls qux'],
    ];
    const ports = { dest1: 160, dest2: 162, tlsdest1: 460, tlsdest2: 462 };
    const container = {
      name,
      image: agnhost,
      command: ['/agnhost', 'porter'],
      env: served.map(([variable, value]) => ({ name: variable, value })),
      ports: [
        { containerPort: 80 },
        ...Object.entries(ports).map(([port, containerPort]) => ({ name: port, containerPort })),
      ],
      readinessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 1, timeoutSeconds: 5, periodSeconds: 10 },
    };
    await cluster.ask('/apis/apps/v1/namespaces/e2e-1234/deployments', 'POST', {
      metadata: { name, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        strategy: { type: 'Recreate' },
        template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers: [container] } },
      },
    });
    await cluster.until(async () => (await cluster.endpoints(name)).length === 1);
    const [pod = ''] = await cluster.endpoints(name);
    const service = (scheme: string, port: string): string => `${core}/services/${joined(scheme, name, port)}/proxy`;
    const direct = (scheme: string, port: string): string => `${core}/pods/${joined(scheme, pod, port)}/proxy`;
    const link = (path: string, target: string): string => `<a href="${path}/${target}">test</a>`;
    const expected: readonly (readonly [path: string, body: string])[] = [
      [service('', 'portname1'), 'foo'],
      [service('http', 'portname1'), 'foo'],
      [service('', 'portname2'), 'bar'],
      [service('http', 'portname2'), 'bar'],
      [service('https', 'tlsportname1'), 'tls baz'],
      [service('https', 'tlsportname2'), 'tls qux'],
      [direct('', ''), link(direct('', ''), 'rewriteme')],
      [direct('', '1080'), link(direct('', '1080'), 'rewriteme')],
      [direct('http', '1080'), link(direct('http', '1080'), 'rewriteme')],
      [direct('', '160'), 'foo'],
      [direct('http', '160'), 'foo'],
      [direct('', '162'), 'bar'],
      [direct('http', '162'), 'bar'],
      [direct('https', '443'), link(direct('https', '443'), 'tlsrewriteme')],
      [direct('https', '460'), 'tls baz'],
      [direct('https', '462'), 'tls qux'],
    ];
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const bodies = await Promise.all(expected.map(async ([path]) => [path, (await cluster.send(`${path}/`)).text]));
      expect(bodies).toEqual(expected);
    }
  }, 30_000);

  it.each([
    [
      'ProxyWithPath',
      'test-service',
      { test: 'response' },
      ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
    ],
    [
      'Proxy',
      'e2e-proxy-test-service',
      { 'e2e-test': 'proxy-endpoints' },
      ['DELETE', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
    ],
  ] as const)(
    'A set of valid responses are returned for both pod and service %s',
    async (spec, name, labels, verbs) => {
      const container = { name: 'agnhost', command: ['/agnhost', 'porter', '--json-response'] };
      const env = [{ name: 'SERVE_PORT_80', value: 'foo' }];
      await cluster.pod('agnhost', { ...container, env }, { labels, spec: { restartPolicy: 'Never' } });
      await cluster.service(name, { ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }], selector: labels });
      await cluster.until(async () => (await cluster.endpoints(name)).length === 1);
      for (const target of [`${core}/pods/agnhost/proxy`, `${core}/services/${name}/proxy`]) {
        for (const verb of verbs) {
          const path = spec === 'Proxy' ? `?method=${verb}` : `/some/path/with/${verb}`;
          const { status, text } = await cluster.send(`${target}${path}`, verb);
          expect({ verb, status }).toEqual({ verb, status: 200 });
          if (verb !== 'HEAD') expect(JSON.parse(text)).toMatchObject({ Method: verb, Body: 'foo' });
        }
        if (spec !== 'Proxy') continue;
        for (const verb of ['GET', 'HEAD'])
          expect(await cluster.send(`${target}?method=${verb}`, verb)).toMatchObject({ status: 301 });
      }
      await cluster.delete('pods/agnhost');
    },
    20_000,
  );
});

/** net.JoinSchemeNamePort. */
function joined(scheme: string, name: string, port: string): string {
  const withPort = port === '' ? name : `${name}:${port}`;
  return scheme === '' ? withPort : `${scheme}:${name}:${port}`;
}
