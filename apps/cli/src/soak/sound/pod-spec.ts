import type { JsonObject } from '@kubedrill/kube-model';
import type { Draw } from '../draw.ts';
import { images, labelValues, names, portNames } from '../words.ts';

/** Labels of the few that selectors ask for. */
export function labels(draw: Draw): JsonObject {
  return { app: draw.pick(labelValues), ...draw.maybe(20, () => ({ tier: draw.pick(labelValues) })) };
}

export function labelSelector(draw: Draw): JsonObject {
  if (draw.percent(70)) return { matchLabels: { app: draw.pick(labelValues) } };
  const operator = draw.pick(['In', 'NotIn', 'Exists', 'DoesNotExist']);
  const values =
    operator === 'In' || operator === 'NotIn' ? { values: draw.list(1, 2, () => draw.pick(labelValues)) } : {};
  return { matchExpressions: [{ key: draw.pick(['app', 'tier']), operator, ...values }] };
}

export function podTemplate(draw: Draw, app: string, restartPolicy?: string): JsonObject {
  return { metadata: { labels: { app } }, spec: podSpec(draw, restartPolicy) };
}

export function podSpec(draw: Draw, restartPolicy?: string): JsonObject {
  return {
    containers: draw.list(1, 2, (index) => container(draw, `c${index}`)),
    ...(restartPolicy === undefined ? {} : { restartPolicy }),
    ...draw.maybe(15, () => ({ initContainers: [initContainer(draw)] })),
    ...draw.maybe(25, () => ({ volumes: draw.list(1, 2, (index) => ({ name: `v${index}`, ...volumeSource(draw) })) })),
    ...draw.maybe(10, () => ({ hostNetwork: true })),
    ...draw.maybe(10, () => ({ nodeSelector: { 'kubernetes.io/hostname': draw.pick(['node-1', 'node-9']) } })),
    ...draw.maybe(10, () => ({ affinity: affinity(draw) })),
    ...draw.maybe(10, () => ({ topologySpreadConstraints: [spreadConstraint(draw)] })),
    ...draw.maybe(10, () => ({
      tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }],
    })),
    ...draw.maybe(10, () => ({ hostname: draw.pick(names), subdomain: draw.pick(names) })),
    ...draw.maybe(10, () => ({
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['10.96.0.10'], options: [{ name: 'ndots', value: '2' }] },
    })),
    ...draw.maybe(5, () => ({ hostAliases: [{ ip: '192.0.2.9', hostnames: ['other.example.com'] }] })),
    ...draw.maybe(5, () => ({ readinessGates: [{ conditionType: 'example.com/gate' }] })),
    ...draw.maybe(20, () => ({ terminationGracePeriodSeconds: draw.between(0, 40) })),
    ...draw.maybe(10, () => ({
      securityContext: { runAsNonRoot: true, runAsUser: 1000, sysctls: [{ name: 'net.core.somaxconn', value: '9' }] },
    })),
  };
}

function container(draw: Draw, name: string): JsonObject {
  const image = draw.pick(images);
  return {
    name,
    image,
    ...draw.maybe(image.startsWith('busybox') ? 90 : 10, () => ({ command: ['sh', '-c', draw.pick(scripts)] })),
    ...draw.maybe(image.includes('echo') ? 60 : 0, () => ({ args: ['-text', 'hi', '-listen=:8080'] })),
    ...draw.maybe(image.includes('agnhost') ? 90 : 0, () => ({
      args: draw.pick([['netexec', '--http-port=8080'], ['serve-hostname'], ['porter'], ['pause']]),
    })),
    ...draw.maybe(60, () => ({
      ports: draw.list(1, 2, (index) => ({
        containerPort: draw.pick([80, 8080, 53]),
        name: `${draw.pick(portNames)}${index}`,
        protocol: draw.pick(['TCP', 'UDP']),
      })),
    })),
    ...draw.maybe(25, () => ({
      env: draw.list(1, 3, (index) => ({ name: `E${index}`, ...environmentSource(draw, index) })),
    })),
    ...draw.maybe(10, () => ({
      envFrom: [{ prefix: 'P_', configMapRef: { name: draw.pick(names), optional: true } }],
    })),
    ...draw.maybe(15, () => ({ resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '1Gi' } } })),
    ...draw.maybe(30, () => ({ readinessProbe: probe(draw) })),
    ...draw.maybe(10, () => ({ livenessProbe: probe(draw) })),
    ...draw.maybe(5, () => ({ startupProbe: probe(draw) })),
    ...draw.maybe(5, () => ({
      lifecycle: { preStop: { sleep: { seconds: 2 } }, postStart: { exec: { command: ['true'] } } },
    })),
  };
}

