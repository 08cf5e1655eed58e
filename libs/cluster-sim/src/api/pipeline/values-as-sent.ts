import type { ApiRequest, ApiResponse, ApiStatus, StatusCause } from '../request.ts';
import type { Backend } from './backend.ts';
import { answerRequest } from './handlers.ts';

/**
 * In Go a list or map without elements is not the same as none until the object is written back, and a refusal that shows the
 * field tells them apart: `[]` or `{}`, not `null`. What is accepted never shows it, so everything is decoded as it will be stored,
 * and only a refused request is looked at once more as it was sent, without effect.
 */
export function answerShowingValuesAsSent(backend: Backend, request: ApiRequest): ApiResponse {
  const answer = answerRequest(backend, request);
  if (answer.ok || answer.status.reason !== 'Invalid' || !('body' in request)) return answer;
  // On copies: whatever it does is forgotten.
  const copies = { store: backend.store.fork(), random: backend.random.fork() };
  const again = answerRequest({ ...backend, ...copies, keepsEmpty: true }, request);
  return !again.ok && hasSameCauses(answer.status, again.status) ? { ...answer, status: again.status } : answer;
}

/** Only the values in the texts may differ. */
function hasSameCauses(left: ApiStatus, right: ApiStatus): boolean {
  const [ours, theirs] = [causesOf(left), causesOf(right)];
  return (
    ours.length === theirs.length &&
    ours.every(({ reason, field }, index) => reason === theirs[index]?.reason && field === theirs[index]?.field)
  );
}

function causesOf({ details }: ApiStatus): readonly StatusCause[] {
  return details?.causes ?? [];
}
