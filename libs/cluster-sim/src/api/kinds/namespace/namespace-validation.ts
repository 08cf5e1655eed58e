import type { Namespace } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid } from '../../validation/field-error.ts';
import { validateFinalizerName, validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath, statusPath } from '../../validation/path.ts';
import { dns1123Label } from '../../validation/text-format.ts';

/** ValidateNamespace and its updates of pkg/apis/core/validation. */
export function validateNamespace({ metadata, spec }: Namespace): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, false, dns1123Label, report);
  for (const name of spec.finalizers ?? []) validateFinalizerName(name, specPath.child('finalizers'), report);
  return report;
}

export function validateNamespaceUpdate(namespace: Namespace, old: Namespace): readonly FieldError[] {
  const report = validateNamespace(namespace);
  validateMetadataUpdate(namespace.metadata, old.metadata, report);
  return report;
}

export function validateNamespaceStatus(namespace: Namespace, old: Namespace): readonly FieldError[] {
  const report: FieldError[] = [];
  const at = statusPath.child('Phase');
  const { phase } = namespace.status;
  const isGoing = namespace.metadata.deletionTimestamp !== undefined;
  validateMetadataUpdate(namespace.metadata, old.metadata, report);
  if (!isGoing && phase !== 'Active')
    report.push(invalid(at, phase ?? '', "may only be 'Active' if `deletionTimestamp` is empty"));
  if (isGoing && phase !== 'Terminating')
    report.push(invalid(at, phase ?? '', "may only be 'Terminating' if `deletionTimestamp` is not empty"));
  return report;
}

export function validateNamespaceFinalize(namespace: Namespace, old: Namespace): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(namespace.metadata, old.metadata, report);
  namespace.spec.finalizers?.forEach((name, index) =>
    validateFinalizerName(name, specPath.child('finalizers').index(index), report),
  );
  return report;
}
