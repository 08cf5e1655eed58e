import type { ApiStatus } from '../api/request.ts';
import type { Change, Reconciliation } from '../engine/controller.ts';
import type { Instant } from '../engine/time.ts';

/** Changes, and the report that follows them. What the API server refuses is an error to the work queue, which tries again. */
export function retried(
  changes: readonly Change[],
  report: (isRefused: boolean) => readonly Change[],
  wakeAt: Instant | undefined,
): Reconciliation {
  const follow = (hasFailed: boolean): Reconciliation => ({
    changes: report(hasFailed),
    hasFailed,
    ...(wakeAt === undefined ? {} : { wakeAt }),
  });
  if (changes.length === 0) return follow(false);
  return { changes, then: (refusal) => follow(refusal !== undefined && !isNamespaceTerminating(refusal)) };
}

/** Controllers of Pods take that for success: nothing that they could try again would succeed. */
export function isNamespaceTerminating({ details }: ApiStatus): boolean {
  return details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') ?? false;
}
