import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpecCluster } from './spec-cluster.ts';

interface Service {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly status: { readonly conditions?: readonly object[]; readonly loadBalancer: object };
}

interface Listed {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly Service[];
}

const own = '/api/v1/namespaces/e2e-1234/services';
let cluster: SpecCluster;

beforeAll(async () => {
  cluster = await SpecCluster.open();
}, 20_000);

afterAll(() => cluster.close(), 20_000);

/** test/e2e/network/service.go: those that use the API only. */
describe('Services', () => {
  it('should delete a collection of services', async () => {
    for (const [name, label, port] of [
      ['e2e-svc-a-x2b4k', 'delete', 8_001],
      ['e2e-svc-b-9xk2v', 'delete', 8_002],
      ['e2e-svc-c-7hq5m', 'keep', 8_003],
    ] as const)
      await cluster.ask(own, 'POST', {
        metadata: { name, labels: { 'e2e-test-service': label }, creationTimestamp: null },
        spec: { type: 'ClusterIP', ports: [{ name: 'http', protocol: 'TCP', port, targetPort: port }] },
        status: { loadBalancer: {} },
      });
    expect((await cluster.ask<Listed>(own)).items).toHaveLength(3);
    await cluster.ask(`${own}?labelSelector=${encodeURIComponent('e2e-test-service=delete')}`, 'DELETE');
    const { items } = await cluster.ask<Listed>(own);
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['e2e-svc-c-7hq5m']);
  });

  it('should find a service from listing all namespaces', async () => {
    const { items } = await cluster.ask<Listed>('/api/v1/services');
    expect(items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toContain('default/kubernetes');
  });

  it('should complete a service status lifecycle', async () => {
    const name = 'test-service-m4cxz';
    const one = `${own}/${name}`;
    const selector = `labelSelector=${encodeURIComponent('test-service-static=true')}`;
    const { resourceVersion } = (await cluster.ask<Listed>(`/api/v1/services?${selector}`)).metadata;
    const port = { name: 'http', protocol: 'TCP', port: 80, targetPort: 80 };
    await cluster.ask(own, 'POST', {
      metadata: { name, labels: { 'test-service-static': 'true' }, creationTimestamp: null },
      spec: { type: 'LoadBalancer', ports: [port], loadBalancerClass: 'example.com/internal-vip' },
      status: { loadBalancer: {} },
    });
    /** Each wait of the spec watches anew from the same version on. */
    const seen = async (type: string, condition: (service: Service) => boolean): Promise<void> => {
      const watched = cluster.watch<Service>(`${own}?watch=true&resourceVersion=${resourceVersion}&${selector}`);
      await watched.until((event) => event.type === type && condition(event.object));
      watched.close();
    };
    await seen('ADDED', ({ metadata }) => metadata.name === name);
    expect((await cluster.ask<Service>(`${one}/status`)).status).toEqual({ loadBalancer: {} });

    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.1' }] } };
    const patch = { metadata: { annotations: { patchedstatus: 'true' } }, status };
    await cluster.ask(`${one}/status`, 'PATCH', patch, 'application/merge-patch+json');
    await seen('MODIFIED', ({ metadata }) => metadata.annotations?.['patchedstatus'] === 'true');

    const current = await cluster.ask<Service>(one);
    const condition = { type: 'StatusUpdate', status: 'True', reason: 'E2E', message: 'Set from e2e test' };
    const conditions = [...(current.status.conditions ?? []), { ...condition, lastTransitionTime: null }];
    await cluster.ask(`${one}/status`, 'PUT', { ...current, status: { ...current.status, conditions } });
    await seen('MODIFIED', (service) => JSON.stringify(service.status.conditions ?? []).includes('Set from e2e test'));

    const labels = { 'test-service': 'patched' };
    const label = { metadata: { labels, creationTimestamp: null }, spec: {}, status: { loadBalancer: {} } };
    await cluster.ask(one, 'PATCH', label, 'application/strategic-merge-patch+json');
    await seen('MODIFIED', ({ metadata }) => metadata.labels?.['test-service'] === 'patched');

    await cluster.ask(one, 'DELETE');
    await seen('DELETED', ({ metadata }) => metadata.name === name);
  });
});
