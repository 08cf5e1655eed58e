import type { CrossVersionObjectReference, HorizontalPodAutoscaler, ScalingRules } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath, type Path } from '../../validation/path.ts';
import { given } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { validateMetric } from './metric-validation.ts';
import { indulgenceFor, validateReference } from './target-reference.ts';

type Spec = HorizontalPodAutoscaler['spec'];

/** pkg/apis/autoscaling/validation. */
export function validateAutoscaler({ metadata, spec }: HorizontalPodAutoscaler): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, true, dns1123Subdomain, report);
  validateSpec(spec, undefined, report);
  return report;
}

export function validateAutoscalerUpdate(
  { metadata, spec }: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler,
): FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(metadata, old.metadata, report);
  validateSpec(spec, old.spec.scaleTargetRef, report);
  return report;
}

function validateSpec(
  { minReplicas, maxReplicas, scaleTargetRef, metrics = [], behavior }: Spec,
  old: CrossVersionObjectReference | undefined,
  report: FieldError[],
): void {
  const most = specPath.child('maxReplicas');
  if (minReplicas !== undefined && minReplicas < 1)
    report.push(invalid(specPath.child('minReplicas'), minReplicas, 'must be greater than or equal to 1'));
  if (maxReplicas === 0) report.push(required(most, 'must be set and greater than 0'));
  else if (maxReplicas < 0) report.push(invalid(most, maxReplicas, 'must be greater than or equal to 1'));
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    report.push(invalid(most, maxReplicas, 'must be greater than or equal to `minReplicas`'));
  validateReference(scaleTargetRef, indulgenceFor(scaleTargetRef, old), specPath.child('scaleTargetRef'), report);
  metrics.forEach((metric, index) => validateMetric(metric, specPath.child('metrics').index(index), report));
  if (minReplicas === 0 && !metrics.some(({ type }) => type === 'Object' || type === 'External')) {
    const words = 'must specify at least one Object or External metric to support scaling to zero replicas';
    report.push(forbidden(specPath.child('metrics'), words));
  }
  const rules = specPath.child('behavior');
  given(validateRules)(behavior?.scaleUp, rules.child('scaleUp'), report);
  given(validateRules)(behavior?.scaleDown, rules.child('scaleDown'), report);
}

const selectPolicies = ['Disabled', 'Max', 'Min'];
const policyTypes = ['Percent', 'Pods'];
const longestWindow = 3600;
const longestPeriod = 1800;

function validateRules(rules: ScalingRules, at: Path, report: FieldError[]): void {
  const { stabilizationWindowSeconds: window, selectPolicy, policies = [] } = rules;
  const place = at.child('stabilizationWindowSeconds');
  if (window !== undefined && window < 0) report.push(invalid(place, window, 'must be greater than or equal to zero'));
  if (window !== undefined && window > longestWindow)
    report.push(invalid(place, window, `must be less than or equal to ${longestWindow}`));
  if (selectPolicy !== undefined && !selectPolicies.includes(selectPolicy))
    report.push(notSupported(at.child('selectPolicy'), selectPolicy, selectPolicies));
  if (policies.length === 0) report.push(required(at.child('policies'), 'must specify at least one Policy'));
  policies.forEach(({ type, value, periodSeconds }, index) => {
    const policy = at.child('policies').index(index);
    if (!policyTypes.includes(type)) report.push(notSupported(policy.child('type'), type, policyTypes));
    if (value <= 0) report.push(invalid(policy.child('value'), value, 'must be greater than zero'));
    if (periodSeconds <= 0)
      report.push(invalid(policy.child('periodSeconds'), periodSeconds, 'must be greater than zero'));
    if (periodSeconds > longestPeriod)
      report.push(
        invalid(policy.child('periodSeconds'), periodSeconds, `must be less than or equal to ${longestPeriod}`),
      );
  });
}
