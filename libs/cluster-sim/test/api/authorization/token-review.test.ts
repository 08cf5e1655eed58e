import { describe, expect, it } from '@jest/globals';
import { resources, type JsonObject } from '@kubedrill/kube-model';
import { answerReview, createCluster, type Cluster } from '../../../src/index.ts';

const issuer = 'https://kubernetes.default.svc.cluster.local';

function tokenOf(cluster: Cluster, spec: JsonObject = {}): string {
  const response = cluster.api.handle({
    ...{
      verb: 'create',
      resource: resources.ServiceAccount,
      subresource: 'token',
      namespace: 'default',
      name: 'default',
    },
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec },
  });
  if (!response.ok || !('object' in response)) throw new Error('no token');
  return (response.object as unknown as { readonly status: { readonly token: string } }).status.token;
}

function review({ view, clock }: Cluster, spec: JsonObject): unknown {
  const [kind, apiVersion] = ['TokenReview', 'authentication.k8s.io/v1'] as const;
  const body = { apiVersion, kind, spec };
  const answer = answerReview(view, clock.now(), { kind, apiVersion, namespace: '', body, user: undefined });
  return answer.ok ? answer.object['status'] : answer.status.message;
}

/** pkg/registry/authentication/tokenreview and pkg/serviceaccount/claims.go. */
describe('TokenReview', () => {
  it('knows the tokens of service accounts', () => {
    const cluster = createCluster();
    cluster.settle();
    const uid = cluster.view.get('ServiceAccount', 'default', 'default')?.metadata.uid;
    expect(review(cluster, { token: tokenOf(cluster) })).toEqual({
      authenticated: true,
      user: {
        ...{ username: 'system:serviceaccount:default:default', uid },
        groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
        extra: { 'authentication.kubernetes.io/credential-id': [expect.stringMatching(/^JTI=[0-9a-f-]{36}$/)] },
      },
      audiences: [issuer],
    });
  });

  it.each<[string, (cluster: Cluster) => JsonObject, unknown]>([
    ['no token', () => ({}), 'token is required for TokenReview in authentication'],
    ['a token of nobody', () => ({ token: 'abc' }), { authenticated: false, user: {}, error: 'invalid bearer token' }],
    [
      'a token that somebody has changed',
      (cluster) => ({ token: tokenOf(cluster).replace('.', '.e30') }),
      { authenticated: false, user: {}, error: 'invalid bearer token' },
    ],
    [
      'a token for somebody else',
      (cluster) => ({ token: tokenOf(cluster, { audiences: ['vault'] }) }),
      {
        ...{ authenticated: false, user: {} },
        error: `[invalid bearer token, token audiences ["vault"] is invalid for the target audiences ["${issuer}"]]`,
      },
    ],
    [
      'a token of former times',
      (cluster) => {
        const token = tokenOf(cluster, { expirationSeconds: 600 });
        cluster.advance(600_000);
        return { token };
      },
      { authenticated: false, user: {}, error: '[invalid bearer token, service account token has expired]' },
    ],
  ])('refuses %s', (_, spec, expected) => {
    const cluster = createCluster();
    cluster.settle();
    expect(review(cluster, spec(cluster))).toEqual(expected);
  });
});
