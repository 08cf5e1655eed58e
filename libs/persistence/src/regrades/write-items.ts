import type { GradedAnew, PendingItem } from '@kubedrill/submissions';
import { inParts, type Value } from '../bulk-write.ts';
import type { Transaction } from '../database.ts';

interface Finding {
  readonly item: PendingItem;
  readonly outcome: GradedAnew;
}

/** What was found of an item before stays. */
export async function insertItems(client: Transaction, regradeId: string, findings: readonly Finding[]): Promise<void> {
  await inParts(
    findings,
    (finding) => valuesOf(regradeId, finding),
    (values) => client.$executeRaw`
      INSERT INTO regrade_items (regrade_id, submission_id, user_id, variant_id, before_verdict, before_score,
        before_points, outcome, after_verdict, after_score, after_points, result, receipt, fault)
      VALUES ${values}
      ON CONFLICT (regrade_id, submission_id) DO NOTHING`,
  );
}

function valuesOf(regradeId: string, { item, outcome }: Finding): readonly Value[] {
  const { submissionId, userId, variant, before, hintCost } = item;
  const common = [regradeId, submissionId, userId, variant, before.verdict, before.score, before.points];
  switch (outcome.kind) {
    case 'noVariant':
      return [...common, 'noVariant', null, null, null, null, null, null];
    case 'fault':
      return [...common, 'faulted', null, null, null, null, null, outcome.message];
    case 'graded': {
      const { grade, receipt, result } = outcome;
      const points = Math.max(0, grade.points - hintCost);
      const texts = [result ? JSON.stringify(result) : null, JSON.stringify(receipt), null];
      return [...common, result ? 'changed' : 'same', grade.verdict, grade.score, points, ...texts];
    }
  }
}
