import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject, Kind } from '@kubedrill/kube-model';
import { apiVersionOf, isJsonObject, kinds, resources } from '@kubedrill/kube-model';
import { TestServer } from './api-server-fixture.ts';

/** One right object of each kind, to be broken. */
const seeds: Partial<Record<Kind, JsonObject>> = {
  Service: {
    metadata: { name: 'a' },
    spec: {
      type: 'NodePort',
      selector: { a: 'b' },
      ports: [{ port: 80, name: 'x', nodePort: 30001 }],
      externalIPs: ['1.2.3.4'],
    },
  },
  Endpoints: {
    metadata: { name: 'a' },
    subsets: [{ addresses: [{ ip: '1.2.3.4', targetRef: { kind: 'Pod' } }], ports: [{ port: 80 }] }],
  },
  EndpointSlice: {
    metadata: { name: 'a' },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['1.2.3.4'], hints: { forZones: [{ name: 'z' }] } }],
    ports: [{ name: 'x', port: 80 }],
  },
  Namespace: { metadata: { name: 'a', labels: { a: 'b' } }, spec: { finalizers: ['kubernetes'] } },
  Node: {
    metadata: { name: 'a' },
    spec: { taints: [{ key: 'a', effect: 'NoSchedule' }], podCIDRs: ['10.0.0.0/24'] },
    status: { capacity: { pods: '10' } },
  },
  ConfigMap: {
    metadata: { name: 'a', ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'x', uid: 'y' }] },
    data: { a: 'b' },
    immutable: true,
  },
  Secret: {
    metadata: { name: 'a' },
    type: 'kubernetes.io/dockercfg',
    data: { '.dockercfg': 'e30=' },
    stringData: { b: 'c' },
  },
  NetworkPolicy: {
    metadata: { name: 'a' },
    spec: {
      podSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] },
      ingress: [
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 80, endPort: 90 }] },
      ],
    },
  },
  Ingress: {
    metadata: { name: 'a' },
    spec: {
      tls: [{ hosts: ['a.b'] }],
      rules: [
        {
          host: '*.b.c',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 's', port: { number: 80 } } } }],
          },
        },
      ],
    },
  },
  IngressClass: { metadata: { name: 'a' }, spec: { controller: 'a.b/c', parameters: { kind: 'K', name: 'n' } } },
  Pod: {
    metadata: { name: 'a' },
    spec: { containers: [{ name: 'a', image: 'nginx', ports: [{ containerPort: 80 }] }] },
  },
  Deployment: {
    metadata: { name: 'a' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'nginx' }] } },
    },
  },
  CronJob: {
    metadata: { name: 'a' },
    spec: {
      schedule: '*/5 1-3 * jan,feb mon',
      timeZone: 'Europe/Rome',
      jobTemplate: {
        metadata: { labels: { a: 'b' } },
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'busybox' }] } } },
      },
    },
  },
};

const awkward: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    '',
    0,
    -1,
    1.5,
    1e12,
    true,
    false,
    [],
    {},
    [null],
    [[]],
    '\u0000',
    '🦆',
    '\u202e',
    '__proto__',
  ),
  fc.string(),
  fc.integer(),
);

/** Replaces one place in a document, found by following the choices down. */
function broken(value: Json, choices: readonly number[], replacement: Json): Json {
  const [choice = 0, ...rest] = choices;
  if (typeof value !== 'object' || value === null || choices.length === 0) return replacement;
  const keys = Object.keys(value);
  const key = keys[choice % Math.max(1, keys.length)];
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((element: Json, index) => (String(index) === key ? broken(element, rest, replacement) : element));
  return { ...value, [key]: broken((value as JsonObject)[key] ?? null, rest, replacement) };
}

/** Configurations for the server say what they are. */
function typed(kind: Kind, document: Json): Json {
  return isJsonObject(document) ? { ...document, apiVersion: apiVersionOf(resources[kind]), kind } : document;
}

describe('arbitrary bodies', () => {
  it('are answered, never thrown at', () => {
    const server = new TestServer();
    const body = fc.tuple(fc.constantFrom(...kinds), fc.array(fc.nat(7), { maxLength: 8 }), awkward);
    fc.assert(
      fc.property(body, ([kind, choices, replacement]) => {
        const document = broken(seeds[kind] ?? { metadata: { name: 'a' } }, choices, replacement);
        for (const answer of [
          server.create(kind, document, { dryRun: true }),
          server.create(kind, document),
          server.replace(kind, 'a', document),
          server.patch(kind, 'a', 'strategic', document),
          server.patch(kind, 'a', 'merge', document),
          server.patch(kind, 'a', 'json', document),
          server.apply(kind, 'a', typed(kind, document), { fieldManager: 'one', force: true }),
          server.apply(kind, 'a', typed(kind, document), { fieldManager: 'two' }),
        ]) {
          // Who owns which field is worked out only now.
          expect(() => JSON.stringify(answer)).not.toThrow();
          expect([200, 201, 400, 403, 404, 405, 409, 413, 422, 429, 500]).toContain(answer.code);
        }
      }),
      { numRuns: 1000 },
    );
  });

  /** As deep as `levels`, of objects or of lists. */
  const deep = (levels: number, wrap: (value: Json) => Json): Json => {
    let value: Json = 'x';
    for (let level = 0; level < levels; level += 1) value = wrap(value);
    return value;
  };

  it.each<[string, (value: Json) => Json]>([
    ['objects', (value) => ({ a: value })],
    ['lists', (value) => [value]],
  ])('nested in %s without end are answered', (_what, wrap) => {
    for (const levels of [400, 4_000, 40_000]) {
      const value = deep(levels, wrap);
      const fieldsV1 = [{ manager: 'm', operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: value }];
      const bodies: readonly Json[] = [
        value,
        { metadata: { name: 'a' }, unknown: value },
        { metadata: { name: 'a' }, data: { a: value } },
        { metadata: { name: 'a', managedFields: fieldsV1 } },
        { metadata: { name: 'a' }, kind: value },
      ];
      const server = new TestServer();
      server.create('ConfigMap', { metadata: { name: 'a' } });
      for (const body of bodies) {
        for (const answer of [
          server.create('ConfigMap', body, { fieldValidation: 'Ignore' }),
          server.replace('ConfigMap', 'a', body),
          server.patch('ConfigMap', 'a', 'strategic', body),
          server.patch('ConfigMap', 'a', 'merge', body),
          server.patch('ConfigMap', 'a', 'json', [{ op: 'add', path: '/unknown', value: body }]),
          server.apply('ConfigMap', 'a', typed('ConfigMap', body), { fieldManager: 'one' }),
        ])
          expect(() => JSON.stringify(answer)).not.toThrow();
      }
    }
  });
});
