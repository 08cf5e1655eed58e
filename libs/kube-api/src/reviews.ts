import { answerReview, failure, reviewKindOf, type Cluster, type UserInfo } from '@kubedrill/cluster-sim';
import { catalogue } from './catalogue.ts';
import { readBody } from './request-body.ts';
import type { RequestPath } from './request-path.ts';
import { documentAnswer, statusAnswer, type WireAnswer, type WireRequest } from './wire.ts';

type Review = Omit<Parameters<typeof answerReview>[2], 'body'>;

const withoutMethod = failure(
  405,
  'MethodNotAllowed',
  'the server does not allow this method on the requested resource',
  {},
);

/** Resources that are questions: SubjectAccessReviews and their like. */
export function reviewOf(
  path: Extract<RequestPath, { kind: 'resource' }>,
  user: UserInfo | undefined,
): Review | undefined {
  const { groupVersion: apiVersion, plural, namespace } = path;
  const row = catalogue.find(([known]) => known === apiVersion)?.[1].find(([known]) => known === plural);
  const kind = row && reviewKindOf(row[1]);
  return kind && { kind, apiVersion, namespace, user };
}

export function answerQuestion(
  cluster: Pick<Cluster, 'view' | 'clock'>,
  request: WireRequest,
  review: Review,
): WireAnswer {
  if (request.method !== 'POST') return statusAnswer(withoutMethod);
  const body = readBody(request.body, request.contentType, review.kind);
  if (!body.ok) return statusAnswer(body.status);
  const answer = answerReview(cluster.view, cluster.clock.now(), { ...review, body: body.value });
  return answer.ok ? documentAnswer(201, answer.object) : statusAnswer(answer.status);
}
