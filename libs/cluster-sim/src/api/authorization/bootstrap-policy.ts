import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, Subject } from '@kubedrill/kube-model';
import type { Draft } from '../../engine/controller.ts';
import { rbacGroup } from './access.ts';
import { aggregatedRules } from './aggregation.ts';
import roles from './bootstrap-roles.json' with { type: 'json' };

/**
 * plugin/pkg/auth/authorizer/rbac/bootstrappolicy: the roles and bindings that every cluster has. `bootstrap-roles.json` holds their rules
 * in a short form: "get,list core,apps: pods deployments named web", or "get /healthz /version".
 */

type PolicyDraft = Draft<ClusterRole | ClusterRoleBinding | Role | RoleBinding>;

const apiVersion = `${rbacGroup}/v1`;
const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const annotations = { 'rbac.authorization.kubernetes.io/autoupdate': 'true' };

/** Which roles are gathered into which: the label aggregate-to-<name>. */
const adds: Readonly<Record<string, string>> = {
  edit: 'admin',
  view: 'edit',
  'system:aggregate-to-admin': 'admin',
  'system:aggregate-to-edit': 'edit',
  'system:aggregate-to-view': 'view',
};
const gathering: ReadonlySet<string> = new Set(['admin', 'edit', 'view']);

const clusterBindings: Readonly<Record<string, readonly Subject[]>> = {
  'cluster-admin': [group('system:masters')],
  'system:basic-user': [group('system:authenticated')],
  'system:discovery': [group('system:authenticated')],
  'system:kube-controller-manager': [user('system:kube-controller-manager')],
  'system:kube-dns': [account('kube-dns')],
  'system:kube-scheduler': [user('system:kube-scheduler')],
  'system:monitoring': [group('system:monitoring')],
  'system:node': [],
  'system:node-proxier': [user('system:kube-proxy')],
  'system:public-info-viewer': [group('system:authenticated'), group('system:unauthenticated')],
  'system:service-account-issuer-discovery': [group('system:serviceaccounts')],
  'system:volume-scheduler': [user('system:kube-scheduler')],
};

const controllerManager = user('system:kube-controller-manager');
const scheduler = user('system:kube-scheduler');

const bindings: readonly (readonly [namespace: string, name: string, role: string, subjects: readonly Subject[]])[] = [
  [
    'kube-public',
    'system:controller:bootstrap-signer',
    'system:controller:bootstrap-signer',
    [account('bootstrap-signer')],
  ],
  [
    'kube-system',
    'system::extension-apiserver-authentication-reader',
    'extension-apiserver-authentication-reader',
    [controllerManager, scheduler],
  ],
  [
    'kube-system',
    'system::leader-locking-kube-controller-manager',
    'system::leader-locking-kube-controller-manager',
    [controllerManager, account('kube-controller-manager'), account('leader-election-controller')],
  ],
  [
    'kube-system',
    'system::leader-locking-kube-scheduler',
    'system::leader-locking-kube-scheduler',
    [scheduler, account('kube-scheduler')],
  ],
  [
    'kube-system',
    'system:controller:bootstrap-signer',
    'system:controller:bootstrap-signer',
    [account('bootstrap-signer')],
  ],
  ['kube-system', 'system:controller:cloud-provider', 'system:controller:cloud-provider', [account('cloud-provider')]],
  ['kube-system', 'system:controller:token-cleaner', 'system:controller:token-cleaner', [account('token-cleaner')]],
];

function user(name: string): Subject {
  return { kind: 'User', apiGroup: rbacGroup, name };
}

function group(name: string): Subject {
  return { kind: 'Group', apiGroup: rbacGroup, name };
}

function account(name: string): Subject {
  return { kind: 'ServiceAccount', name, namespace: 'kube-system' };
}

export function bootstrapPolicy(): readonly PolicyDraft[] {
  return [...gathered(clusterRoles()), ...clusterRoleBindings(), ...namespacedRoles(), ...namespacedBindings()];
}

function clusterRoles(): readonly Draft<ClusterRole>[] {
  const controllers = Object.entries(roles.controllerRoles).map(
    ([name, rules]) => [controllerRole(name), rules] as const,
  );
  return [...Object.entries(roles.clusterRoles), ...controllers].map(([name, rules]) => {
    const target = adds[name];
    const added = target === undefined ? {} : { [aggregationLabel(target)]: 'true' };
    const selector = { matchLabels: { [aggregationLabel(name)]: 'true' } };
    return {
      apiVersion,
      kind: 'ClusterRole',
      metadata: { name, labels: { ...labels, ...added }, annotations },
      rules: rules.map(ruleOf),
      ...(gathering.has(name) ? { aggregationRule: { clusterRoleSelectors: [selector] } } : {}),
    };
  });
}

/** What the aggregation controller makes of them: `view` goes into `edit`, which goes into `admin`. */
function gathered(drafts: readonly Draft<ClusterRole>[]): readonly Draft<ClusterRole>[] {
  let all = drafts;
  for (const name of ['view', 'edit', 'admin'])
    all = all.map((draft) =>
      draft.metadata.name === name
        ? { ...draft, rules: aggregatedRules(draft as ClusterRole, all as ClusterRole[]) }
        : draft,
    );
  return all;
}

function aggregationLabel(name: string): string {
  return `${rbacGroup}/aggregate-to-${name}`;
}

function controllerRole(name: string): string {
  return `system:controller:${name}`;
}

function clusterRoleBindings(): readonly Draft<ClusterRoleBinding>[] {
  const ofControllers = Object.keys(roles.controllerRoles).map(
    (name) => [controllerRole(name), [account(name)]] as const,
  );
  return [...Object.entries(clusterBindings), ...ofControllers].map(([name, subjects]) => ({
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name, labels, annotations },
    ...(subjects.length > 0 ? { subjects } : {}),
    roleRef: { apiGroup: rbacGroup, kind: 'ClusterRole', name },
  }));
}

function namespacedRoles(): readonly Draft<Role>[] {
  return Object.entries(roles.roles).map(([key, rules]) => {
    const [namespace = '', name = ''] = key.split('/');
    return { apiVersion, kind: 'Role', metadata: { name, namespace, labels, annotations }, rules: rules.map(ruleOf) };
  });
}

function namespacedBindings(): readonly Draft<RoleBinding>[] {
  return bindings.map(([namespace, name, role, subjects]) => ({
    apiVersion,
    kind: 'RoleBinding',
    metadata: { name, namespace, labels, annotations },
    subjects,
    roleRef: { apiGroup: rbacGroup, kind: 'Role', name: role },
  }));
}

function ruleOf(text: string): PolicyRule {
  const [verbs = '', first = '', ...others] = text.split(' ');
  if (!first.endsWith(':')) return { verbs: verbs.split(','), nonResourceURLs: [first, ...others] };
  const named = others.indexOf('named');
  return {
    verbs: verbs.split(','),
    apiGroups: first
      .slice(0, -1)
      .split(',')
      .map((name) => (name === 'core' ? '' : name)),
    resources: named < 0 ? others : others.slice(0, named),
    ...(named < 0 ? {} : { resourceNames: others.slice(named + 1) }),
  };
}
