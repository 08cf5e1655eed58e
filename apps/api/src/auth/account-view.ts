import type { AccountView } from '@kubedrill/contracts';
import type { CurrentUser } from './current-user.ts';

export function accountViewOf({ id, email, name, role, createdAt }: CurrentUser): AccountView {
  return { id, email, name, role, createdAt: createdAt.toISOString() };
}
