import type { ReplicaSet } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid } from '../../validation/field-error.ts';
import { immutable } from '../../validation/immutable.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath, statusPath } from '../../validation/path.ts';
import { field, given, inOrder, nonNegative } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { validateSelectorAndTemplate } from '../pod-template/replicated-workload.ts';

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
  immutable(replicaSet.spec.selector, old.spec.selector, specPath.child('selector'), report);
  return report;
}

const partial = ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const;

/** ValidateReplicaSetStatus. */
export function validateReplicaSetStatus(replicaSet: ReplicaSet, old: ReplicaSet): readonly FieldError[] {
  const report: FieldError[] = [];
  const { status } = replicaSet;
  validateMetadataUpdate(replicaSet.metadata, old.metadata, report);
  for (const name of ['replicas', ...partial, 'observedGeneration', 'terminatingReplicas'] as const) {
    given(nonNegative)(status[name], statusPath.child(name), report);
  }
  for (const name of partial) {
    const count = status[name] ?? 0;
    if (count > status.replicas)
      report.push(invalid(statusPath.child(name), count, 'cannot be greater than status.replicas'));
  }
  const { readyReplicas = 0, availableReplicas = 0 } = status;
  if (availableReplicas > readyReplicas) {
    report.push(
      invalid(statusPath.child('availableReplicas'), availableReplicas, 'cannot be greater than readyReplicas'),
    );
  }
  return report;
}
