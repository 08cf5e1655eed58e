import type { MetricSpec, MetricTarget } from '@kubedrill/kube-model';
import { parseQuantity } from '../../quantity.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { pathSegment } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { formatted } from '../../validation/rule.ts';
import { dns1123Label } from '../../validation/text-format.ts';
import { containerResourceName } from '../pod-template/validation/resources.ts';
import { validateReference } from './target-reference.ts';

/** What an autoscaler's metrics are checked for: validateMetricSpec of pkg/apis/autoscaling/validation. */

type Source = 'object' | 'external' | 'pods' | 'resource' | 'containerResource';

const sources: Readonly<Record<string, Source>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};
const sourceTypes = Object.keys(sources);

/** In Go's order: only the first that is there is looked at. */
const inOrder: readonly Source[] = ['object', 'external', 'pods', 'resource', 'containerResource'];

export function validateMetric(metric: MetricSpec, at: Path, report: FieldError[]): void {
  const { type } = metric;
  if (type === '') report.push(required(at.child('type'), 'must specify a metric source type'));
  const expected = sources[type];
  if (!expected) report.push(notSupported(at.child('type'), type, sourceTypes));
  const present = inOrder.filter((name) => metric[name] !== undefined);
  if (present[0]) validateSource(metric, present[0], at.child(present[0]), report);
  if (!expected) report.push(notSupported(at.child('type'), type, sourceTypes));
  else if (metric[expected] === undefined)
    report.push(required(at.child(expected), 'must populate information for the given metric source'));
  if (present.length === 1) return;
  for (const name of present)
    if (name !== expected) report.push(forbidden(at.child(name), 'must populate the given metric source only'));
}

function validateSource(metric: MetricSpec, source: Source, at: Path, report: FieldError[]): void {
  const { object, external, pods, resource, containerResource } = metric;
  const target = at.child('target');
  switch (source) {
    case 'object':
      if (!object) return;
      validateReference(object.describedObject, { maySayNoGroup: true }, at.child('describedObject'), report);
      metricName(object.metric, at, report);
      return amountOf(object.target, 'must set either a target value or averageValue', target, report);
    case 'external':
      if (!external) return;
      metricName(external.metric, at, report);
      amountOf(external.target, 'must set either a target value for metric or a per-pod target', target, report);
      if (external.target.value !== undefined && external.target.averageValue !== undefined)
        report.push(
          forbidden(target.child('value'), 'may not set both a target value for metric and a per-pod target'),
        );
      return;
    case 'pods':
      if (!pods) return;
      metricName(pods.metric, at, report);
      validateTarget(pods.target, target, report);
      if (pods.target.averageValue === undefined)
        report.push(required(target.child('averageValue'), 'must specify a positive target averageValue'));
      return;
    case 'resource':
      if (!resource) return;
      if (resource.name === '') report.push(required(at.child('name'), 'must specify a resource name'));
      return validateResourceTarget(resource.target, target, report);
    case 'containerResource':
      if (!containerResource) return;
      containerOf(containerResource, at, report);
      validateResourceTarget(containerResource.target, target, report);
  }
}

function metricName({ name }: { readonly name: string }, at: Path, report: FieldError[]): void {
  const place = at.child('metric').child('name');
  if (name === '') report.push(required(place, 'must specify a metric name'));
  else formatted(pathSegment)(name, place, report);
}

function containerOf(
  { name, container }: NonNullable<MetricSpec['containerResource']>,
  at: Path,
  report: FieldError[],
): void {
  if (name === '') report.push(required(at.child('name'), 'must specify a resource name'));
  else containerResourceName(name, at.child('name'), report);
  if (container === '') report.push(required(at.child('container'), 'must specify a container'));
  else formatted(dns1123Label)(container, at.child('container'), report);
}

function amountOf(target: MetricTarget, words: string, at: Path, report: FieldError[]): void {
  validateTarget(target, at, report);
  if (target.value === undefined && target.averageValue === undefined)
    report.push(required(at.child('averageValue'), words));
}

function validateResourceTarget(target: MetricTarget, at: Path, report: FieldError[]): void {
  const { averageUtilization, averageValue } = target;
  validateTarget(target, at, report);
  if (averageUtilization === undefined && averageValue === undefined)
    report.push(required(at.child('averageUtilization'), 'must set either a target raw value or a target utilization'));
  if (averageUtilization !== undefined && averageValue !== undefined)
    report.push(forbidden(at.child('averageValue'), 'may not set both a target raw value and a target utilization'));
}

const targetTypes = ['AverageValue', 'Utilization', 'Value'];

/** validateMetricTarget. */
function validateTarget(target: MetricTarget, at: Path, report: FieldError[]): void {
  const { type, averageUtilization, averageValue, value } = target;
  if (type === '') report.push(required(at.child('type'), 'must specify a metric target type'));
  if (!targetTypes.includes(type))
    report.push(invalid(at.child('type'), type, 'must be either Utilization, Value, or AverageValue'));
  positive(value, at.child('value'), report);
  positive(averageValue, at.child('averageValue'), report);
  if (averageUtilization !== undefined && averageUtilization < 1)
    report.push(invalid(at.child('averageUtilization'), averageUtilization, 'must be greater than 0'));
}

function positive(amount: string | undefined, at: Path, report: FieldError[]): void {
  const parsed = amount === undefined ? undefined : parseQuantity(amount);
  if (parsed?.ok && parsed.quantity.nano <= 0n) report.push(invalid(at, amount, 'must be positive'));
}
