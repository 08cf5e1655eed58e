import { objectMeta } from '../../schema/object-meta.ts';
import { always, list, map, named, object, quantity, string } from '../../schema/schema.ts';

/** core/v1 LimitRange. */

const resourceList = named('v1.ResourceList', map(quantity));

export const limitRange = object('LimitRange', {
  metadata: objectMeta,
  spec: always(
    object('LimitRangeSpec', {
      limits: always(
        list(
          object('LimitRangeItem', {
            type: always(named('v1.LimitType', string)),
            max: resourceList,
            min: resourceList,
            default: resourceList,
            defaultRequest: resourceList,
            maxLimitRequestRatio: resourceList,
          }),
        ),
      ),
    }),
  ),
});
