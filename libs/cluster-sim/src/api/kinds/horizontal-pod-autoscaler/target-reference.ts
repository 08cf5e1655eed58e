import type { CrossVersionObjectReference } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid } from '../../validation/field-error.ts';
import { pathSegment } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { formatted, requiredText } from '../../validation/rule.ts';

/** CrossVersionObjectReferenceValidationOptions. */
export interface Indulgence {
  readonly maySayNoGroup?: boolean;
  readonly maySayAnything?: boolean;
}

/** ValidateCrossVersionObjectReference of pkg/apis/autoscaling/validation. */
export function validateReference(
  { kind, name, apiVersion = '' }: CrossVersionObjectReference,
  indulgence: Indulgence,
  at: Path,
  report: FieldError[],
): void {
  requiredText(formatted(pathSegment))(kind, at.child('kind'), report);
  requiredText(formatted(pathSegment))(name, at.child('name'), report);
  const problem = indulgence.maySayAnything ? undefined : problemOf(apiVersion, indulgence);
  if (problem !== undefined) report.push(invalid(at.child('apiVersion'), apiVersion, problem));
}

/** ValidateAPIVersion, with schema.ParseGroupVersion. */
function problemOf(apiVersion: string, { maySayNoGroup }: Indulgence): string | undefined {
  const parts = apiVersion.split('/');
  if (parts.length > 2) return `unexpected GroupVersion string: ${apiVersion}`;
  const hasGroup = parts.length === 2 && parts[0] !== '';
  return hasGroup || maySayNoGroup ? undefined : 'apiVersion must specify API group';
}

/** validationOptionsForHorizontalPodAutoscaler: what is there already is not asked again, and core has one kind that scales. */
export function indulgenceFor(
  target: CrossVersionObjectReference,
  old: CrossVersionObjectReference | undefined,
): Indulgence {
  if (old && (old.apiVersion ?? '') === (target.apiVersion ?? '') && old.kind === target.kind)
    return { maySayAnything: true };
  return { maySayNoGroup: target.kind === 'ReplicationController' };
}
