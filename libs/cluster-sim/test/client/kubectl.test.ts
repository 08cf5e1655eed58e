import { describe, expect, it } from '@jest/globals';
import type { JsonObject, ManifestDocument } from '@kubedrill/kube-model';
import { deploymentDefinition } from '../../src/api/kinds/deployment/deployment-definition.ts';
import type { KubectlOptions } from '../../src/client/kubectl.ts';
import { kubectlApply, kubectlCreate, kubectlReplace } from '../../src/client/kubectl.ts';
import { BareServer } from './bare-server.ts';

const { schema } = deploymentDefinition;

function documentOf(value: JsonObject): ManifestDocument {
  return { file: 'f.yaml', index: 0, value, locate: () => ({ file: 'f.yaml', line: 1, column: 1 }) };
}

function deployment(spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', ...metadata }, spec };
}

const server = (): BareServer => new BareServer(schema);

function apply(api: BareServer, value: JsonObject, options?: KubectlOptions): string {
  return kubectlApply({ api, schemaOf: () => schema }, [documentOf(value)], options)
    .map(({ printed }) => printed)
    .join('\n');
}

const outside = (): KubectlOptions => ({ lastApplied: { kind: 'outside', manifests: new Map() } });

describe('kubectl apply', () => {
  it('creates, changes, and leaves alone', () => {
    const api = server();
    expect(apply(api, deployment({ replicas: 1 }))).toBe('deployment.apps/web created');
    expect(apply(api, deployment({ replicas: 2 }))).toBe('deployment.apps/web configured');
    expect(apply(api, deployment({ replicas: 2 }))).toBe('deployment.apps/web unchanged');
  });

  it('keeps the manifest in an annotation', () => {
    const api = server();
    apply(api, deployment({ paused: true }, { annotations: { note: '<b>' } }));
    const [created] = [...api.objects.values()];
    expect((created?.metadata as JsonObject).annotations).toEqual({
      note: '<b>',
      'kubectl.kubernetes.io/last-applied-configuration':
        '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"annotations":{"note":"\\u003cb\\u003e"},"name":"web","namespace":"default"},"spec":{"paused":true}}\n',
    });
  });

  it('removes what the last manifest had, and nothing else', () => {
    const [api, options] = [server(), outside()];
    apply(api, deployment({ paused: true, replicas: 2 }), options);
    const [key, created] = [...api.objects][0] ?? ['', {}];
    api.objects.set(key, { ...created, spec: { ...(created.spec as JsonObject), minReadySeconds: 5 } });
    apply(api, deployment({ replicas: 2 }), options);
    expect(api.objects.get(key)?.spec).toEqual({ replicas: 2, minReadySeconds: 5 });
    expect(api.requests.at(-1)).toMatchObject({
      verb: 'patch',
      patchType: 'strategic',
      body: { spec: { paused: null } },
    });
  });

  it('drops nulls from a new object', () => {
    const api = server();
    apply(api, deployment({ replicas: null, paused: true }), outside());
    expect(api.requests.at(-1)).toMatchObject({ verb: 'create', body: { spec: { paused: true } } });
  });

  it('unpacks lists', () => {
    const api = server();
    const items = [
      deployment({}, { name: 'a' }),
      { apiVersion: 'v1', kind: 'List', items: [deployment({}, { name: 'b' })] },
    ];
    expect(apply(api, { apiVersion: 'v1', kind: 'List', items })).toBe(
      'deployment.apps/a created\ndeployment.apps/b created',
    );
  });

  const validation = 'if you choose to ignore these errors, turn validation off with --validate=false';
  it.each<[string, JsonObject, string]>([
    [
      'no kind',
      { apiVersion: 'v1' },
      `error: error validating "f.yaml": error validating data: kind not set; ${validation}`,
    ],
    [
      'nothing set',
      {},
      `error: error validating "f.yaml": error validating data: [apiVersion not set, kind not set]; ${validation}`,
    ],
    [
      'an unknown kind',
      { apiVersion: 'v1', kind: 'Servcie', metadata: { name: 'x' } },
      'error: resource mapping not found for name: "x" namespace: "" from "f.yaml": no matches for kind "Servcie" in version "v1"\nensure CRDs are installed first',
    ],
    [
      'a generated name',
      deployment({}, { name: '', generateName: 'web-' }),
      'error: from web-: cannot use generate name with apply',
    ],
  ])('refuses %s', (_, value, text) => {
    const api = server();
    expect(apply(api, value)).toBe(text);
    expect(api.requests).toEqual([]);
  });

  it('refuses another namespace than the one that is enforced', () => {
    const text = `error: the namespace from the provided object "b" does not match the namespace "a". You must pass '--namespace=b' to perform this operation.`;
    expect(apply(server(), deployment({}, { namespace: 'b' }), { namespace: 'a', enforceNamespace: true })).toBe(text);
  });
});

describe('kubectl create and replace', () => {
  it('always posts', () => {
    const api = server();
    kubectlCreate({ api }, [documentOf(deployment())]);
    expect(api.requests.map(({ verb }) => verb)).toEqual(['create']);
  });

  it('fills in the live version', () => {
    const api = server();
    api.objects.set('Deployment/default/web', deployment({}, { resourceVersion: '7' }));
    const [replaced] = kubectlReplace({ api }, [documentOf(deployment({ replicas: 3 }))]);
    expect(replaced?.printed).toBe('deployment.apps/web replaced');
    expect(api.requests.at(-1)).toMatchObject({ verb: 'update', body: { metadata: { resourceVersion: '7' } } });
  });
});
