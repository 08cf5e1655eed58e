import type { HorizontalPodAutoscaler, MetricSpec, MetricTarget, ScalingRules } from '@kubedrill/kube-model';
import { parseQuantity } from '../../quantity.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { pathSegment, validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath, type Path } from '../../validation/path.ts';
import { formatted, given, requiredText } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';

type Spec = HorizontalPodAutoscaler['spec'];

/** pkg/apis/autoscaling/validation. */
export function validateAutoscaler({ metadata, spec }: HorizontalPodAutoscaler): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, true, dns1123Subdomain, report);
  validateSpec(spec, report);
  return report;
}

export function validateAutoscalerUpdate(
  { metadata, spec }: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler,
): FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(metadata, old.metadata, report);
  validateSpec(spec, report);
  return report;
}

function validateSpec(
  { minReplicas, maxReplicas, scaleTargetRef, metrics = [], behavior }: Spec,
  report: FieldError[],
): void {
  const most = specPath.child('maxReplicas');
  if (minReplicas !== undefined && minReplicas < 1)
    report.push(invalid(specPath.child('minReplicas'), minReplicas, 'must be greater than or equal to 1'));
  if (maxReplicas === 0) report.push(required(most, 'must be set and greater than 0'));
  else if (maxReplicas < 0) report.push(invalid(most, maxReplicas, 'must be greater than or equal to 1'));
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    report.push(invalid(most, maxReplicas, 'must be greater than or equal to `minReplicas`'));
  const target = specPath.child('scaleTargetRef');
  requiredText(formatted(pathSegment))(scaleTargetRef.kind, target.child('kind'), report);
  requiredText(formatted(pathSegment))(scaleTargetRef.name, target.child('name'), report);
  metrics.forEach((metric, index) => validateMetric(metric, specPath.child('metrics').index(index), report));
  if (minReplicas === 0 && !metrics.some(({ type }) => type === 'Object' || type === 'External')) {
    const words = 'must specify at least one Object or External metric to support scaling to zero replicas';
    report.push(forbidden(specPath.child('metrics'), words));
  }
  const rules = specPath.child('behavior');
  given(validateRules)(behavior?.scaleUp, rules.child('scaleUp'), report);
  given(validateRules)(behavior?.scaleDown, rules.child('scaleDown'), report);
}

const sources: Readonly<Record<string, 'object' | 'pods' | 'resource' | 'external' | 'containerResource'>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};
const sourceTypes = Object.keys(sources);

function validateMetric(metric: MetricSpec, at: Path, report: FieldError[]): void {
  const { type } = metric;
  if (type === '') report.push(required(at.child('type'), 'must specify a metric source type'));
  const expected = sources[type];
  if (!expected) report.push(notSupported(at.child('type'), type, sourceTypes));
  const present = Object.values(sources).filter((name) => metric[name] !== undefined);
  const { resource, containerResource } = metric;
  if (resource && present.length === 1) {
    if (resource.name === '') report.push(required(at.child('resource').child('name'), 'must specify a resource name'));
    validateResourceTarget(resource.target, at.child('resource').child('target'), report);
  }
  if (containerResource && present.length === 1)
    validateResourceTarget(containerResource.target, at.child('containerResource').child('target'), report);
  if (!expected) report.push(notSupported(at.child('type'), type, sourceTypes));
  else if (metric[expected] === undefined)
    report.push(required(at.child(expected), 'must populate information for the given metric source'));
  if (present.length === 1) return;
  for (const name of present)
    if (name !== expected) report.push(forbidden(at.child(name), 'must populate the given metric source only'));
}

const targetTypes = ['AverageValue', 'Utilization', 'Value'];

/** validateMetricTarget, and what resources have to say. */
function validateResourceTarget(target: MetricTarget, at: Path, report: FieldError[]): void {
  const { type, averageUtilization, averageValue, value } = target;
  if (type === '') report.push(required(at.child('type'), 'must specify a metric target type'));
  if (!targetTypes.includes(type))
    report.push(invalid(at.child('type'), type, 'must be either Utilization, Value, or AverageValue'));
  positive(value, at.child('value'), report);
  positive(averageValue, at.child('averageValue'), report);
  if (averageUtilization !== undefined && averageUtilization < 1)
    report.push(invalid(at.child('averageUtilization'), averageUtilization, 'must be greater than 0'));
  if (averageUtilization === undefined && averageValue === undefined)
    report.push(required(at.child('averageUtilization'), 'must set either a target raw value or a target utilization'));
  if (averageUtilization !== undefined && averageValue !== undefined)
    report.push(forbidden(at.child('averageValue'), 'may not set both a target raw value and a target utilization'));
}

function positive(amount: string | undefined, at: Path, report: FieldError[]): void {
  const parsed = amount === undefined ? undefined : parseQuantity(amount);
  if (parsed?.ok && parsed.quantity.nano <= 0n) report.push(invalid(at, amount, 'must be positive'));
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
