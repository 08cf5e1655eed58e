import type { ClusterRoleBinding, PolicyRule, RoleBinding, RoleRef, Subject } from '@kubedrill/kube-model';
import type { ObjectView } from '../../store/object-view.ts';
import { goQuote } from '../validation/go-quote.ts';
import { accountUsername, rbacGroup, type UserInfo } from './access.ts';

/** pkg/registry/rbac/validation/rule.go DefaultRuleResolver: which rules apply to a user. */

/** The rules that one binding gives, or what keeps it from giving any. */
export interface GrantedRules {
  /** "RoleBinding "rb/default" of Role "r" to User "jane"". */
  readonly source: string;
  readonly rules: readonly PolicyRule[];
  readonly problem?: string;
}

/** By ClusterRoleBindings, then by the RoleBindings of the namespace. */
export function* grantedRules(view: ObjectView, user: UserInfo, namespace: string): Generator<GrantedRules> {
  for (const binding of byName(view.list('ClusterRoleBinding'))) {
    const granted = grantedBy(view, binding, user, '');
    if (granted) yield granted;
  }
  if (namespace === '') return;
  for (const binding of byName(view.list('RoleBinding', namespace))) {
    const granted = grantedBy(view, binding, user, namespace);
    if (granted) yield granted;
  }
}

function byName<B extends RoleBinding | ClusterRoleBinding>(bindings: readonly B[]): readonly B[] {
  return bindings.toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
}

function grantedBy(
  view: ObjectView,
  binding: RoleBinding | ClusterRoleBinding,
  user: UserInfo,
  namespace: string,
): GrantedRules | undefined {
  const subject = binding.subjects?.find((candidate) => isUser(candidate, user, namespace));
  if (!subject) return undefined;
  const { roleRef, metadata, kind } = binding;
  const name = namespace === '' ? metadata.name : `${metadata.name}/${namespace}`;
  const role = `${roleRef.kind} ${goQuote(roleRef.name)}`;
  const source = `${kind} ${goQuote(name)} of ${role} to ${describeSubject(subject, namespace)}`;
  const rules = referredRules(view, roleRef, namespace);
  return rules ? { source, rules } : { source, rules: [], problem: missingRole(roleRef) };
}

function describeSubject({ kind, name, namespace }: Subject, bindingNamespace: string): string {
  return `${kind} ${goQuote(kind === 'ServiceAccount' ? `${name}/${namespace || bindingNamespace}` : name)}`;
}

function isUser(subject: Subject, user: UserInfo, namespace: string): boolean {
  switch (subject.kind) {
    case 'User':
      return user.name === subject.name;
    case 'Group':
      return user.groups.includes(subject.name);
    case 'ServiceAccount': {
      const of = subject.namespace || namespace;
      return of !== '' && user.name === accountUsername(of, subject.name);
    }
    default:
      return false;
  }
}

/** Undefined: there is no such role. */
export function referredRules(
  view: ObjectView,
  { kind, name }: RoleRef,
  namespace: string,
): readonly PolicyRule[] | undefined {
  const role = kind === 'Role' ? view.get('Role', namespace, name) : view.get('ClusterRole', '', name);
  return role && (role.rules ?? []);
}

/** What the listers say, which know a resource by its singular. */
export function missingRole({ kind, name }: RoleRef): string {
  return `${kind.toLowerCase()}.${rbacGroup} ${goQuote(name)} not found`;
}
