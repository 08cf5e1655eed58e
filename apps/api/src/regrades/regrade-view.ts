import type { RegradeDifferenceView, RegradeView } from '@kubedrill/contracts';
import type { Regrade, RegradeCounts, RegradeDifference } from '@kubedrill/submissions';

export function regradeViewOf(regrade: Regrade, counts: RegradeCounts): RegradeView {
  const { id, exerciseId, fromDigest, toDigest, status, createdAt, changedAt, userId, total } = regrade;
  const self = `/api/v1/regrades/${id}`;
  return {
    id,
    exercise: exerciseId,
    ...(fromDigest === undefined ? {} : { fromVersion: fromDigest }),
    toVersion: toDigest ?? 'pinned',
    status,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    ...(userId === undefined ? {} : { orderedBy: userId }),
    total,
    counts,
    links: { self, differences: `${self}/differences`, learners: `${self}/learners` },
  };
}

export function differenceView({ submissionId, ...difference }: RegradeDifference): RegradeDifferenceView {
  return { submission: submissionId, ...difference };
}
