import type { LimitRange, LimitRangeItem } from '@kubedrill/kube-model';
import type { KindDefinition } from '../kind-definition.ts';
import { limitRange } from './schema.ts';
import { validateLimitRange } from './limit-range-validation.ts';

/** core/v1 LimitRange: pkg/registry/core/limitrange. */
export const limitRangeDefinition: KindDefinition<'LimitRange'> = {
  kind: 'LimitRange',
  schema: limitRange,
  defaults: defaultLimitRange,
  strategy: {
    allowCreateOnUpdate: true,
    allowUnconditionalUpdate: true,
    prepareForCreate: (range) => range,
    prepareForUpdate: (range) => range,
    validateCreate: validateLimitRange,
    validateUpdate: (range) => validateLimitRange(range),
  },
};

/** SetDefaults_LimitRangeItem: a default limit is the maximum, a default request the default limit or the minimum. */
function defaultLimitRange(range: LimitRange): LimitRange {
  const { limits } = range.spec;
  return limits ? { ...range, spec: { ...range.spec, limits: limits.map(defaultItem) } } : range;
}

function defaultItem(item: LimitRangeItem): LimitRangeItem {
  if (item.type !== 'Container') return item;
  const limits = { ...item.max, ...item.default };
  const requests = { ...item.min, ...limits, ...item.defaultRequest };
  return {
    ...item,
    ...(Object.keys(limits).length > 0 ? { default: limits } : {}),
    ...(Object.keys(requests).length > 0 ? { defaultRequest: requests } : {}),
  };
}
