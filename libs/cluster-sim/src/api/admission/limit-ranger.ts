import {
  resources,
  type Container,
  type KubeObject,
  type LimitRange,
  type LimitRangeItem,
  type PersistentVolumeClaim,
  type Pod,
  type StringMap,
} from '@kubedrill/kube-model';
import type { ObjectView } from '../../store/object-view.ts';
import { aggregated } from '../kinds/pod-template/aggregated-resources.ts';
import type { Quantity } from '../quantity.ts';
import { quantities, type Usage } from '../quota/usage.ts';
import type { ApiStatus } from '../request.ts';
import { forbidden } from '../status.ts';

/** plugin/pkg/admission/limitranger. */

const annotation = 'kubernetes.io/limit-ranger';

/** Gives containers what they do not say themselves. */
export function withDefaultLimits(pod: Pod, view: ObjectView): Pod {
  if (view.count('LimitRange') === 0) return pod;
  return rangesOf(view, pod).reduce(withDefaultsOf, pod);
}

function rangesOf(view: ObjectView, { metadata }: KubeObject): readonly LimitRange[] {
  const ranges = view.list('LimitRange', metadata.namespace ?? '');
  return ranges.toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
}

function withDefaultsOf(pod: Pod, { spec }: LimitRange): Pod {
  const items = (spec.limits ?? []).filter(({ type }) => type === 'Container');
  const limits: StringMap = Object.assign({}, ...items.map((item) => item.default)) as StringMap;
  const requests: StringMap = Object.assign({}, ...items.map((item) => item.defaultRequest)) as StringMap;
  const notes: string[] = [];
  const complete = (words: string, containers: readonly Container[]): readonly Container[] =>
    containers.map((container) => {
      const given = container.resources ?? {};
      const [added, bounded] = [absentIn(given.requests, requests), absentIn(given.limits, limits)];
      if (added.length > 0) notes.push(`${added.join(', ')} request for ${words} ${container.name}`);
      if (bounded.length > 0) notes.push(`${bounded.join(', ')} limit for ${words} ${container.name}`);
      if (added.length + bounded.length === 0) return container;
      return {
        ...container,
        resources: {
          ...given,
          ...(Object.keys(limits).length > 0 || given.limits ? { limits: { ...limits, ...given.limits } } : {}),
          ...(Object.keys(requests).length > 0 || given.requests
            ? { requests: { ...requests, ...given.requests } }
            : {}),
        },
      };
    });
  const containers = complete('container', pod.spec.containers ?? []);
  const initContainers = pod.spec.initContainers && complete('init container', pod.spec.initContainers);
  if (notes.length === 0) return pod;
  const annotations = { ...pod.metadata.annotations, [annotation]: `LimitRanger plugin set: ${notes.join('; ')}` };
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations },
    spec: { ...pod.spec, containers, ...(initContainers ? { initContainers } : {}) },
  };
}

function absentIn(given: StringMap = {}, defaults: StringMap): readonly string[] {
  return Object.keys(defaults)
    .filter((name) => given[name] === undefined)
    .sort();
}

/** Why the ranges of its namespace do not let the Pod in. */
export function refusedByLimits(object: Pod | PersistentVolumeClaim, view: ObjectView): ApiStatus | undefined {
  if (view.count('LimitRange') === 0) return undefined;
  for (const { spec } of rangesOf(view, object)) {
    const problems = [...new Set((spec.limits ?? []).flatMap((item) => problemsOf(object, item)))];
    if (problems.length === 0) continue;
    const why = problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`;
    return forbidden(resources[object.kind], object.metadata.name, why);
  }
  return undefined;
}

/** PersistentVolumeClaimLimitFunc and PodValidateLimitFunc. */
function problemsOf(object: Pod | PersistentVolumeClaim, item: LimitRangeItem): readonly string[] {
  if (object.kind === 'PersistentVolumeClaim') {
    if (item.type !== object.kind) return [];
    const requests = quantities(object.spec.resources?.requests);
    return [
      ...within(item, item.min, belowMinimum, requests, noLimits),
      ...within(item, item.max, aboveMaximumRequest, requests, noLimits),
    ];
  }
  const { spec } = object;
  switch (item.type) {
    case 'Container':
      return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources: given }) =>
        broken(item, quantities(given?.requests), quantities(given?.limits)),
      );
    case 'Pod': {
      const { resources: own } = spec as { readonly resources?: Partial<Record<'requests' | 'limits', StringMap>> };
      return broken(
        item,
        new Map([...aggregated(spec, 'requests'), ...quantities(own?.requests)]),
        new Map([...aggregated(spec, 'limits'), ...quantities(own?.limits)]),
      );
    }
    default:
      return [];
  }
}

function broken(item: LimitRangeItem, requests: Usage, limits: Usage): readonly string[] {
  return [
    ...within(item, item.min, belowMinimum, requests, limits),
    ...within(item, item.max, aboveMaximum, requests, limits),
    ...within(item, item.maxLimitRequestRatio, aboveRatio, requests, limits),
  ];
}

function within(
  { type }: LimitRangeItem,
  bounds: StringMap | undefined,
  check: typeof belowMinimum,
  requests: Usage,
  limits: Usage,
): readonly string[] {
  return [...quantities(bounds)]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([name, bound]) => {
      const problem = check(type, name, bound, requests.get(name), limits.get(name));
      return problem === undefined ? [] : [problem];
    });
}

const noLimits: Usage = new Map();

type Amount = Quantity | undefined;

function belowMinimum(type: string, name: string, min: Quantity, request: Amount, limit: Amount): string | undefined {
  const words = `minimum ${name} usage per ${type} is ${min.text}`;
  if (!request) return `${words}.  No request is specified`;
  if (request.nano < min.nano) return `${words}, but request is ${request.text}`;
  return limit && limit.nano < min.nano ? `${words}, but limit is ${limit.text}` : undefined;
}

function aboveMaximum(type: string, name: string, max: Quantity, request: Amount, limit: Amount): string | undefined {
  const words = `maximum ${name} usage per ${type} is ${max.text}`;
  if (!limit) return `${words}.  No limit is specified`;
  if (limit.nano > max.nano) return `${words}, but limit is ${limit.text}`;
  return request && request.nano > max.nano ? `${words}, but request is ${request.text}` : undefined;
}

function aboveMaximumRequest(type: string, name: string, max: Quantity, request: Amount): string | undefined {
  const words = `maximum ${name} usage per ${type} is ${max.text}`;
  if (!request) return `${words}.  No request is specified`;
  return request.nano > max.nano ? `${words}, but request is ${request.text}` : undefined;
}

function aboveRatio(type: string, name: string, ratio: Quantity, request: Amount, limit: Amount): string | undefined {
  const words = `${name} max limit to request ratio per ${type} is ${ratio.text}`;
  if (!request || request.nano === 0n) return `${words}, but no request is specified or request is 0`;
  if (!limit || limit.nano === 0n) return `${words}, but no limit is specified or limit is 0`;
  const observed = Number(limit.nano) / Number(request.nano);
  return observed * 1e9 > Number(ratio.nano) ? `${words}, but provided ratio is ${observed.toFixed(6)}` : undefined;
}
