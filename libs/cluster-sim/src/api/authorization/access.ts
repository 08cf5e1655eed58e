/** Who asks for what: apiserver/pkg/authentication/user and authorization/authorizer. */

export interface UserInfo {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export interface ResourceAccess {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** '' where the request is for the object itself. */
  readonly subresource: string;
  /** '' at the cluster scope. */
  readonly namespace: string;
  /** '' for a collection. */
  readonly name: string;
}

export interface PathAccess {
  readonly verb: string;
  readonly path: string;
}

export type Access = ResourceAccess | PathAccess;

export const rbacGroup = 'rbac.authorization.k8s.io';

/** The group whose members may do anything. */
const privilegedGroup = 'system:masters';
const authenticatedGroup = 'system:authenticated';

/** Whose certificate an administrator's kubeconfig holds. */
export const administrator: UserInfo = { name: 'kubernetes-admin', groups: [privilegedGroup, authenticatedGroup] };

export function isPrivileged({ groups }: UserInfo): boolean {
  return groups.includes(privilegedGroup);
}

const accountPrefix = 'system:serviceaccount:';

/** apiserver/pkg/authentication/serviceaccount MakeUsername. */
export function accountUsername(namespace: string, name: string): string {
  return `${accountPrefix}${namespace}:${name}`;
}

/** The ServiceAccount that a user is: SplitUsername. */
export function accountOf(username: string): { readonly namespace: string; readonly name: string } | undefined {
  if (!username.startsWith(accountPrefix)) return undefined;
  const [namespace = '', name = '', ...rest] = username.slice(accountPrefix.length).split(':');
  return rest.length === 0 && namespace !== '' && name !== '' ? { namespace, name } : undefined;
}

/** MakeGroupNames. */
export function accountGroups(namespace: string): readonly string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}
