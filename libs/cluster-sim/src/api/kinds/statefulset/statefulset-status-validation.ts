import type { StatefulSet } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import { collisionsOnlyGrow, countsFromZero, partsOfReplicas } from '../pod-template/replica-counts.ts';

const counts = ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'] as const;

/** ValidateStatefulSetStatusUpdate. */
export function validateStatefulSetStatus(statefulSet: StatefulSet, old: StatefulSet): readonly FieldError[] {
  const report: FieldError[] = [];
  const { status } = statefulSet;
  countsFromZero(status, [...counts, 'observedGeneration', 'collisionCount'], report);
  partsOfReplicas(status, counts.slice(1), 'status.readyReplicas', report);
  validateMetadataUpdate(statefulSet.metadata, old.metadata, report);
  collisionsOnlyGrow(status, old.status, report);
  return report;
}
