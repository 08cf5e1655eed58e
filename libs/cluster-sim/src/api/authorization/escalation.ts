import {
  resources,
  type ClusterRole,
  type ClusterRoleBinding,
  type PolicyRule,
  type Role,
  type RoleBinding,
} from '@kubedrill/kube-model';
import type { ObjectView } from '../../store/object-view.ts';
import type { ApiStatus } from '../request.ts';
import { failure, forbidden } from '../status.ts';
import { goQuote } from '../validation/go-quote.ts';
import { isPrivileged, rbacGroup, type UserInfo } from './access.ts';
import { decide, rulesOf } from './authorizer.ts';
import { compactTexts, quotedWords, uncovered } from './policy-rule.ts';
import { missingRole, referredRules } from './rule-resolver.ts';

/** pkg/registry/rbac/<kind>/policybased: nobody gives what he does not have. */

interface Grantor {
  readonly view: ObjectView;
  /** Absent: one who may do anything. */
  readonly user?: UserInfo | undefined;
}

export function refusedRules(role: Role | ClusterRole, { view, user }: Grantor): ApiStatus | undefined {
  if (!user || isPrivileged(user) || mayEscalate(view, user, role)) return undefined;
  const words = missingRights(view, user, role.metadata.namespace ?? '', role.rules ?? []);
  return words === undefined ? undefined : forbidden(resources[role.kind], role.metadata.name, words);
}

const fullAuthority: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

/** Aggregation can gather anything. */
export function refusedAggregation(roles: readonly ClusterRole[], { view, user }: Grantor): ApiStatus | undefined {
  const [role] = roles;
  if (!user || !role || isPrivileged(user) || mayEscalate(view, user, role)) return undefined;
  if (!roles.some(({ aggregationRule }) => aggregationRule?.clusterRoleSelectors?.length)) return undefined;
  if (missingRights(view, user, '', fullAuthority) === undefined) return undefined;
  const words = 'must have cluster-admin privileges to use the aggregationRule';
  return forbidden(resources.ClusterRole, role.metadata.name, words);
}

export function refusedBinding(
  binding: RoleBinding | ClusterRoleBinding,
  { view, user }: Grantor,
): ApiStatus | undefined {
  const { roleRef, metadata } = binding;
  const namespace = metadata.namespace ?? '';
  if (!user || isPrivileged(user) || mayBind(view, user, binding)) return undefined;
  if (roleRef.kind !== 'Role' && roleRef.kind !== 'ClusterRole')
    return failure(500, '', `unsupported role reference kind: ${goQuote(roleRef.kind)}`);
  const rules = referredRules(view, roleRef, namespace);
  if (!rules) {
    const details = { name: roleRef.name, group: rbacGroup, kind: roleRef.kind.toLowerCase() };
    return failure(404, 'NotFound', missingRole(roleRef), details);
  }
  const words = missingRights(view, user, namespace, rules);
  return words === undefined ? undefined : forbidden(resources[binding.kind], metadata.name, words);
}

/** RoleEscalationAuthorized. */
function mayEscalate(view: ObjectView, user: UserInfo, { kind, metadata }: Role | ClusterRole): boolean {
  const { namespace = '', name } = metadata;
  const { plural } = resources[kind];
  return decide(view, user, { verb: 'escalate', group: rbacGroup, resource: plural, subresource: '', namespace, name })
    .allowed;
}

/** BindingAuthorized. */
function mayBind(view: ObjectView, user: UserInfo, { roleRef, metadata }: RoleBinding | ClusterRoleBinding): boolean {
  if (roleRef.kind !== 'Role' && roleRef.kind !== 'ClusterRole') return false;
  const { plural: resource } = resources[roleRef.kind];
  const { namespace = '' } = metadata;
  const access = { verb: 'bind', group: roleRef.apiGroup, resource, subresource: '', namespace, name: roleRef.name };
  return decide(view, user, access).allowed;
}

/** ConfirmNoEscalation: what the user lacks, in words. */
function missingRights(
  view: ObjectView,
  user: UserInfo,
  namespace: string,
  wanted: readonly PolicyRule[],
): string | undefined {
  const held = rulesOf(view, user, namespace);
  const missing = uncovered(held.rules, wanted);
  if (missing.length === 0) return undefined;
  const who = `user ${goQuote(user.name)} (groups=${quotedWords(user.groups)})`;
  const words = `${who} is attempting to grant RBAC permissions not currently held:\n${compactTexts(missing).join('\n')}`;
  return held.problem === '' ? words : `${words}; resolution errors: [${held.problem}]`;
}
