import type { LearnerSandbox, LearnerSandboxes } from '@kubedrill/submissions';
import type { CurrentUser } from '../auth/current-user.ts';
import { ProblemError } from '../http/problem-error.ts';

/** The sandbox of who asks, or a 404. */
export async function ownSandbox(
  sandboxes: Pick<LearnerSandboxes, 'find'>,
  id: string,
  user: CurrentUser,
): Promise<LearnerSandbox> {
  const sandbox = await sandboxes.find(id);
  if (sandbox?.userId === user.id) return sandbox;
  throw new ProblemError('not-found', `There is no sandbox ${id} of yours.`);
}
