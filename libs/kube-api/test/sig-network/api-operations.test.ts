import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpecCluster } from './spec-cluster.ts';

interface Meta {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Thing {
  readonly kind: string;
  readonly metadata: Meta;
  readonly status?: { readonly loadBalancer?: object };
}

interface Listed {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly Thing[];
}

interface Group {
  readonly name: string;
  readonly versions: readonly { readonly version: string }[];
}

const mergePatch = 'application/merge-patch+json';
const patched = { metadata: { annotations: { patched: 'true' } } };
let cluster: SpecCluster;

beforeAll(async () => {
  cluster = await SpecCluster.open();
}, 20_000);

afterAll(() => cluster.close(), 20_000);

async function expectDiscovered(group: string, plural: string): Promise<void> {
  const { groups } = await cluster.ask<{ groups: readonly Group[] }>('/apis');
  const named = groups.filter(({ name }) => name === group).flatMap(({ versions }) => versions);
  expect(named.map(({ version }) => version)).toContain('v1');
  const { versions } = await cluster.ask<Group>(`/apis/${group}`);
  expect(versions.map(({ version }) => version)).toContain('v1');
  const { resources } = await cluster.ask<{ resources: readonly { name: string }[] }>(`/apis/${group}/v1`);
  expect(resources.map(({ name }) => name)).toContain(plural);
}

/** The text of a create call of a Go client: fields without "omitempty" are sent as they are. */
const endpoints = [{ addresses: ['1.2.3.4', '5.6.7.8'] }, { addresses: ['2.2.3.4', '6.6.7.8'] }].map((endpoint) => ({
  ...endpoint,
  conditions: {},
}));

function ingress(host: string) {
  const backend = (name: string): object => ({ service: { name, port: { number: 8_080 } } });
  const path = { path: '/', pathType: 'ImplementationSpecific', backend: backend('test-backend') };
  const spec = { defaultBackend: backend('default-backend'), rules: [{ host, http: { paths: [path] } }] };
  return { metadata: { generateName: 'e2e-example-ing' }, spec, status: { loadBalancer: {} } };
}

const slice = { metadata: { generateName: 'e2e-example-ing' }, addressType: 'IPv4', endpoints, ports: null };
const inNamespace = '/namespaces/e2e-1234';
const kindsOfSpecs = [
  {
    spec: 'EndpointSlice should support creating EndpointSlice API operations',
    group: 'discovery.k8s.io',
    plural: 'endpointslices',
    scope: inNamespace,
    bodies: [slice, slice, slice],
    changed: 2,
  },
  {
    spec: 'Ingress API should support creating Ingress API operations',
    group: 'networking.k8s.io',
    plural: 'ingresses',
    scope: inNamespace,
    bodies: ['host1.bar.com', 'host2.bar.com', 'host3.bar.com'].map(ingress),
    changed: 2,
    status: 'loadBalancer',
  },
  {
    spec: 'IngressClass API should support creating IngressClass API operations',
    group: 'networking.k8s.io',
    plural: 'ingressclasses',
    scope: '',
    bodies: ['ingressclass1', 'ingressclass2', 'ingressclass3'].map((name) => ({
      metadata: { name },
      spec: { controller: 'example.com/controller' },
    })),
    changed: 0,
  },
] as const;

/** endpointslice.go, ingress.go and ingressclass.go do the same with their kinds. */
it.each(kindsOfSpecs)('$spec', async ({ group, plural, scope, bodies, changed, ...rest }) => {
  await expectDiscovered(group, plural);
  const everywhere = `/apis/${group}/v1/${plural}`;
  const own = `/apis/${group}/v1${scope}/${plural}`;
  const chosen = `labelSelector=${encodeURIComponent('special-label=e2e-unique')}`;
  const created: Thing[] = [];
  for (const body of bodies) {
    const metadata = { ...body.metadata, creationTimestamp: null, labels: { 'special-label': 'e2e-unique' } };
    created.push(await cluster.ask<Thing>(own, 'POST', { ...body, metadata }));
  }
  const { metadata } = created[changed] ?? { metadata: { name: '', uid: '', resourceVersion: '' } };
  const one = `${own}/${metadata.name}`;
  const gotten = await cluster.ask<Thing>(one);
  expect(gotten.metadata.uid).toBe(metadata.uid);
  expect(Number(gotten.metadata.resourceVersion)).toBeGreaterThan(0);
  const listed = await cluster.ask<Listed>(`${own}?${chosen}`);
  expect(listed.items).toHaveLength(3);
  const since = `watch=true&resourceVersion=${listed.metadata.resourceVersion}&${chosen}`;
  const watched = cluster.watch<Thing>(`${own}?${since}`);
  const watchedEverywhere = cluster.watch<Thing>(`${everywhere}?${since}`);
  expect((await cluster.ask<Listed>(`${everywhere}?${chosen}`)).items).toHaveLength(3);

  const after = await cluster.ask<Thing>(one, 'PATCH', patched, mergePatch);
  expect(after.metadata.annotations).toHaveProperty('patched', 'true');
  expect(Number(after.metadata.resourceVersion)).toBeGreaterThan(Number(metadata.resourceVersion));
  const annotations = { ...after.metadata.annotations, updated: 'true' };
  const updated = await cluster.ask<Thing>(one, 'PUT', { ...after, metadata: { ...after.metadata, annotations } });
  expect(updated.metadata.annotations).toHaveProperty('updated', 'true');
  for (const stream of [watched, watchedEverywhere]) {
    const seen = await stream.until(({ object }) => object.metadata.annotations?.['patched'] === 'true');
    expect(new Set(seen.map(({ type }) => type))).toEqual(new Set(['MODIFIED']));
    stream.close();
  }
  if ('status' in rest) await expectStatusOfIngress(one, metadata);

  await cluster.ask(one, 'DELETE');
  expect((await cluster.send(one)).status).toBe(404);
  expect((await cluster.ask<Listed>(`${own}?${chosen}`)).items).toHaveLength(2);
  await cluster.ask(`${own}?${chosen}`, 'DELETE');
  expect((await cluster.ask<Listed>(`${own}?${chosen}`)).items).toHaveLength(0);
});

async function expectStatusOfIngress(one: string, { uid }: Meta): Promise<void> {
  const loadBalancer = (ip: string): object => ({ ingress: [{ ip }] });
  const metadata = { annotations: { patchedstatus: 'true' } };
  const status = { loadBalancer: loadBalancer('169.1.1.1') };
  const after = await cluster.ask<Thing>(`${one}/status`, 'PATCH', { metadata, status }, mergePatch);
  expect(after.status).toEqual(status);
  expect(after.metadata.annotations).toHaveProperty('patchedstatus', 'true');
  const current = await cluster.ask<Thing>(one);
  const wanted = { ...current, status: { loadBalancer: loadBalancer('169.1.1.2') } };
  expect((await cluster.ask<Thing>(`${one}/status`, 'PUT', wanted)).status).toEqual(wanted.status);
  expect((await cluster.ask<Thing>(`${one}/status`)).metadata.uid).toBe(uid);
}

/** service_cidrs.go. */
describe('ServiceCIDR and IPAddress API', () => {
  const root = '/apis/networking.k8s.io/v1';

  it('should support ServiceCIDR API operations', async () => {
    const { metadata } = await cluster.ask<Thing>(`${root}/servicecidrs/kubernetes`);
    const status = await cluster.ask<Thing & { apiVersion: string }>(`${root}/servicecidrs/kubernetes/status`);
    expect(status).toMatchObject({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'ServiceCIDR',
      metadata: { uid: metadata.uid },
    });
    expect((await cluster.ask<Listed>(`${root}/servicecidrs`)).items).not.toHaveLength(0);
    const watched = cluster.watch<Thing>(`${root}/servicecidrs?watch=true`);
    expect((await watched.next())?.object.metadata.name).toBe('kubernetes');
    watched.close();
  });

  it('should support IPAddress API operations', async () => {
    const address = (name: string, type: string): object => ({
      metadata: { name, labels: { type }, creationTimestamp: null },
      spec: { parentRef: { group: 'mygroup', resource: 'myresources', namespace: 'foo', name: 'bar' } },
    });
    const addresses = `${root}/ipaddresses`;
    const one = `${addresses}/255.255.255.255`;
    const chosen = (type: string): string => `labelSelector=${encodeURIComponent(`type=${type}`)}`;
    const created = await cluster.ask<Thing>(addresses, 'POST', address('255.255.255.255', 'broadcast'));
    expect(Number(created.metadata.resourceVersion)).toBeGreaterThan(0);
    await cluster.ask(addresses, 'POST', address('fe80::42:1dff:fe84:f9e2', 'link-local'));
    const after = await cluster.ask<Thing>(one, 'PATCH', patched, mergePatch);
    expect(after.metadata.annotations).toHaveProperty('patched', 'true');
    expect(Number(after.metadata.resourceVersion)).toBeGreaterThan(Number(created.metadata.resourceVersion));
    const current = await cluster.ask<Thing>(one);
    const annotations = { ...current.metadata.annotations, updated: 'true' };
    const wanted = { ...current, metadata: { ...current.metadata, annotations } };
    const updated = await cluster.ask<Thing>(one, 'PUT', wanted);
    expect(updated.metadata.annotations).toHaveProperty('updated', 'true');
    await cluster.ask<Thing>(one);
    expect((await cluster.ask<Listed>(`${addresses}?${chosen('broadcast')}`)).items).toHaveLength(1);
    const watched = cluster.watch<Thing>(`${addresses}?watch=true&${chosen('broadcast')}`);
    expect((await watched.next())?.object.metadata.name).toBe('255.255.255.255');
    watched.close();
    await cluster.ask(one, 'DELETE');
    await cluster.ask(`${addresses}?${chosen('link-local')}`, 'DELETE');
    expect((await cluster.ask<Listed>(`${addresses}?${chosen('link-local')}`)).items).toHaveLength(0);
  });
});
