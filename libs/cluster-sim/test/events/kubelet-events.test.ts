import { describe, expect, it } from '@jest/globals';
import { resources } from '@kubedrill/kube-model';
import { eventDefinition } from '../../src/api/kinds/event/event-definition.ts';
import type { Cluster } from '../../src/index.ts';
import { context } from '../api/kinds/decoded.ts';
import { applyTo, clusterWith, podManifest } from '../cluster-fixture.ts';
import { eventLines } from './event-lines.ts';

const pod = (container: string, spec = '', name = 'web'): string =>
  podManifest(name, `containers: [{name: c, ${container}}]${spec && `, ${spec}`}`);
const nginx = 'image: "nginx:1.25"';
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n---\n';

interface Case {
  readonly what: string;
  readonly manifests: string;
  readonly then?: (cluster: Cluster) => void;
  /** "2 Type Reason: message", with the count where it is not 1. */
  readonly lines: readonly string[];
}

const pulled = (image: string): readonly string[] => [
  `Normal Pulling: Pulling image "${image}"`,
  `Normal Pulled: Successfully pulled image "${image}" in <ms> (<ms> including waiting). Image size: <n> bytes.`,
];
const started = ['Normal Created: Container created', 'Normal Started: Container started'];
const present = (image: string): string =>
  `Normal Pulled: Container image "${image}" already present on machine and can be accessed by the pod`;
const noSuchTag =
  'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:nope": failed to resolve reference "docker.io/library/nginx:nope": docker.io/library/nginx:nope: not found';

