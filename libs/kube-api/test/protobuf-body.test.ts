import { describe, expect, it } from '@jest/globals';
import { decodeProtobufBody } from '../src/protobuf/protobuf-body.ts';
import bodies from './fixtures/kubectl-1.36-bodies.json' with { type: 'json' };

/** What kubectl 1.36 sent for these commands; the objects are what `--dry-run=client -o yaml` prints for the same ones. */
const expected: Readonly<Record<string, object>> = {
  '/apis/apps/v1/namespaces/default/deployments': {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'nginx', image: 'nginx:1.27', ports: [{ containerPort: 80 }] }] },
      },
    },
  },
  '/apis/networking.k8s.io/v1/namespaces/default/ingresses': {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: {
      rules: [
        {
          host: 'foo.com',
          http: {
            paths: [
              { path: '/api', pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 8080 } } } },
            ],
          },
        },
      ],
    },
  },
  '/api/v1/namespaces/default/secrets': {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    data: { p: 'cQ==' },
  },
};

const header = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

describe('a body in protobuf', () => {
  it.each(bodies)('of $command', ({ path, body }) => {
    const decoded = decodeProtobufBody(Buffer.from(body, 'base64'));
    expect(decoded).toMatchObject({ ok: true, value: expected[path] });
  });

  it('that ends too early is refused at any length', () => {
    const whole = Buffer.from(bodies[0]?.body ?? '', 'base64');
    const refused = Array.from({ length: whole.length }, (_, length) => decodeProtobufBody(whole.subarray(0, length)));
    expect(whole.length).toBeGreaterThan(100);
    expect(refused.filter(({ ok }) => ok).length).toBeLessThan(5);
  });

  it.each([
    ['without the prefix', Buffer.from('{}'), 'expected prefix [107 56 115 0]'],
    [
      'of an unknown kind',
      Buffer.concat([header, Buffer.from([0x0a, 0x08, 0x0a, 0x02, 0x76, 0x31, 0x12, 0x02, 0x4e, 0x6f])]),
      'no kind "No"',
    ],
    ['of nothing but noise', Buffer.concat([header, Buffer.alloc(64, 0xff)]), 'unable to decode protobuf'],
  ])('%s is refused', (_, body, words) => {
    const decoded = decodeProtobufBody(body);
    expect(decoded.ok ? '' : decoded.message).toContain(words);
  });
});