const scripts = [
  'sleep 3600',
  'exit 1',
  'echo done',
  'while true; do sleep 5; done',
  'nc -lk -p 8080 -e echo hi',
  'wget -qO- http://web',
  'echo $E0 $(hostname); sleep 9',
] as const;

function initContainer(draw: Draw): JsonObject {
  const command = ['sh', '-c', draw.pick(['true', 'exit 1', 'sleep 5', 'until nslookup web; do sleep 2; done'])];
  return { name: 'init', image: 'busybox', command, ...draw.maybe(40, () => ({ restartPolicy: 'Always' })) };
}

function probe(draw: Draw): JsonObject {
  const port = draw.pick([80, 8080, 81]);
  return {
    ...draw.pick<JsonObject>([
      { httpGet: { path: '/', port } },
      { tcpSocket: { port } },
      { exec: { command: ['sh', '-c', draw.pick(['true', 'false', 'test -e /tmp/x'])] } },
      { grpc: { port } },
    ]),
    ...draw.maybe(50, () => ({ periodSeconds: draw.between(1, 12), initialDelaySeconds: draw.between(0, 9) })),
    ...draw.maybe(30, () => ({ failureThreshold: draw.between(1, 4), timeoutSeconds: draw.between(1, 3) })),
  };
}

function environmentSource(draw: Draw, index: number): JsonObject {
  return draw.pick<JsonObject>([
    { value: 'plain' },
    { value: `$(E${Math.max(0, index - 1)})-$$(x)-$(NONE)` },
    { valueFrom: { fieldRef: { fieldPath: draw.pick(['metadata.name', 'status.podIP', "metadata.labels['app']"]) } } },
    {
      valueFrom: {
        configMapKeyRef: { name: draw.pick(names), key: 'k', ...draw.maybe(70, () => ({ optional: true })) },
      },
    },
    { valueFrom: { secretKeyRef: { name: draw.pick(names), key: 'k', optional: true } } },
    { valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
  ]);
}

function volumeSource(draw: Draw): JsonObject {
  const name = draw.pick(names);
  return draw.pick<JsonObject>([
    { emptyDir: {} },
    { emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    { configMap: { name, optional: true, items: [{ key: 'k', path: 'k.txt' }] } },
    { configMap: { name } },
    { secret: { secretName: name, optional: true } },
    { hostPath: { path: '/data', type: 'DirectoryOrCreate' } },
    { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
    { projected: { sources: [{ configMap: { name, optional: true } }, { serviceAccountToken: { path: 'token' } }] } },
  ]);
}

function affinity(draw: Draw): JsonObject {
  const term = {
    labelSelector: labelSelector(draw),
    topologyKey: draw.pick(['kubernetes.io/hostname', 'kubernetes.io/os']),
  };
  const expression = { key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1', 'node-2'] };
  return draw.pick<JsonObject>([
    { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
    { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, podAffinityTerm: term }] } },
    {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [expression] }] },
      },
    },
  ]);
}

function spreadConstraint(draw: Draw): JsonObject {
  return {
    maxSkew: draw.between(1, 2),
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: draw.pick(['DoNotSchedule', 'ScheduleAnyway']),
    labelSelector: labelSelector(draw),
  };
}
