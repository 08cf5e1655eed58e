import type { PolicyRule } from '@kubedrill/kube-model';
import type { ObjectView } from '../../store/object-view.ts';
import type { ApiStatus } from '../request.ts';
import { failure } from '../status.ts';
import { goQuote } from '../validation/go-quote.ts';
import { isPrivileged, type Access, type UserInfo } from './access.ts';
import { allows } from './policy-rule.ts';
import { grantedRules } from './rule-resolver.ts';

export interface Decision {
  readonly allowed: boolean;
  /** '' where there is nothing to say. */
  readonly reason: string;
}

/** The members of system:masters may do anything; all others what RBAC allows: plugin/pkg/auth/authorizer/rbac. */
export function decide(view: ObjectView, user: UserInfo, access: Access): Decision {
  if (isPrivileged(user)) return { allowed: true, reason: '' };
  const problems = new Set<string>();
  for (const { source, rules, problem } of grantedRules(view, user, 'path' in access ? '' : access.namespace)) {
    if (rules.some((rule) => allows(rule, access))) return { allowed: true, reason: `RBAC: allowed by ${source}` };
    if (problem !== undefined) problems.add(problem);
  }
  return { allowed: false, reason: problems.size === 0 ? '' : `RBAC: ${aggregated([...problems])}` };
}

export interface RulesOfUser {
  readonly rules: readonly PolicyRule[];
  /** '' where all were found. */
  readonly problem: string;
}

export function rulesOf(view: ObjectView, user: UserInfo, namespace: string): RulesOfUser {
  const granted = [...grantedRules(view, user, namespace)];
  const problems = new Set(granted.flatMap(({ problem }) => (problem === undefined ? [] : [problem])));
  return { rules: granted.flatMap(({ rules }) => rules), problem: aggregated([...problems]) };
}

function aggregated(problems: readonly string[]): string {
  return problems.length > 1 ? `[${problems.join(', ')}]` : (problems[0] ?? '');
}

/** The refusal of what is not allowed; undefined: it is allowed. */
export function refusedAccess(view: ObjectView, user: UserInfo, access: Access): ApiStatus | undefined {
  const { allowed, reason } = decide(view, user, access);
  return allowed ? undefined : forbiddenAccess(user, access, reason);
}

/** apiserver/pkg/endpoints/handlers/responsewriters/errors.go ForbiddenStatusError. */
function forbiddenAccess(user: UserInfo, access: Access, reason: string): ApiStatus {
  const words = deniedWords(user, access).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const why = reason === '' ? words : `${words}: ${reason}`;
  if ('path' in access) return failure(403, 'Forbidden', `forbidden: ${why}`, {});
  const { group, resource, name } = access;
  const groupResource = group === '' ? resource : `${resource}.${group}`;
  const subject = name === '' ? groupResource : `${groupResource} ${goQuote(name)}`;
  const details = { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: resource };
  return failure(403, 'Forbidden', `${subject} is forbidden: ${why}`, details);
}

function deniedWords({ name: user }: UserInfo, access: Access): string {
  const who = `User ${goQuote(user)} cannot ${access.verb}`;
  if ('path' in access) return `${who} path ${goQuote(access.path)}`;
  const { group, resource, subresource, namespace } = access;
  const what = goQuote(subresource === '' ? resource : `${resource}/${subresource}`);
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${goQuote(namespace)}`;
  return `${who} resource ${what} in API group ${goQuote(group)} ${where}`;
}
