import { describe, expect, it } from '@jest/globals';
import { parseManifests, type Json } from '@kubedrill/kube-model';
import {
  answerReview,
  createCluster,
  refusedAccess,
  type Access,
  type Cluster,
  type UserInfo,
} from '../../../src/index.ts';

const policy = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: default}
rules:
- {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list]}
- {apiGroups: [apps], resources: ["*/scale"], verbs: [update], resourceNames: [web]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: default}
subjects: [{kind: User, name: jane}, {kind: ServiceAccount, name: bot}]
roleRef: {kind: Role, name: reader}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: nowhere, namespace: default}
subjects: [{kind: User, name: max}]
roleRef: {kind: Role, name: gone}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: admins, namespace: default}
subjects: [{kind: Group, name: admins}]
roleRef: {kind: ClusterRole, name: admin}
`;

const user = (name: string, ...groups: string[]): UserInfo => ({ name, groups: [...groups, 'system:authenticated'] });
const jane = user('jane');
const bot = user('system:serviceaccount:default:bot');
const admin = user('anne', 'admins');

const access = (verb: string, resource: string, more: Partial<Access> = {}): Access => ({
  verb,
  group: '',
  resource,
  subresource: '',
  namespace: 'default',
  name: '',
  ...more,
});

function clusterWithPolicy(): Cluster {
  const cluster = createCluster();
  cluster.apply(parseManifests([{ path: 'policy.yaml', content: policy }]).documents);
  cluster.settle();
  return cluster;
}

const cluster = clusterWithPolicy();

it.each<[string, UserInfo, Access]>([
  ['what a Role allows', jane, access('list', 'pods')],
  ['a subresource', jane, access('get', 'pods', { subresource: 'log' })],
  ['a ServiceAccount of the namespace', bot, access('list', 'pods')],
  [
    'any scale of one name',
    jane,
    access('update', 'deployments', { group: 'apps', subresource: 'scale', name: 'web' }),
  ],
  ['discovery', jane, { verb: 'get', path: '/apis/apps' }],
  ['what is gathered over two steps', admin, access('get', 'services')],
  ['a privileged group', user('root', 'system:masters'), access('delete', 'nodes', { namespace: '' })],
])('allows %s', (_what, who, wanted) => {
  expect(refusedAccess(cluster.view, who, wanted)).toBeUndefined();
});

it.each<[UserInfo, Access, string]>([
  [
    jane,
    access('list', 'services'),
    'services is forbidden: User "jane" cannot list resource "services" in API group "" in the namespace "default"',
  ],
  [
    jane,
    access('update', 'deployments', { group: 'apps', subresource: 'scale', name: 'api' }),
    'deployments.apps "api" is forbidden: User "jane" cannot update resource "deployments/scale" in API group "apps" in the namespace "default"',
  ],
  [
    bot,
    access('list', 'nodes', { namespace: '' }),
    'nodes is forbidden: User "system:serviceaccount:default:bot" cannot list resource "nodes" in API group "" at the cluster scope',
  ],
  [jane, { verb: 'get', path: '/metrics' }, 'forbidden: User "jane" cannot get path "/metrics"'],
  [
    user('max'),
    access('get', 'pods', { name: 'web' }),
    'pods "web" is forbidden: User "max" cannot get resource "pods" in API group "" in the namespace "default": RBAC: role.rbac.authorization.k8s.io "gone" not found',
  ],
])('refuses %o', (who, wanted, message) => {
  expect(refusedAccess(cluster.view, who, wanted)).toMatchObject({ code: 403, reason: 'Forbidden', message });
});

describe('escalation', () => {
  const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' };
  const create = (kind: 'Role' | 'RoleBinding', body: Json): unknown =>
    cluster.fork().api.handle({
      verb: 'create',
      user: admin,
      namespace: 'default',
      resource: {
        ...rbac,
        kind,
        plural: `${kind.toLowerCase()}s`,
        singular: kind.toLowerCase(),
        shortNames: [],
        namespaced: true,
      },
      body: { apiVersion: 'rbac.authorization.k8s.io/v1', kind, ...(body as object) } as Json,
    });

  it('lets nobody give what he does not have', () => {
    const rules = [{ apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['get', 'delete'] }];
    expect(create('Role', { metadata: { name: 'more' }, rules })).toMatchObject({
      ok: false,
      status: {
        message:
          'roles.rbac.authorization.k8s.io "more" is forbidden: user "anne" (groups=["admins" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["nodes"], Verbs:["get" "delete"]}',
      },
    });
  });

  it('lets a role be given that one has', () => {
    const roleRef = { kind: 'ClusterRole', name: 'view', apiGroup: 'rbac.authorization.k8s.io' };
    expect(create('RoleBinding', { metadata: { name: 'viewers' }, roleRef })).toMatchObject({ ok: true });
  });
});

it('answers reviews', () => {
  const ask = (kind: 'SelfSubjectAccessReview' | 'SubjectAccessReview', spec: Json): unknown =>
    answerReview(cluster.view, 0, {
      kind,
      apiVersion: 'authorization.k8s.io/v1',
      namespace: '',
      body: { spec },
      user: jane,
    });
  const resourceAttributes = { verb: 'list', resource: 'pods', namespace: 'default' };
  expect(ask('SelfSubjectAccessReview', { resourceAttributes })).toMatchObject({
    object: {
      status: {
        allowed: true,
        reason: 'RBAC: allowed by RoleBinding "readers/default" of Role "reader" to User "jane"',
      },
    },
  });
  expect(ask('SubjectAccessReview', { user: 'someone', resourceAttributes })).toMatchObject({
    object: { status: { allowed: false } },
  });
  expect(ask('SelfSubjectAccessReview', {})).toMatchObject({
    status: {
      message:
        'SelfSubjectAccessReview.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
    },
  });
});
