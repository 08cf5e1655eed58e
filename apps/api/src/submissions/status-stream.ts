import type { SubmissionEvent } from '@kubedrill/contracts';
import type { StatusChange, SubmissionEvents, SubmissionStatus, SubmissionStore } from '@kubedrill/submissions';
import { Observable } from 'rxjs';
import { ProblemError } from '../http/problem-error.ts';

export interface StatusMessage {
  readonly type: 'status';
  readonly data: SubmissionEvent;
}

const ending: ReadonlySet<SubmissionStatus> = new Set(['graded', 'faulted']);

/** The submission's status now and each change from now on. Ends after graded and after faulted, and when the client leaves. */
export function statusStream(store: SubmissionStore, events: SubmissionEvents, id: string): Observable<StatusMessage> {
  return new Observable((subscriber) => {
    const send = ({ status, at }: StatusChange): void => {
      subscriber.next({ type: 'status', data: { id, status, at: at.toISOString() } });
      if (ending.has(status)) subscriber.complete();
    };
    // Subscribed before the status is read, so that no change is missed between the two.
    const subscription = events.subscribe(id, send);
    if (subscription.kind === 'full') {
      subscriber.error(
        new ProblemError('unavailable', 'Too many listeners just now. Look at the submission itself, or try again.'),
      );
      return undefined;
    }
    store.find(id).then(
      (submission) => {
        if (submission) send({ id, status: submission.status, at: submission.gradedAt ?? new Date() });
      },
      (error: unknown) => subscriber.error(error),
    );
    return subscription.unsubscribe;
  });
}
