import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { servedCluster, type ServedCluster } from './api-client.ts';

const manifests = `
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader}, rules: [{verbs: [get, list], apiGroups: [""], resources: [pods]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: jane}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}, subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]}
`;
const authorization = '/apis/authorization.k8s.io/v1';
const asJane = { 'impersonate-user': 'jane', 'impersonate-group': 'system:authenticated' };
let served: ServedCluster;

beforeAll(async () => {
  served = await servedCluster(manifests);
});

afterAll(() => served.close());

async function ask(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const sent = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  };
  const { status, text } = await served.send(`${authorization}${path}`, sent);
  return { status, answer: JSON.parse(text) as unknown };
}

const local = '/namespaces/default/localsubjectaccessreviews';
const pods = (verb: string, namespace = 'default'): object => ({ namespace, verb, resource: 'pods' });

/** pkg/registry/authorization, and what pkg/apis/authorization/validation says of each. */
describe('reviews', () => {
  it.each([
    ['get', true],
    ['delete', false],
  ])('in a namespace: whether somebody may %s', async (verb, allowed) => {
    const spec = { user: 'jane', resourceAttributes: pods(verb) };
    const reason = 'RBAC: allowed by RoleBinding "jane/default" of Role "reader" to User "jane"';
    expect(await ask(local, { metadata: { namespace: 'default' }, spec })).toMatchObject({
      status: 201,
      answer: { kind: 'LocalSubjectAccessReview', status: allowed ? { allowed, reason } : { allowed } },
    });
  });

  it.each([
    [
      'another namespace than that of the address',
      { metadata: { namespace: 'other' }, spec: { user: 'jane', resourceAttributes: pods('get', 'other') } },
      400,
      'spec.resourceAttributes.namespace must match namespace: default',
    ],
    [
      'two namespaces',
      { metadata: { namespace: 'default' }, spec: { user: 'jane', resourceAttributes: pods('get', 'other') } },
      422,
      'spec.resourceAttributes.namespace: Invalid value: "other": must match metadata.namespace',
    ],
    [
      'a path',
      { metadata: { namespace: 'default' }, spec: { user: 'jane', nonResourceAttributes: { path: '/', verb: 'get' } } },
      422,
      'disallowed on this kind of request',
    ],
    [
      'nobody',
      { metadata: { namespace: 'default' }, spec: { resourceAttributes: pods('get') } },
      422,
      'spec.user: Invalid value: "": at least one of user or group must be specified',
    ],
  ])('in a namespace are not about %s', async (_, body, status, message) => {
    const answer = { message: expect.stringContaining(message) as unknown };
    expect(await ask(local, body)).toMatchObject({ status, answer });
  });

  it('tell somebody his rules', async () => {
    const spec = { namespace: 'default' };
    const answer = await ask('/selfsubjectrulesreviews', { spec }, asJane);
    expect(answer).toMatchObject({
      status: 201,
      answer: { kind: 'SelfSubjectRulesReview', status: { incomplete: false } },
    });
    const { resourceRules } = (answer as { answer: { status: { resourceRules: object[] } } }).answer.status;
    expect(resourceRules).toContainEqual({ verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] });
  });

  it('tell no rules of no namespace', async () => {
    const answer = { message: 'no namespace on request' };
    expect(await ask('/selfsubjectrulesreviews', { spec: {} })).toMatchObject({ status: 400, answer });
  });
});
