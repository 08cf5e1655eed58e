import { isJsonObject, type Json, type JsonObject, type MetricSpec, type MetricTarget } from '@kubedrill/kube-model';

/** Metrics in the form of autoscaling/v1, which only an annotation holds: the conversions of each source. */

export function olderMetric({ type, object, pods, resource, containerResource, external }: MetricSpec): JsonObject {
  return given({
    type,
    object:
      object &&
      given({
        target: object.describedObject,
        ...identity(object.metric, 'selector'),
        targetValue: object.target.value ?? '0',
        averageValue: object.target.averageValue,
      }),
    pods: pods && given({ ...identity(pods.metric, 'selector'), targetAverageValue: pods.target.averageValue ?? '0' }),
    resource: resource && given({ name: resource.name, ...averages(resource.target) }),
    containerResource:
      containerResource &&
      given({
        name: containerResource.name,
        ...averages(containerResource.target),
        container: containerResource.container,
      }),
    external:
      external &&
      given({
        ...identity(external.metric, 'metricSelector'),
        targetValue: external.target.value,
        targetAverageValue: external.target.averageValue,
      }),
  });
}

export function newerMetric({ type, ...sources }: JsonObject): JsonObject {
  const source = (name: string): JsonObject | undefined => {
    const found = sources[name];
    return isJsonObject(found) ? found : undefined;
  };
  const [object, pods, resource, containerResource, external] = [
    'object',
    'pods',
    'resource',
    'containerResource',
    'external',
  ].map(source);
  return given({
    type,
    object:
      object &&
      given({
        describedObject: object['target'],
        metric: metric(object, 'selector'),
        target: valueTarget(
          object['averageValue'] === undefined ? object['targetValue'] : undefined,
          object['averageValue'],
        ),
      }),
    pods: pods && { metric: metric(pods, 'selector'), target: valueTarget(undefined, pods['targetAverageValue']) },
    resource: resource && given({ name: resource['name'], target: averageTarget(resource) }),
    containerResource:
      containerResource &&
      given({
        name: containerResource['name'],
        target: averageTarget(containerResource),
        container: containerResource['container'],
      }),
    external: external && {
      metric: metric(external, 'metricSelector'),
      target: valueTarget(external['targetValue'], external['targetAverageValue']),
    },
  });
}

function identity({ name, selector }: JsonObject, selectorField: string): Readonly<Record<string, Json | undefined>> {
  return { metricName: name, [selectorField]: selector };
}

function metric(source: JsonObject, selectorField: string): JsonObject {
  return given({ name: source['metricName'], selector: source[selectorField] });
}

function averages({ averageUtilization, averageValue }: MetricTarget): Readonly<Record<string, Json | undefined>> {
  return { targetAverageUtilization: averageUtilization, targetAverageValue: averageValue };
}

function averageTarget({ targetAverageUtilization, targetAverageValue }: JsonObject): JsonObject {
  const type = targetAverageUtilization === undefined ? 'AverageValue' : 'Utilization';
  return given({ type, averageValue: targetAverageValue, averageUtilization: targetAverageUtilization });
}

function valueTarget(value: Json | undefined, averageValue: Json | undefined): JsonObject {
  return given({ type: value === undefined ? 'AverageValue' : 'Value', value, averageValue });
}

function given(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
