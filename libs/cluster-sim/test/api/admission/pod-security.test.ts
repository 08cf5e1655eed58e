import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { TestServer } from '../api-server-fixture.ts';

const label = (name: string): string => `pod-security.kubernetes.io/${name}`;

/** A server whose namespace default asks for what the labels say; it has a ServiceAccount. */
function serverWith(labels: Readonly<Record<string, string>>): TestServer {
  const server = new TestServer();
  server.create('ServiceAccount', { metadata: { name: 'default' } });
  const named = Object.fromEntries(Object.entries(labels).map(([name, value]) => [label(name), value]));
  const answer = server.patch('Namespace', 'default', 'merge', { metadata: { labels: named } });
  expect(answer.code).toBe(200);
  return server;
}

const pod = (spec: JsonObject = {}, container: JsonObject = {}): JsonObject => ({
  metadata: { name: 'web' },
  spec: { ...spec, containers: [{ name: 'nginx', image: 'nginx', ...container }] },
});

const restrictedTexts =
  'allowPrivilegeEscalation != false (container "nginx" must set securityContext.allowPrivilegeEscalation=false), ' +
  'unrestricted capabilities (container "nginx" must set securityContext.capabilities.drop=["ALL"]), ' +
  'runAsNonRoot != true (pod or container "nginx" must set securityContext.runAsNonRoot=true), ' +
  'seccompProfile (pod or container "nginx" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

const harmless = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Texts follow from k8s.io/pod-security-admission/policy/check_*.go of Kubernetes 1.36. */
describe('a namespace that enforces a Pod Security Standard', () => {
  it.each<[string, Readonly<Record<string, string>>, JsonObject, string]>([
    ['nothing said', { enforce: 'restricted' }, pod(), `"restricted:latest": ${restrictedTexts}`],
    [
      'before seccomp and drops were asked for',
      { enforce: 'restricted', 'enforce-version': 'v1.18' },
      pod({ securityContext: { runAsNonRoot: true } }),
      '"restricted:v1.18": allowPrivilegeEscalation != false (container "nginx" must set securityContext.allowPrivilegeEscalation=false)',
    ],
    [
      'the host all over',
      { enforce: 'baseline' },
      pod(
        { hostNetwork: true, hostPID: true, volumes: [{ name: 'v', hostPath: { path: '/etc' } }] },
        { ports: [{ containerPort: 80, hostPort: 80 }], securityContext: { privileged: true } },
      ),
      '"baseline:latest": host namespaces (hostNetwork=true, hostPID=true), hostPath volumes (volume "v"), ' +
        'hostPort (container "nginx" uses hostPort 80), privileged (container "nginx" must not set securityContext.privileged=true)',
    ],
    [
      'capabilities and sysctls',
      { enforce: 'baseline', 'enforce-version': 'v1.99' },
      pod(
        { securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } },
        { securityContext: { capabilities: { add: ['NET_ADMIN', 'CHOWN', 'BPF'] } } },
      ),
      '"baseline:v1.99": non-default capabilities (container "nginx" must not include "BPF", "NET_ADMIN" in securityContext.capabilities.add), ' +
        'forbidden sysctls (net.core.somaxconn)',
    ],
    [
      'probes of others',
      { enforce: 'baseline' },
      pod({}, { readinessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } }),
      '"baseline:latest": probe or lifecycle host (container "nginx" uses probe or lifecycle host "10.0.0.1")',
    ],
    [
      'bad profiles in several places',
      { enforce: 'baseline' },
      pod(
        { securityContext: { seccompProfile: { type: 'Unconfined' }, seLinuxOptions: { type: 'x_t', user: 'u' } } },
        { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      ),
      '"baseline:latest": seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "x_t"; user may not be set), ' +
        'seccompProfile (pod and container "nginx" must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      'root, and a volume of another kind',
      { enforce: 'restricted' },
      pod(
        { volumes: [{ name: 'v', nfs: { server: 'a', path: '/b' } }] },
        { securityContext: { ...harmless, runAsNonRoot: false, runAsUser: 0 } },
      ),
      '"restricted:latest": restricted volume types (volume "v" uses restricted volume type "nfs"), ' +
        'runAsNonRoot != true (container "nginx" must not set securityContext.runAsNonRoot=false), runAsUser=0 (container "nginx" must not set runAsUser=0)',
    ],
  ])('refuses a pod: %s', (_what, labels, body, text) => {
    const { code, message } = serverWith(labels).create('Pod', body);
    expect([code, message]).toEqual([403, `pods "web" is forbidden: violates PodSecurity ${text}`]);
  });

  it.each<[string, Readonly<Record<string, string>>, JsonObject, readonly string[]]>([
    ['what keeps to it', { enforce: 'restricted' }, pod({}, { securityContext: harmless }), []],
    [
      'with a warning, what only the stricter level of warnings forbids',
      { enforce: 'baseline', warn: 'restricted' },
      pod(),
      [`would violate PodSecurity "restricted:latest": ${restrictedTexts}`],
    ],
    ['what only an audit would note', { audit: 'restricted' }, pod(), []],
  ])('lets a pod in: %s', (_what, labels, body, warnings) => {
    const answer = serverWith(labels).create('Pod', body);
    expect([answer.code, answer.warnings]).toEqual([201, warnings]);
  });

  it('only warns of a template: without a level of its own, warnings are of what is enforced', () => {
    const answer = serverWith({ enforce: 'restricted', 'enforce-version': 'v1.30' }).create('Deployment', {
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } },
      },
    });
    expect([answer.code, answer.warnings]).toEqual([
      201,
      [`would violate PodSecurity "restricted:v1.30": ${restrictedTexts}`],
    ]);
  });

  it('lets a pod be changed in what is none of its business', () => {
    const server = serverWith({});
    server.create('Pod', pod());
    server.patch('Namespace', 'default', 'merge', { metadata: { labels: { [label('enforce')]: 'restricted' } } });
    const change = (body: JsonObject): number => server.patch('Pod', 'web', 'strategic', body).code;
    expect(change({ metadata: { labels: { a: 'b' } } })).toBe(200);
    expect(change({ spec: { containers: [{ name: 'nginx', image: 'nginx:2' }] } })).toBe(403);
  });
});

describe('labels of a namespace', () => {
  it('are refused where they cannot be read', () => {
    const labels = { [label('enforce')]: 'strict', [label('warn-version')]: '1.30' };
    expect(new TestServer().create('Namespace', { metadata: { name: 'a', labels } }).message).toBe(
      'Namespace "a" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted, ' +
        'metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "1.30": must be "latest" or "v1.x"]',
    );
  });

  it('that are stricter warn of the pods that are there', () => {
    const server = serverWith({});
    for (const name of ['b', 'a', 'c']) server.create('Pod', { ...pod(), metadata: { name } });
    server.create('Pod', { ...pod({ hostNetwork: true }, { securityContext: harmless }), metadata: { name: 'host' } });
    const answer = server.patch('Namespace', 'default', 'merge', {
      metadata: { labels: { [label('enforce')]: 'restricted' } },
    });
    expect(answer.warnings).toEqual([
      'existing pods in namespace "default" violate the new PodSecurity enforce level "restricted:latest"',
      'a (and 2 other pods): allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile',
      'host: host namespaces',
    ]);
  });
});
