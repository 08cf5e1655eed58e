import type {
  AcceptedSubmission,
  SubmissionSummary as SubmissionSummaryView,
  SubmissionView,
} from '@kubedrill/contracts';
import type { Submission, SubmissionSummary } from '@kubedrill/submissions';

const route = '/api/v1/submissions';

function linksOf(id: string): AcceptedSubmission['links'] {
  return { self: `${route}/${id}`, events: `${route}/${id}/events`, instance: `${route}/${id}/instance` };
}

export function acceptedView({ id, status }: Submission): AcceptedSubmission {
  return { id, status, links: linksOf(id) };
}

export function submissionSummaryView(submission: SubmissionSummary): SubmissionSummaryView {
  const { id, exerciseId, variant, seed, status, createdAt, gradedAt, verdict, score, points } = submission;
  return {
    id,
    exercise: exerciseId,
    variant,
    seed,
    status,
    createdAt: createdAt.toISOString(),
    ...(gradedAt ? { gradedAt: gradedAt.toISOString() } : {}),
    ...(verdict === undefined ? {} : { verdict }),
    ...(score === undefined ? {} : { score }),
    ...(points === undefined ? {} : { points }),
  };
}

export function submissionView(submission: Submission): SubmissionView {
  const { content, result, standing, fault, ...summary } = submission;
  return {
    ...submissionSummaryView({
      ...summary,
      ...(result ? { verdict: result.verdict, score: result.score, points: standing?.points ?? result.points } : {}),
    }),
    version: submission.exerciseDigest,
    ...contentView(content),
    ...(result ? { result } : {}),
    ...(standing ? { graded: standing } : {}),
    ...(fault === undefined ? {} : { fault }),
    links: linksOf(submission.id),
  };
}

function contentView(
  content: Submission['content'],
): Pick<SubmissionView, 'files' | 'commands' | 'answers' | 'sandbox'> {
  switch (content.kind) {
    case 'files':
      return { files: content.files.map(({ path, content: text }) => ({ path, content: text })) };
    case 'commands':
      return { commands: [...content.commands] };
    case 'answers':
      return { answers: { ...content.answers } };
    case 'sandbox':
      return { sandbox: content.sandbox.id };
  }
}
