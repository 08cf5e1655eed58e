import type { SubmissionEvent } from '@kubedrill/contracts';
import type { StatusChange, SubmissionEvents, SubmissionStatus, SubmissionStore } from '@kubedrill/submissions';
import { finalize, map, type Observable, ReplaySubject } from 'rxjs';
import { ProblemError } from '../http/problem-error.ts';

export interface StatusMessage {
  readonly type: 'status';
  readonly data: SubmissionEvent;
}

const ending: ReadonlySet<SubmissionStatus> = new Set(['graded', 'faulted']);

/** Changes kept for a client whose stream has not begun: more than one life of a submission has. */
const kept = 8;

/**
 * The status of the learner's submission now and each change from now on. Ends after graded and after faulted, and when the
 * client leaves. Undefined when the learner has no such submission.
 */
export async function statusStream(
  { store, events }: { readonly store: SubmissionStore; readonly events: SubmissionEvents },
  id: string,
  userId: string,
): Promise<Observable<StatusMessage> | undefined> {
  const changes = new ReplaySubject<StatusChange>(kept);
  const send = (change: StatusChange): void => {
    changes.next(change);
    if (ending.has(change.status)) changes.complete();
  };
  // Subscribed before the status is read, so that no change is missed between the two.
  const subscription = events.subscribe(id, send);
  if (subscription.kind === 'full') {
    throw new ProblemError('unavailable', 'Too many listeners just now. Look at the submission itself, or try again.');
  }
  // Also when the client left before its stream began: then nobody subscribes, and the end of the submission ends it.
  changes.subscribe({ complete: subscription.unsubscribe });
  try {
    const state = await store.findState(id);
    if (state?.userId !== userId) {
      changes.complete();
      return undefined;
    }
    send({ id, status: state.status, at: state.changedAt });
  } catch (error) {
    changes.complete();
    throw error;
  }
  return changes.pipe(
    map(({ status, at }) => ({ type: 'status' as const, data: { id, status, at: at.toISOString() } })),
    finalize(subscription.unsubscribe),
  );
}
