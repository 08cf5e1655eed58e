import type { Role } from '@kubedrill/contracts';

/** Who may do what, beyond what every learner may with what is his own. The only place where roles are told apart. */
export const permissions = {
  /** Upload, preview, publish, archive and export exercises. */
  'exercises:author': ['instructor', 'admin'],
  /** Read exercises from the server's own disk. */
  'exercises:import': ['admin'],
  /** Grade stored submissions anew, look at the differences, apply them and take them back. */
  'submissions:regrade': ['instructor', 'admin'],
  /** Statistics, groups of similar submissions, comments to them. */
  'submissions:review': ['instructor', 'admin'],
  /** List accounts and give roles. */
  'users:manage': ['admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof permissions;

export function isPermitted(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = permissions[permission];
  return roles.includes(role);
}
