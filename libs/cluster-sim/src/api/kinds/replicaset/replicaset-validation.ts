import type { ReplicaSet } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath } from '../../validation/path.ts';
import { field, given, inOrder, nonNegative } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { validateSelectorAndTemplate } from '../pod-template/replicated-workload.ts';
import { immutableSelector } from '../../validation/label-selector.ts';
import { countsFromZero, partsOfReplicas } from '../pod-template/replica-counts.ts';

/** ValidateReplicaSetSpec of pkg/apis/apps/validation/validation.go. */
const spec = inOrder<ReplicaSet['spec']>(
  field('replicas', nonNegative),
  field('minReadySeconds', given(nonNegative)),
  validateSelectorAndTemplate,
);

export function validateNewReplicaSet(replicaSet: ReplicaSet): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(replicaSet.metadata, true, dns1123Subdomain, report);
  spec(replicaSet.spec, specPath, report);
  return report;
}

export function validateReplicaSetUpdate(replicaSet: ReplicaSet, old: ReplicaSet): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(replicaSet.metadata, old.metadata, report);
  spec(replicaSet.spec, specPath, report);
  immutableSelector(replicaSet.spec.selector, old.spec.selector, specPath.child('selector'), report);
  return report;
}

const partial = ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const;

/** ValidateReplicaSetStatus. */
export function validateReplicaSetStatus(replicaSet: ReplicaSet, old: ReplicaSet): readonly FieldError[] {
  const report: FieldError[] = [];
  const { status } = replicaSet;
  validateMetadataUpdate(replicaSet.metadata, old.metadata, report);
  countsFromZero(status, ['replicas', ...partial, 'observedGeneration', 'terminatingReplicas'], report);
  partsOfReplicas(status, partial, 'readyReplicas', report);
  return report;
}