/** Texts of pkg/kubelet in Kubernetes 1.36. */
const cases: readonly Case[] = [
  { what: 'a Pod that starts', manifests: pod(nginx), lines: [...pulled('nginx:1.25'), ...started] },
  {
    what: 'an image that is there',
    manifests: podManifest(
      'web',
      `containers: [{name: c, ${nginx}}, {name: d, image: "nginx:1.25", command: [sleep, "1000"]}]`,
    ),
    lines: [...pulled('nginx:1.25'), ...started, present('nginx:1.25'), ...started],
  },
  {
    what: 'a Pod that is deleted',
    manifests: pod(nginx),
    then: ({ api }) => {
      api.handle({
        verb: 'delete',
        resource: resources.Pod,
        namespace: 'default',
        name: 'web',
      });
    },
    lines: [...pulled('nginx:1.25'), ...started, 'Normal Killing: Stopping container c'],
  },
  {
    what: 'an image that does not exist',
    manifests: pod('image: "nginx:nope"'),
    then: (cluster) => {
      cluster.advance(40_000);
    },
    lines: [
      // Pulled at 0, 12.5 and 37.5 seconds; synchronizations that have to wait are at 0 and 25.
      '3 Normal Pulling: Pulling image "nginx:nope"',
      `3 Warning Failed: Failed to pull image "nginx:nope": ${noSuchTag}`,
      '3 Warning Failed: Error: ErrImagePull',
      '2 Normal BackOff: Back-off pulling image "nginx:nope"',
      '2 Warning Failed: Error: ImagePullBackOff',
    ],
  },
  {
    what: 'a name that is none',
    manifests: pod('image: "Nginx"'),
    lines: [
      `Warning InspectFailed: Failed to apply default image tag "Nginx": couldn't parse image name "Nginx": invalid reference format: repository name (library/Nginx) must be lowercase`,
      'Warning Failed: Error: InvalidImageName',
    ],
  },
  {
    what: 'a ConfigMap that a variable needs',
    manifests: pod(`${nginx}, env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: a}}}]`),
    then: (cluster) => {
      cluster.advance(20_000);
      applyTo(cluster, config);
    },
    lines: [
      pulled('nginx:1.25')[0] ?? '',
      pulled('nginx:1.25')[1] ?? '',
      '2 Warning Failed: Error: configmap "settings" not found',
      `2 ${present('nginx:1.25')}`,
      ...started,
    ],
  },
  {
    what: 'a ConfigMap that a volume needs',
    manifests: pod(nginx, 'volumes: [{name: files, configMap: {name: settings}}]'),
    then: (cluster) => {
      cluster.advance(4_000);
      applyTo(cluster, config);
    },
    lines: [
      '4 Warning FailedMount: MountVolume.SetUp failed for volume "files" : configmap "settings" not found',
      ...pulled('nginx:1.25'),
      ...started,
    ],
  },
  {
    what: 'a container that crashes',
    manifests: pod('image: busybox, command: ["false"]'),
    then: (cluster) => {
      cluster.advance(15_000);
    },
    lines: [
      `3 ${pulled('busybox')[0] ?? ''}`,
      pulled('busybox')[1] ?? '',
      ...started.map((line) => `3 ${line}`),
      // Each pull takes a time of its own.
      pulled('busybox')[1] ?? '',
      '2 Warning BackOff: Back-off restarting failed container c in pod web_default(<uid>)',
      pulled('busybox')[1] ?? '',
    ],
  },
  {
    what: 'a command that does not exist',
    manifests: pod('image: busybox, command: ["nothing"]', 'restartPolicy: Never'),
    lines: [
      ...pulled('busybox'),
      'Normal Created: Container created',
      'Warning Failed: Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "nothing": executable file not found in $PATH: unknown',
    ],
  },
  {
    what: 'a readiness probe on the wrong port',
    manifests: pod(`${nginx}, readinessProbe: {httpGet: {path: /ok, port: 81}, periodSeconds: 10}`),
    then: (cluster) => {
      cluster.advance(31_000);
    },
    lines: [
      ...pulled('nginx:1.25'),
      ...started,
      '4 Warning Unhealthy: Readiness probe failed: Get "http://<ip>:81/ok": dial tcp <ip>:81: connect: connection refused',
    ],
  },
  {
    what: 'a liveness probe on a page that is not there',
    manifests: pod(
      `${nginx}, livenessProbe: {httpGet: {path: /absent, port: 80}, periodSeconds: 10, failureThreshold: 2}`,
    ),
    then: (cluster) => {
      cluster.advance(11_000);
    },
    lines: [
      ...pulled('nginx:1.25'),
      '2 Normal Created: Container created',
      '2 Normal Started: Container started',
      '3 Warning Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 404',
      'Normal Killing: Container c failed liveness probe, will be restarted',
      present('nginx:1.25'),
    ],
  },
  {
    what: 'a startup probe by a command',
    manifests: pod(
      `image: busybox, command: [sleep, "1000"], startupProbe: {exec: {command: [cat, /ready]}, periodSeconds: 10, failureThreshold: 9}`,
    ),
    then: (cluster) => {
      cluster.advance(15_000);
    },
    lines: [
      ...pulled('busybox'),
      ...started,
      "2 Warning Unhealthy: Startup probe failed: cat: can't open '/ready': No such file or directory",
    ],
  },
];

function linesOf(cluster: Cluster): readonly string[] {
  const events = cluster.view.list('Event', 'default');
  const counts = new Map(
    events.map(({ type, reason, message = '', count = 1 }) => [`${type ?? ''} ${reason ?? ''} ${message}`, count]),
  );
  return eventLines(cluster).flatMap((line) => {
    const match = /^(\w+ \w+) \S+ kubelet: (.*)$/s.exec(line);
    if (!match) return [];
    const [, head = '', message = ''] = match;
    const count = counts.get(`${head} ${message}`) ?? 1;
    const shown = message
      .replace(/\b\d+ms\b/g, '<ms>')
      .replace(/size: \d+/, 'size: <n>')
      .replace(/\b10(\.\d+){3}\b/g, '<ip>')
      .replace(/\([-0-9a-f]{36}\)/, '(<uid>)')
      .trimEnd();
    return [`${count > 1 ? `${count} ` : ''}${head}: ${shown}`];
  });
}

describe('what the kubelet says', () => {
  it.each(cases)('$what', ({ manifests, then, lines }) => {
    const cluster = clusterWith(manifests, { nodes: [{ name: 'node-1', address: '172.18.0.2' }] });
    cluster.advance(3_000);
    then?.(cluster);
    cluster.advance(3_000);
    expect(linesOf(cluster)).toEqual(lines);
    for (const event of cluster.view.list('Event'))
      expect(eventDefinition.strategy.validateCreate(event, context())).toEqual([]);
  });
});
