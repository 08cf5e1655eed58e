import type { Json } from '@kubedrill/kube-model';

/** Few names, so that objects refer to each other and get into each other's way. */
export const names = ['a', 'b', 'web', 'api-0'] as const;
export const labelValues = ['a', 'b', 'web'] as const;
export const portNames = ['http', 'x', 'metrics'] as const;
export const addresses = ['10.244.1.5', '192.0.2.7', '172.18.0.3', '10.96.0.40', '127.0.0.1', '2001:db8::1'] as const;
export const ranges = ['10.0.0.0/8', '0.0.0.0/0', '10.244.1.0/24', '192.0.2.0/28', '::/0'] as const;

export const images = [
  'nginx',
  'nginx:1.27-alpine',
  'busybox:1.36',
  'hashicorp/http-echo',
  'registry.k8s.io/e2e-test-images/agnhost:2.53',
  'redis:7',
  'mysql:8',
  'nginx:doesnotexist',
  'example.com/unknown:1',
  'python:3',
  'Bad Image',
] as const;

/** What the fields of Kubernetes' types say, so that a text often means something where it lands. */
export const fieldWords = [
  ...['TCP', 'UDP', 'SCTP', 'HTTP', 'HTTPS', 'ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName', 'None', 'Local'],
  ...['Cluster', 'ClientIP', 'IPv4', 'IPv6', 'SingleStack', 'PreferDualStack', 'RequireDualStack', 'PreferClose'],
  ...['Always', 'Never', 'OnFailure', 'IfNotPresent', 'Recreate', 'RollingUpdate', 'OnDelete', 'OrderedReady'],
  ...['Parallel', 'Indexed', 'NonIndexed', 'In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Equal', 'NoSchedule'],
  ...['NoExecute', 'PreferNoSchedule', 'DoNotSchedule', 'ScheduleAnyway', 'Honor', 'Ignore', 'FailJob', 'Count'],
  ...[
    'Prefix',
    'Exact',
    'ImplementationSpecific',
    'Ingress',
    'Egress',
    'Default',
    'ClusterFirst',
    'Memory',
    'Localhost',
  ],
  ...['kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'metadata.name', 'status.podIP', 'limits.cpu', 'cpu'],
  ...['memory', 'hugepages-2Mi', 'ephemeral-storage', 'example.com/gpu', '10.0.0.0/8', '10.244.1.5', 'Opaque'],
  ...['kubernetes', 'foregroundDeletion', 'orphan', 'kubernetes.io/service-account-token', 'kubernetes.io/tls', 'v1'],
  ...['50%', '100m', '1Gi', '1e3', '-1', '80', '2026-01-01T00:00:00Z', '/data', '../x', '*.example.com', 'a', 'web'],
] as const;

/** Texts that have broken decoders, paths, patterns and tables. */
export const awkwardTexts = [
  '',
  ' ',
  '\u0000',
  '\u0007\u001b[31m',
  '\r\n',
  '\u2028',
  '\u202e',
  '\ud800',
  '🦆',
  'ß'.repeat(70),
  'a'.repeat(300),
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '$patch',
  '$setElementOrder/ports',
  '$retainKeys',
  '.',
  '..',
  '~1/~0',
  'a.b.c/d',
  '%s%d',
  '$(A)',
  '"',
  '\\',
  '{{}}',
  '999999999999999999999999',
  '-0',
  '1e400',
  '0x1F',
  'NaN',
  'null',
  'true',
  '1.2.3.4/33',
  '::ffff:1.2.3.4',
  '010.1.1.1',
  '9999-99-99T99:99:99Z',
] as const;

export const awkwardValues: readonly Json[] = [
  ...[null, true, false, 0, -0, 1, -1, 1.5, 80, 65536, 2147483648, -2147483649, 9007199254740993, 1e21, 1e308],
  ...[[], {}, [null], [[]], [{}], { a: null }, { '': '' }, JSON.parse('{"__proto__": {"a": 1}}') as Json],
  ...[
    { constructor: { prototype: 'x' } },
    { $patch: 'delete' },
    { $patch: 'replace' },
    [{ $patch: 'delete', name: 'a' }],
  ],
  ...awkwardTexts,
];
