import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agnhost, SpecCluster } from './spec-cluster.ts';

interface TargetRef {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

interface Address {
  readonly ip: string;
  readonly targetRef?: TargetRef;
}

interface Port {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
}

interface Meta {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Endpoints {
  readonly metadata: Meta;
  readonly subsets?: readonly {
    readonly addresses?: readonly Address[];
    readonly notReadyAddresses?: readonly Address[];
    readonly ports?: readonly Port[];
  }[];
}

interface Slice {
  readonly metadata: Meta;
  readonly addressType: string;
  readonly endpoints: readonly { readonly addresses: readonly string[]; readonly targetRef?: TargetRef }[];
  readonly ports?: readonly Port[];
}

type Stored = Omit<Slice, 'endpoints'> & { readonly endpoints: Slice['endpoints'] | null };

interface List<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[];
}

const core = '/api/v1/namespaces/e2e-1234';
const ownSlices = '/apis/discovery.k8s.io/v1/namespaces/e2e-1234/endpointslices';
let cluster: SpecCluster;

beforeAll(async () => {
  cluster = await SpecCluster.open();
}, 20_000);

afterAll(() => cluster.close(), 20_000);

async function slicesOf(service: string, slices = ownSlices): Promise<readonly Slice[]> {
  const selector = encodeURIComponent(`kubernetes.io/service-name=${service}`);
  const { items } = await cluster.ask<List<Stored>>(`${slices}?labelSelector=${selector}`);
  return items.map((slice) => ({ ...slice, endpoints: slice.endpoints ?? [] }));
}

/** apiserver.go. */
describe('API Server', () => {
  it('should provide secure master service', async () => {
    await cluster.ask('/api/v1/namespaces/default/services/kubernetes');
  });

  it('should have Endpoints and EndpointSlices pointing to API Server', async () => {
    const { subsets = [] } = await cluster.ask<Endpoints>('/api/v1/namespaces/default/endpoints/kubernetes');
    expect(subsets.length).toBeGreaterThan(0);
    const slices = await slicesOf('kubernetes', '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices');
    const family = slices.filter(({ addressType }) => addressType === 'IPv4');
    const inSlices = family.flatMap(({ endpoints }) => endpoints.flatMap(({ addresses }) => addresses));
    const inSubsets = subsets.flatMap(({ addresses = [], notReadyAddresses = [] }) => [
      ...addresses,
      ...notReadyAddresses,
    ]);
    expect(new Set(inSlices)).toEqual(new Set(inSubsets.map(({ ip }) => ip)));
    const ports = (list: readonly { readonly ports?: readonly Port[] }[]): ReadonlySet<number> =>
      new Set(list.flatMap((part) => (part.ports ?? []).map(({ port }) => port)));
    expect(ports(family)).toEqual(ports(subsets));
  });
});

/** The Service of the specs that no Pod matches. */
const emptySelector = {
  metadata: { name: 'example-empty-selector' },
  spec: {
    selector: { 'does-not-match-anything': 'endpoints-and-endpoint-slices-should-still-be-created' },
    ports: [{ name: 'example', port: 80, protocol: 'TCP' }],
  },
};

/** endpointslice.go and endpoints.go have the same two specs, of slices and of Endpoints. */
describe('EndpointSlice and EndpointsController', () => {
  it('should create and delete Endpoints and EndpointSlices for a Service with a selector that matches no pods', async () => {
    const name = emptySelector.metadata.name;
    await cluster.create('services', emptySelector);
    await cluster.until(async () => (await slicesOf(name)).length > 0);
    await cluster.until(async () => (await cluster.get(`endpoints/${name}`)).status === 200);
    const [slice] = await slicesOf(name);
    expect(slice?.metadata.labels).toHaveProperty(
      ['endpointslice.kubernetes.io/managed-by'],
      'endpointslice-controller.k8s.io',
    );
    expect(slice?.endpoints).toHaveLength(0);
    await cluster.ask(`${core}/services/${name}`, 'DELETE');
    await cluster.until(async () => (await slicesOf(name)).length === 0);
    await cluster.until(async () => (await cluster.get(`endpoints/${name}`)).status === 404);
  }, 20_000);

  it('should create Endpoints and EndpointSlices for Pods matching a Service', async () => {
    const container = (...ports: readonly object[]): object => ({
      spec: { containers: [{ name: 'container1', image: 'registry.k8s.io/e2e-test-images/nginx:1.15-4', ports }] },
    });
    const example = (containerPort: number): object => ({ name: 'example-name', containerPort });
    const metadata = (name: string): object => ({ metadata: { name, labels: { [name]: 'on', shared12: 'on' } } });
    await cluster.create('pods', { ...metadata('pod1'), ...container(example(3_000)) });
    await cluster.create('pods', {
      ...metadata('pod2'),
      ...container(example(3_001), { name: 'other-port', containerPort: 3_002 }),
    });
    const service = (selector: object, port: object): object => ({
      selector,
      publishNotReadyAddresses: true,
      ports: [{ port: 80, protocol: 'TCP', ...port }],
    });
    await cluster.service('example-int-port', service({ pod1: 'on' }, { name: 'example', targetPort: 3_000 }));
    await cluster.service(
      'example-named-port',
      service({ shared12: 'on' }, { name: 'http', targetPort: 'example-name' }),
    );
    const ports = {
      pod1: { 'example-int-port': 3_000, 'example-named-port': 3_000 },
      pod2: { 'example-named-port': 3_001 },
    };
    await expectEndpoints('example-int-port', { pod1: ports.pod1['example-int-port'] }, 'example');
    const named = { pod1: ports.pod1['example-named-port'], pod2: ports.pod2['example-named-port'] };
    await expectEndpoints('example-named-port', named, 'http');
    // Slices come back after they have been deleted.
    for (const { metadata: deleted } of await slicesOf('example-named-port'))
      await cluster.ask(`${ownSlices}/${deleted.name}`, 'DELETE');
    await expectEndpoints('example-named-port', named, 'http');
    for (const name of ['pod1', 'pod2']) await cluster.delete(`pods/${name}`);
  }, 20_000);

  it.each([
    ['multiple ports', { port80: ['both', 8_090], port81: ['both', 9_090] }],
    ['multiple endpoint IPs', { port80: ['first', 8_090], port81: ['second', 8_090] }],
  ] as const)(
    'should support a Service with %s specified in multiple EndpointSlices',
    async (_, backends) => {
      const name = 'example-custom-endpoints';
      const [port80, port81] = [backends.port80, backends.port81];
      const pods = [...new Set([port80[0], port81[0]])];
      const { clusterIP } = await cluster.service(name, {
        ports: [
          { name: 'port80', port: 80, protocol: 'TCP' },
          { name: 'port81', port: 81, protocol: 'TCP' },
        ],
      });
      for (const pod of pods) {
        const own = Object.values<Backend>(backends).filter(([server]) => server === pod);
        const containers = own.map(([, port]) => ({
          name: `container-handle-${port}-request`,
          image: agnhost,
          args: ['netexec', '--http-port', String(port), '--udp-port', '-1'],
          ports: [{ containerPort: port, protocol: 'TCP' }],
        }));
        await cluster.create('pods', {
          metadata: { name: pod },
          spec: { terminationGracePeriodSeconds: 0, containers },
        });
      }
      for (const [portName, [pod, port]] of Object.entries<Backend>(backends))
        await cluster.ask(ownSlices, 'POST', {
          metadata: {
            generateName: 'e2e-custom-slice',
            labels: {
              'kubernetes.io/service-name': name,
              'endpointslice.kubernetes.io/managed-by': 'e2e-teste2e-1234',
            },
          },
          addressType: 'IPv4',
          endpoints: [{ addresses: [await cluster.ready(pod)], conditions: { ready: true } }],
          ports: [{ name: portName, port, protocol: 'TCP' }],
        });
      await cluster.pod('pause-pod-0', { args: ['pause'] });
      for (const [port, [pod]] of [
        [80, port80],
        [81, port81],
      ] as const) {
        let stdout = '';
        await cluster.until(async () => {
          ({ stdout } = await cluster.run('pause-pod-0', `curl -q -s --max-time 30 ${clusterIP}:${port}/hostname`));
          return stdout.trim() !== '';
        });
        expect(stdout.trim()).toBe(pod);
      }
      for (const path of [`services/${name}`, 'pods/pause-pod-0', ...pods.map((pod) => `pods/${pod}`)])
        await cluster.delete(path);
    },
    20_000,
  );
});

type Backend = readonly [pod: string, port: number];

/** Both describe the Pods under one port each: expectEndpoints and expectEndpointSlices of the suite. */
async function expectEndpoints(
  service: string,
  ports: Readonly<Record<string, number>>,
  portName: string,
): Promise<void> {
  const names = Object.keys(ports);
  const found = async (): Promise<readonly string[]> =>
    (await slicesOf(service)).flatMap(({ endpoints }) => endpoints.map(({ targetRef }) => targetRef?.name ?? ''));
  await cluster.until(async () => String([...(await found())].sort()) === String(names));
  const subsetsOf = async (): Promise<NonNullable<Endpoints['subsets']>> => {
    const answer = await cluster.get(`endpoints/${service}`);
    return answer.status === 200 ? ((JSON.parse(answer.text) as Endpoints).subsets ?? []) : [];
  };
  await cluster.until(async () => (await subsetsOf()).length === names.length);
  const described = [
    ...(await slicesOf(service)).flatMap(({ endpoints, ports: own = [] }) =>
      endpoints.map(({ targetRef, addresses }) => ({ targetRef, ip: addresses[0], own })),
    ),
    ...(await subsetsOf()).flatMap(({ addresses = [], notReadyAddresses = [], ports: own = [] }) =>
      [...addresses, ...notReadyAddresses].map(({ targetRef, ip }) => ({ targetRef, ip, own })),
    ),
  ];
  expect(described).toHaveLength(2 * names.length);
  for (const { targetRef, ip, own } of described) {
    const name = targetRef?.name ?? '';
    const pod = await cluster.object<{ metadata: Meta; status: { podIP: string } }>(`pods/${name}`);
    expect({ targetRef, ip, own }).toEqual({
      targetRef: { kind: 'Pod', namespace: cluster.namespace, name, uid: pod.metadata.uid },
      ip: pod.status.podIP,
      own: [{ name: portName, port: ports[name], protocol: 'TCP' }],
    });
  }
}

/** endpointslicemirroring.go. */
describe('EndpointSliceMirroring', () => {
  it('should mirror a custom Endpoints resource through create update and delete', async () => {
    const name = 'example-mirrored-endpoints';
    await cluster.service(name, { ports: [{ name: 'example', port: 80, protocol: 'TCP' }] });
    const endpoints = (ip: string): object => ({
      metadata: { name },
      subsets: [{ ports: [{ port: 80 }], addresses: [{ ip }] }],
    });
    const isMirrored = async (ip: string): Promise<void> => {
      await cluster.until(async () => {
        const slices = await slicesOf(name);
        const addresses = slices.flatMap((slice) => slice.endpoints.flatMap((endpoint) => endpoint.addresses));
        const ports = slices.flatMap((slice) => (slice.ports ?? []).map(({ port }) => port));
        return String(addresses) === ip && String(ports) === '80';
      });
    };
    await cluster.create('endpoints', endpoints('10.1.2.3'));
    await isMirrored('10.1.2.3');
    await cluster.ask(`${core}/endpoints/${name}`, 'PUT', endpoints('10.2.3.4'));
    await isMirrored('10.2.3.4');
    await cluster.ask(`${core}/endpoints/${name}`, 'DELETE');
    await cluster.until(async () => (await slicesOf(name)).length === 0);
  }, 20_000);
});

/** endpoints.go. */
describe('Endpoints', () => {
  it('should test the lifecycle of an Endpoint', async () => {
    const one = `${core}/endpoints/testservice`;
    const selector = `labelSelector=${encodeURIComponent('test-endpoint-static=true')}`;
    const all = `/api/v1/endpoints?${selector}`;
    const seen = async (type: string, version: string): Promise<void> => {
      const watched = cluster.watch<Endpoints>(`${core}/endpoints?watch=true&resourceVersion=${version}&${selector}`);
      await watched.until((event) => event.type === type && event.object.metadata.name === 'testservice');
      watched.close();
    };
    const before = await cluster.ask<List<Endpoints>>(all);
    const created = await cluster.ask<Endpoints>(`${core}/endpoints`, 'POST', {
      metadata: { name: 'testservice', labels: { 'test-endpoint-static': 'true' }, creationTimestamp: null },
      subsets: [{ addresses: [{ ip: '10.0.0.24' }], ports: [{ name: 'http', port: 80, protocol: 'TCP' }] }],
    });
    await seen('ADDED', before.metadata.resourceVersion);
    const listed = await cluster.ask<List<Endpoints>>(all);
    const [found] = listed.items;
    expect(found?.metadata).toMatchObject({ name: 'testservice', namespace: cluster.namespace });
    const labels = { ...found?.metadata.labels, 'test-service': 'updated' };
    await cluster.ask(one, 'PUT', { ...found, metadata: { ...found?.metadata, labels } });
    await seen('MODIFIED', listed.metadata.resourceVersion);
    const updated = await cluster.ask<Endpoints>(one);
    expect(updated.metadata.labels).toHaveProperty('test-service', 'updated');
    const subsets = [{ addresses: [{ ip: '10.0.0.25' }], ports: [{ name: 'http-test', port: 8_080 }] }];
    const patch = { metadata: { labels: { 'test-service': 'patched' } }, subsets };
    const patched = await cluster.ask<Endpoints>(one, 'PATCH', patch, 'application/strategic-merge-patch+json');
    expect(Number(patched.metadata.resourceVersion)).toBeGreaterThan(Number(created.metadata.resourceVersion));
    await seen('MODIFIED', updated.metadata.resourceVersion);
    const fetched = await cluster.ask<Endpoints>(one);
    expect(fetched.metadata.labels).toHaveProperty('test-service', 'patched');
    expect(fetched.subsets).toMatchObject(subsets);
    await cluster.ask(`${core}/endpoints?${selector}`, 'DELETE');
    await seen('DELETED', fetched.metadata.resourceVersion);
    expect((await cluster.get('endpoints/testservice')).status).toBe(404);
  }, 20_000);
});

/** service_latency.go. */
describe('Service endpoints latency', () => {
  it('should not be very high', async () => {
    const name = 'svc-latency-rc';
    await cluster.ask('/apis/apps/v1/namespaces/e2e-1234/deployments', 'POST', {
      metadata: { name, labels: { name } },
      spec: {
        replicas: 1,
        selector: { matchLabels: { name } },
        strategy: { type: 'Recreate' },
        template: {
          metadata: { labels: { name } },
          spec: { terminationGracePeriodSeconds: 0, containers: [{ name, image: 'registry.k8s.io/pause:3.10.2' }] },
        },
      },
    });
    const isComplete = async (): Promise<boolean> => {
      const deployment = await cluster.ask<{ status: { availableReplicas?: number } }>(
        `/apis/apps/v1/namespaces/e2e-1234/deployments/${name}`,
      );
      return deployment.status.availableReplicas === 1;
    };
    await cluster.until(isComplete);
    const { metadata } = await cluster.ask<List<Slice>>(ownSlices);
    const watched = cluster.watch<Stored>(`${ownSlices}?watch=true&resourceVersion=${metadata.resourceVersion}`);
    const [total, parallel] = [200, 15];
    const served = new Map<string, number>();
    const counting = (async (): Promise<void> => {
      while (served.size < total) {
        const event = await watched.next();
        const service = event?.object.metadata.labels['kubernetes.io/service-name'] ?? '';
        if (event?.object.endpoints?.length && !served.has(service)) served.set(service, performance.now());
      }
    })();
    const created = new Map<string, number>();
    const trial = async (): Promise<void> => {
      const start = performance.now();
      const { metadata: own } = await cluster.ask<{ metadata: Meta }>(`${core}/services`, 'POST', {
        metadata: { generateName: 'latency-svc-' },
        spec: {
          ports: [{ protocol: 'TCP', port: 80 }],
          selector: { name },
          type: 'ClusterIP',
          sessionAffinity: 'None',
        },
      });
      created.set(own.name, start);
    };
    const trials = Array.from({ length: parallel }, async (_, lane) => {
      for (let number = lane; number < total; number += parallel) await trial();
    });
    await Promise.all([...trials, counting]);
    watched.close();
    const durations = [...created].map(([service, start]) => (served.get(service) ?? Infinity) - start);
    durations.sort((left, right) => left - right);
    // The clock runs at twenty times real time.
    expect((durations[total / 2] ?? Infinity) * 20).toBeLessThan(20_000);
    expect((durations[(total * 99) / 100] ?? Infinity) * 20).toBeLessThan(50_000);
  }, 30_000);
});
