import type { StatefulSet } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid } from '../../validation/field-error.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import { statusPath } from '../../validation/path.ts';
import { given, nonNegative } from '../../validation/rule.ts';

const counts = ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'] as const;

/** ValidateStatefulSetStatusUpdate. */
export function validateStatefulSetStatus(statefulSet: StatefulSet, old: StatefulSet): readonly FieldError[] {
  const report: FieldError[] = [];
  const { status } = statefulSet;
  for (const name of [...counts, 'observedGeneration', 'collisionCount'] as const)
    given(nonNegative)(status[name], statusPath.child(name), report);
  for (const name of counts.slice(1)) {
    const count = status[name] ?? 0;
    if (count > status.replicas)
      report.push(invalid(statusPath.child(name), count, 'cannot be greater than status.replicas'));
  }
  const { availableReplicas, readyReplicas = 0 } = status;
  if (availableReplicas > readyReplicas)
    report.push(
      invalid(statusPath.child('availableReplicas'), availableReplicas, 'cannot be greater than status.readyReplicas'),
    );
  validateMetadataUpdate(statefulSet.metadata, old.metadata, report);
  const [now, before] = [status.collisionCount, old.status.collisionCount];
  if (before !== undefined && (now ?? -1) < before)
    report.push(invalid(statusPath.child('collisionCount'), now ?? 0, 'cannot be decremented'));
  return report;
}
