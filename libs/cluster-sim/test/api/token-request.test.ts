import { describe, expect, it } from '@jest/globals';
import { parseManifests, resources, type Json, type JsonObject } from '@kubedrill/kube-model';
import { createCluster, type ApiResponse, type Cluster } from '../../src/index.ts';

const manifests = `
{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {serviceAccountName: robot, containers: [{name: c, image: nginx}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: other}, spec: {containers: [{name: c, image: nginx}]}}
`;
const issuer = 'https://kubernetes.default.svc.cluster.local';
const onWeb = { kind: 'Pod', apiVersion: 'v1', name: 'web' };

function clusterWithAccount(): Cluster {
  const cluster = createCluster();
  cluster.settle();
  cluster.apply(parseManifests([{ path: 'test.yaml', content: manifests }]).documents);
  cluster.settle();
  return cluster;
}

function asked(cluster: Cluster, name: string, body: Json): ApiResponse {
  const resource = resources.ServiceAccount;
  return cluster.api.handle({ verb: 'create', resource, namespace: 'default', name, subresource: 'token', body });
}

interface Answer {
  readonly metadata: JsonObject;
  readonly spec: JsonObject;
  readonly status: { readonly token: string; readonly expirationTimestamp: string };
}

function answered(cluster: Cluster, spec: JsonObject): Answer & { readonly parts: readonly JsonObject[] } {
  const response = asked(cluster, 'robot', { spec });
  if (!response.ok || !('object' in response)) throw new Error(JSON.stringify(response));
  const answer = response.object as unknown as Answer;
  const texts = answer.status.token.split('.').slice(0, 2);
  return { ...answer, parts: texts.map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as JsonObject) };
}

/** pkg/registry/core/serviceaccount/storage/token.go and pkg/serviceaccount/claims.go. */
describe('serviceaccounts/token', () => {
  it('answers with a token of the account', () => {
    const cluster = clusterWithAccount();
    const uid = cluster.view.get('ServiceAccount', 'default', 'robot')?.metadata.uid;
    const { metadata, spec, status, parts } = answered(cluster, {});
    const [header, claims = {}] = parts;
    expect(metadata).toMatchObject({ name: 'robot', namespace: 'default', uid });
    expect(spec).toMatchObject({ audiences: [issuer], expirationSeconds: 3600 });
    expect(header).toMatchObject({ alg: 'RS256' });
    expect(claims).toMatchObject({
      aud: [issuer],
      iss: issuer,
      sub: 'system:serviceaccount:default:robot',
      'kubernetes.io': { namespace: 'default', serviceaccount: { name: 'robot', uid } },
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600);
    expect(Math.floor(Date.parse(status.expirationTimestamp) / 1000)).toBe(claims['exp']);
    expect(Buffer.from(status.token.split('.')[2] ?? '', 'base64url')).toHaveLength(256);
  });

  it('binds a token to a Pod and its node', () => {
    const cluster = clusterWithAccount();
    const [, claims = {}] = answered(cluster, { boundObjectRef: onWeb }).parts;
    const { metadata, spec } = cluster.view.get('Pod', 'default', 'web') ?? {};
    const bound = { pod: { name: 'web', uid: metadata?.uid }, node: { name: spec?.nodeName } };
    expect(claims['kubernetes.io']).toMatchObject(bound);
  });

  it('lets the tokens of the kubelet live for a year, and warn of it', () => {
    const { parts, spec } = answered(clusterWithAccount(), { boundObjectRef: onWeb, expirationSeconds: 3607 });
    const [, claims = {}] = parts;
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(365 * 24 * 60 * 60);
    expect(claims['kubernetes.io']).toMatchObject({ warnafter: Number(claims['iat']) + 3607 });
    expect(spec['expirationSeconds']).toBe(3607);
  });

  const invalid = (name: string, problem: string): string =>
    `TokenRequest.authentication.k8s.io "${name}" is invalid: ${problem}`;
  const bound = (changes: JsonObject): JsonObject => ({ spec: { boundObjectRef: { ...onWeb, ...changes } } });
  it.each<readonly [string, string, JsonObject, number, string]>([
    ['an account that there is not', 'nobody', {}, 404, 'serviceaccounts "nobody" not found'],
    [
      'another name',
      'robot',
      { metadata: { name: 'x' } },
      422,
      invalid('robot', 'metadata.name: Invalid value: "x": must match the service account name if specified'),
    ],
    [
      'a short life',
      'robot',
      { spec: { expirationSeconds: 599 } },
      422,
      invalid('', 'spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes'),
    ],
    [
      'a life that is too long',
      'robot',
      { spec: { expirationSeconds: 4_294_967_297 } },
      422,
      invalid(
        '',
        'spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds',
      ),
    ],
    [
      'a Pod of another account',
      'robot',
      bound({ name: 'other' }),
      400,
      'cannot bind token for serviceaccount "robot" to pod running with different serviceaccount name.',
    ],
    ['a Pod that there is not', 'robot', bound({ name: 'x' }), 404, 'pods "x" not found'],
    [
      'what no token is bound to',
      'robot',
      bound({ kind: 'Deployment', apiVersion: 'apps/v1' }),
      400,
      'cannot bind token to object of type apps/v1, Kind=Deployment',
    ],
    [
      'another uid',
      'robot',
      bound({ uid: 'u' }),
      409,
      'Operation cannot be fulfilled on Pod "web": the UID in the bound object reference (u) does not match the UID in record. The object might have been deleted and then recreated',
    ],
  ])('refuses %s', (_, name, body, code, message) => {
    expect(asked(clusterWithAccount(), name, body)).toMatchObject({ ok: false, status: { code, message } });
  });
});
